#include "plugin/http/wording/script_texts.hpp"

#include "plugin/json/json_text.hpp"

namespace scheduling {
namespace {

/// JSON in which "<" stands only as its escape.
std::string without_tags(const std::string& json) {
  std::string out;
  for (const char c : json) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string script_texts(const PublicTexts& texts, const std::vector<std::string_view>& prefixes) {
  const ReaderLocale& locale = texts.locale();
  JsonText out;
  out.begin_object().field("locale", locale.tag).field("language", locale.language);
  out.field("direction", locale.is_right_to_left ? "rtl" : "ltr").field("hour_cycle", texts.hour_cycle());
  out.field("week_start", static_cast<std::int64_t>(texts.first_weekday().c_encoding()));
  out.key("texts").begin_object();
  for (const std::string_view prefix : prefixes)
    for (const auto& [name, text] : texts.patterns(prefix)) out.field(std::string(prefix) + name, text);
  out.end_object().end_object();
  return without_tags(out.take());
}

}  // namespace scheduling
