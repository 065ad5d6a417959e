#include "plugin/adapters/icu/icu_message_catalog.hpp"

#include <unicode/locid.h>
#include <unicode/msgfmt.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <set>

#include "plugin/adapters/icu/message_check.hpp"
#include "plugin/adapters/icu/message_file.hpp"

namespace scheduling {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_fallback_language = "en";

/// Lower-case language, subtags as they come; endless tags from outside are cut.
std::string tidy_tag(std::string_view locale) {
  std::string tag(locale.substr(0, 35));
  std::ranges::replace(tag, '_', '-');
  for (char& c : tag) {
    if (c == '-') break;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return tag;
}

/// One message. Most have no placeholder, and those need no formatter.
struct Message {
  std::string pattern;
  std::unique_ptr<icu::MessageFormat> format;
};
using Messages = std::map<std::string, Message, std::less<>>;

Done compile(const MessageFile& file, const std::string& language, Messages& messages) {
  const icu::Locale locale(language.c_str());
  for (const MessageLine& line : file.messages) {
    Message& message = messages[line.key];
    message.pattern = line.pattern;
    if (line.pattern.find('{') == std::string::npos) continue;
    UErrorCode status = U_ZERO_ERROR;
    message.format = std::make_unique<icu::MessageFormat>(icu::UnicodeString::fromUTF8(line.pattern), locale, status);
    if (U_FAILURE(status))
      return fail(Code::broken,
                  file.name + ":" + std::to_string(line.line) + ": " + line.key + ": " + u_errorName(status));
  }
  return {};
}

class IcuMessageCatalog final : public MessageCatalog {
 public:
  explicit IcuMessageCatalog(std::map<std::string, Messages, std::less<>> all) : all_(std::move(all)) {
    for (const auto& [language, messages] : all_) languages_.push_back(language);
  }

  std::string text(std::string_view key, std::string_view locale, const MessageArgs& args) const override {
    const Messages& messages = all_.find(language_of(locale))->second;
    const auto found = messages.find(key);
    if (found == messages.end()) return std::string(key);
    return found->second.format ? filled(*found->second.format, args) : found->second.pattern;
  }

  Patterns patterns(std::string_view prefix, std::string_view locale) const override {
    const Messages& messages = all_.find(language_of(locale))->second;
    Patterns found;
    for (auto each = messages.lower_bound(prefix); each != messages.end() && each->first.starts_with(prefix); ++each)
      found.emplace_back(each->first.substr(prefix.size()), each->second.pattern);
    return found;
  }

  std::string language_of(std::string_view locale) const override {
    for (std::string tag = tidy_tag(locale); !tag.empty();) {
      if (all_.contains(tag)) return tag;
      const auto end = tag.rfind('-');
      tag.resize(end == std::string::npos ? 0 : end);
    }
    return std::string(k_fallback_language);
  }

  const std::vector<std::string>& languages() const override { return languages_; }

 private:
  std::string filled(const icu::MessageFormat& format, const MessageArgs& args) const {
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : args.texts) {
      names.push_back(icu::UnicodeString::fromUTF8(name));
      values.emplace_back(icu::UnicodeString::fromUTF8(value));
    }
    for (const auto& [name, value] : args.numbers) {
      names.push_back(icu::UnicodeString::fromUTF8(name));
      values.emplace_back(value);
    }
    icu::UnicodeString out;
    UErrorCode status = U_ZERO_ERROR;
    {
      // format() is const and yet makes its number formats when they are first needed.
      const std::lock_guard lock(mutex_);
      format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), out, status);
    }
    std::string text;
    out.toUTF8String(text);
    return text;
  }

  std::map<std::string, Messages, std::less<>> all_;
  std::vector<std::string> languages_;
  mutable std::mutex mutex_;
};

/// Names in `folder`, in one order, whatever the disk's.
std::vector<std::string> names_in(const fs::path& folder, bool (*is_wanted)(const fs::directory_entry&)) {
  std::vector<std::string> names;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (is_wanted(entry)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

bool is_text_file(const fs::directory_entry& entry) {
  return entry.path().extension() == ".txt";
}

/// An empty folder is what is left of a language, none.
bool is_language(const fs::directory_entry& entry) {
  return entry.is_directory() && !names_in(entry.path(), is_text_file).empty();
}

/// Reads all languages and collects what is wrong with any of them.
class CatalogReader {
 public:
  explicit CatalogReader(fs::path folder) : folder_(std::move(folder)) {
    for (const std::string& name : names_in(folder_ / k_fallback_language, is_text_file))
      english_.emplace(name, read_message_file(folder_ / k_fallback_language / name));
    if (english_.empty()) object(std::string(k_fallback_language) + ": has no texts");
  }

  void read(const std::string& language) {
    Messages messages;
    std::set<std::string> keys;
    for (const auto& [name, english] : english_) {
      const MessageFile file = read_message_file(folder_ / language / name);
      for (const std::string& offence : message_offences(file, language, english)) object(offence);
      for (const MessageLine& line : file.messages)
        if (!keys.insert(line.key).second) object(file.name + ": " + line.key + ": stands in another file, too");
      if (!detail_.empty()) continue;
      if (const Done done = compile(file, language, messages); !done) object(done.error().detail);
    }
    for (const std::string& name : names_in(folder_ / language, is_text_file))
      if (!english_.contains(name))
        object(language + "/" + name + ": is no file of " + std::string(k_fallback_language));
    all_.emplace(language, std::move(messages));
  }

  Result<std::unique_ptr<MessageCatalog>> taken() && {
    if (!detail_.empty()) return fail(Code::broken, "texts in " + folder_.string() + ":" + detail_);
    return std::make_unique<IcuMessageCatalog>(std::move(all_));
  }

 private:
  void object(const std::string& offence) { detail_ += "\n" + offence; }

  fs::path folder_;
  std::map<std::string, MessageFile> english_;
  std::map<std::string, Messages, std::less<>> all_;
  std::string detail_;
};

}  // namespace

Result<std::unique_ptr<MessageCatalog>> load_icu_message_catalog(const std::string& folder) {
  CatalogReader reader{fs::path(folder)};
  std::vector<std::string> languages = names_in(folder, is_language);
  // English first: what is wrong there explains the rest.
  std::ranges::stable_partition(languages, [](const std::string& each) { return each == k_fallback_language; });
  for (const std::string& language : languages) reader.read(language);
  return std::move(reader).taken();
}

}  // namespace scheduling
