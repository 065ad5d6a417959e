#include "plugin/http/month/booking_data.hpp"

#include <algorithm>
#include <memory>

#include "plugin/json/json_text.hpp"

namespace scheduling {
namespace {

/// `locale`: of dates. `language`: of the texts, as translators wrote them: {name}, and {count, plural, …}.
JsonText begun(const PublicTexts& texts) {
  const ReaderLocale& locale = texts.locale();
  JsonText out;
  out.begin_object().field("locale", locale.tag).field("language", locale.language);
  out.field("direction", locale.is_right_to_left ? "rtl" : "ltr");
  out.key("texts").raw(texts.script_words());
  return out;
}

/// A "<" could end the element that the data stands in.
std::string for_html(const std::string& json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string booking_data(const PublicTexts& texts) {
  return for_html(begun(texts).end_object().take());
}

Result<std::string> booking_data(const PublicTexts& texts, const CalendarData& calendar) {
  const CalendarQuery& query = calendar.query;
  MonthQuery asked{.zone = calendar.zone, .month = {}, .present = query.current};
  asked.month = LocalDate::parse(query.month + "-01");
  if (!asked.month) asked.month = LocalDate::parse(query.date);
  auto month = month_json(texts, asked, calendar.now, calendar.slots);
  if (!month) return fail(std::move(month.error()));
  JsonText out = begun(texts);
  out.field("path", query.path).field("month_url", calendar.month_url).field("date", query.date);
  out.field("is_month_asked", !query.month.empty()).field("may_detect_zone", calendar.may_detect_zone);
  out.key("month").raw(*month).end_object();
  return for_html(out.take());
}

SlotsIn asked_once(SlotsIn slots) {
  using Answers = std::vector<std::pair<TimeRange, std::vector<TimeRange>>>;
  return [slots = std::move(slots),
          answers = std::make_shared<Answers>()](TimeRange window) -> Result<std::vector<TimeRange>> {
    const auto known = std::ranges::find(*answers, window, &Answers::value_type::first);
    if (known != answers->end()) return known->second;
    auto found = slots(window);
    if (found) answers->emplace_back(window, *found);
    return found;
  };
}

}  // namespace scheduling
