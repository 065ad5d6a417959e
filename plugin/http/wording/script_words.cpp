#include "plugin/http/wording/script_words.hpp"

#include <string_view>

#include "plugin/json/json_text.hpp"

namespace scheduling {
namespace {

/// What the script says by itself, then what it shows as the page does.
constexpr std::string_view k_script_words[] = {
    "booking.loading",      "booking.slow",          "booking.offline",  "booking.offline_kept", "booking.retrying",
    "booking.retry",        "booking.failed",        "booking.sending",  "booking.zone_search",  "booking.zone_none",
    "booking.zone_found",   "booking.close",         "booking.continue", "page.months",          "page.no_days",
    "page.no_times",        "page.back_to_days",     "page.zone_title",  "page.zone_change",     "page.present_time",
    "page.not_booked_text", "page.from_memory_note",
};

}  // namespace

Result<ScriptWords> script_words_by_language(const MessageCatalog& messages) {
  ScriptWords words;
  std::string missing;
  for (const std::string& language : messages.languages()) {
    const auto all = messages.patterns("", language);
    const std::map<std::string_view, std::string_view> texts(all.begin(), all.end());
    JsonText out;
    out.begin_object();
    for (const std::string_view key : k_script_words) {
      if (const auto found = texts.find(key); found != texts.end())
        out.field(key, found->second);
      else
        missing += "\n" + language + ": " + std::string(key) + ": is missing; the booking pages' script shows it";
    }
    words.emplace(language, out.end_object().take());
  }
  if (!missing.empty()) return fail(make_error(Code::broken, "texts:" + missing));
  return words;
}

}  // namespace scheduling
