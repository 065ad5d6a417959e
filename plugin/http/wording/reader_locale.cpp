#include "plugin/http/wording/reader_locale.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "plugin/core/text/plain_text.hpp"
#include "plugin/http/form_body.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;

bool is_latin_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_decimal_digit(char c) {
  return c >= '0' && c <= '9';
}

char lower_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char upper_letter(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string cased(std::string_view text, char (*of)(char)) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), of);
  return out;
}

std::string_view take_until(std::string_view& rest, std::string_view ends) {
  const std::size_t end = std::min(rest.find_first_of(ends), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

std::string_view language_part(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

bool has_region(std::string_view tag) {
  const std::size_t dash = tag.rfind('-');
  return dash != std::string_view::npos && tag.size() - dash - 1 < 4;
}

/// Thousandths; RFC 9110 allows three digits. Whatever does not read so says nothing.
std::optional<int> quality_in(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int quality = (text[0] - '0') * 1000;
  if (text.size() == 1) return quality;
  if (text[1] != '.' || text.size() > 5) return std::nullopt;
  int place = 100;
  for (const char c : text.substr(2)) {
    if (!is_decimal_digit(c)) return std::nullopt;
    quality += (c - '0') * place;
    place /= 10;
  }
  return quality <= 1000 ? std::optional(quality) : std::nullopt;
}

struct Wanted {
  std::string tag;
  int quality = 1000;
};

std::optional<Wanted> wanted_in(std::string_view element) {
  Wanted wanted{tidy_locale(trimmed(take_until(element, ";")))};
  while (!element.empty()) {
    std::string_view value = take_until(element, ";");
    const std::string_view name = trimmed(take_until(value, "="));
    if (name != "q" && name != "Q") continue;
    const auto quality = quality_in(trimmed(value));
    if (!quality) return std::nullopt;
    wanted.quality = *quality;
  }
  if (wanted.tag.empty() || wanted.quality == 0) return std::nullopt;
  return wanted;
}

/// Best first.
std::vector<Wanted> wanted_by(std::string_view header) {
  std::vector<Wanted> all;
  while (!header.empty())
    if (auto wanted = wanted_in(take_until(header, ","))) all.push_back(std::move(*wanted));
  std::ranges::stable_sort(all, std::ranges::greater{}, &Wanted::quality);
  return all;
}

class Choice {
 public:
  Choice(const MessageCatalog& messages, std::string_view accepted)
      : messages_(messages), wanted_(wanted_by(accepted)) {}

  std::optional<ReaderLocale> of(std::string_view text) const {
    const std::string tag = tidy_locale(text);
    if (tag.empty()) return std::nullopt;
    const bool is_dates_only =
        std::ranges::find(k_dates_only_languages, language_part(tag)) != k_dates_only_languages.end();
    const std::string language = messages_.language_of(tag);
    if (!is_dates_only && language_part(language) != language_part(tag)) return std::nullopt;
    ReaderLocale locale{with_region(tag), language};
    locale.is_right_to_left = is_dates_only || messages_.text("direction", language) == "rtl";
    locale.is_known = true;
    return locale;
  }

  std::optional<ReaderLocale> of_browser() const {
    for (const Wanted& wanted : wanted_)
      if (auto locale = of(wanted.tag)) return locale;
    return std::nullopt;
  }

  std::string first_wanted() const { return wanted_.empty() ? std::string() : wanted_.front().tag; }

 private:
  std::string with_region(const std::string& tag) const {
    if (has_region(tag)) return tag;
    for (const Wanted& wanted : wanted_)
      if (language_part(wanted.tag) == language_part(tag) && has_region(wanted.tag)) return wanted.tag;
    return tag;
  }

  const MessageCatalog& messages_;
  std::vector<Wanted> wanted_;
};

std::string posted(const Request& request, std::string_view name) {
  const std::string_view type = request.header("Content-Type").value_or("");
  if (!type.starts_with("application/x-www-form-urlencoded")) return {};
  return FormBody::read(request.body).value(name);
}

}  // namespace

std::string tidy_locale(std::string_view text) {
  constexpr std::size_t k_length_max = 35;
  if (text.size() > k_length_max) return {};
  std::string_view rest = text;
  const std::string_view language = take_until(rest, "-_");
  if (language.size() < 2 || language.size() > 3 || !std::ranges::all_of(language, is_latin_letter)) return {};
  std::string tag = cased(language, lower_letter);
  if (tag == "iw") tag = "he";  // what Java and old Androids call Hebrew
  while (!rest.empty()) {
    const std::string_view part = take_until(rest, "-_");
    const bool is_word = std::ranges::all_of(part, is_latin_letter);
    if (is_word && part.size() == 4 && tag.size() <= 3)
      tag += '-' + cased(part.substr(0, 1), upper_letter) + cased(part.substr(1), lower_letter);
    else if ((is_word && part.size() == 2) || (part.size() == 3 && std::ranges::all_of(part, is_decimal_digit)))
      return tag + '-' + cased(part, upper_letter);
    else
      break;
  }
  return tag;
}

ReaderLocale reader_locale(const MessageCatalog& messages, const AskedLocale& asked) {
  const Choice choice(messages, asked.accepted);
  for (const std::string_view chosen : {asked.lang, asked.locale})
    if (auto locale = choice.of(chosen)) {
      locale->is_chosen = true;
      return *locale;
    }
  if (auto locale = choice.of_browser()) return *locale;
  return choice.of(asked.stored).value_or(ReaderLocale{});
}

ReaderLocale reader_locale(const MessageCatalog& messages, const Request& request, std::string_view stored) {
  AskedLocale asked{.accepted = request.header("Accept-Language").value_or(""), .stored = stored};
  const auto said = [&](std::string_view name) {
    std::string text = posted(request, name);
    return text.empty() ? std::string(request.query_value(name).value_or("")) : text;
  };
  const std::string lang = said("lang");
  const std::string locale = said("locale");
  asked.lang = lang;
  asked.locale = locale;
  return reader_locale(messages, asked);
}

std::string mail_language(const MessageCatalog& messages, const Request& request) {
  const ReaderLocale locale = reader_locale(messages, request);
  if (locale.is_known) return locale.tag;
  return Choice(messages, request.header("Accept-Language").value_or("")).first_wanted();
}

}  // namespace scheduling
