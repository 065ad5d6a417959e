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
  std::string plain;
  std::unique_ptr<icu::MessageFormat> format;
};
using Messages = std::map<std::string, Message, std::less<>>;

Result<Messages> compile(const MessageFile& file, const std::string& language) {
  Messages messages;
  const icu::Locale locale(language.c_str());
  for (const MessageLine& line : file.messages) {
    Message& message = messages[line.key];
    if (line.pattern.find('{') == std::string::npos) {
      message.plain = line.pattern;
      continue;
    }
    UErrorCode status = U_ZERO_ERROR;
    message.format = std::make_unique<icu::MessageFormat>(icu::UnicodeString::fromUTF8(line.pattern), locale, status);
    if (U_FAILURE(status))
      return fail(Code::broken,
                  file.name + ":" + std::to_string(line.line) + ": " + line.key + ": " + u_errorName(status));
  }
  return messages;
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
    return found->second.format ? filled(*found->second.format, args) : found->second.plain;
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

}  // namespace

Result<std::unique_ptr<MessageCatalog>> load_icu_message_catalog(const std::string& folder) {
  const MessageFile english = read_message_file(fs::path(folder) / "en.txt");
  std::set<fs::path> paths{fs::path(folder) / "en.txt"};  // in one order, whatever the disk's
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (entry.path().extension() == ".txt") paths.insert(entry.path());

  std::map<std::string, Messages, std::less<>> all;
  std::string detail;
  for (const fs::path& path : paths) {
    const std::string language = path.stem().string();
    const MessageFile file = read_message_file(path);
    for (const std::string& offence : message_offences(file, language, english)) detail += "\n" + offence;
    if (!detail.empty()) continue;
    auto messages = compile(file, language);
    if (!messages) return fail(std::move(messages.error()));
    all.emplace(language, std::move(*messages));
  }
  if (!detail.empty()) return fail(Code::broken, "mail texts in " + folder + ":" + detail);
  return std::make_unique<IcuMessageCatalog>(std::move(all));
}

}  // namespace scheduling
