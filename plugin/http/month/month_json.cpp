#include "plugin/http/month/month_json.hpp"

#include <algorithm>
#include <map>

#include "crm/sdk/responses.hpp"
#include "plugin/core/time/zone_text.hpp"
#include "plugin/http/public/public_query.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {
namespace {

using std::chrono::days;

class MonthWriter {
 public:
  MonthWriter(const PublicTexts& texts, const MonthQuery& query, Instant now)
      : texts_(texts), query_(query), now_(now), today_(query.zone.rules->date_at(now)) {}

  Result<std::string> write(const SlotsIn& slots) {
    if (auto chosen = choose(slots); !chosen) return fail(std::move(chosen.error()));
    auto free = free_days_between(query_.zone, now_, slots, month_.first, month_.last);
    if (!free) return fail(std::move(free.error()));
    auto later = free_days_between(query_.zone, now_, slots, month_.last.plus(days{1}), month_.last.plus(k_look_ahead));
    if (!later) return fail(std::move(later.error()));
    out_.begin_object();
    head(*free);
    neighbours(*later);
    weekdays();
    weeks(*free);
    return out_.end_object().take();
  }

 private:
  Done choose(const SlotsIn& slots) {
    if (query_.month) {
      month_ = month_of(*query_.month);
      return {};
    }
    auto soon = free_days_between(query_.zone, now_, slots, today_, today_.plus(k_look_ahead));
    if (!soon) return fail(std::move(soon.error()));
    month_ = month_of(soon->empty() ? today_ : soon->begin()->first);
    return {};
  }

  void head(const FreeDays& free) {
    const Instant at = free.empty() ? now_ : free.begin()->second.front().start();
    out_.field("month", month_text(month_.first)).field("title", texts_.month(month_.first));
    out_.field("caption", texts_.text("calendar_caption", "month", texts_.month(month_.first)));
    zone_label_ = texts_.zone_label(query_.zone, at);
    out_.field("timezone", query_.zone.id.name()).field("zone_label", zone_label_);
  }

  void neighbours(const FreeDays& later) {
    const Month present = month_of(today_);
    out_.key("previous");
    neighbour(month_.first > present.first, month_of(month_.first.plus(days{-1})).first, "previous_month");
    out_.key("next");
    neighbour(!later.empty() || month_.first < present.first, month_.last.plus(days{1}), "next_month");
    out_.key("next_free");
    if (later.empty()) {
      out_.raw("null");
      return;
    }
    const LocalDate date = later.begin()->first;
    out_.begin_object().field("date", date.text()).field("month", month_text(date));
    out_.field("label", texts_.text("first_free", "date", texts_.long_day(date))).end_object();
  }

  void neighbour(bool is_there, LocalDate first, std::string_view label) {
    if (!is_there) {
      out_.raw("null");
      return;
    }
    out_.begin_object().field("month", month_text(first));
    out_.field("label", texts_.text(label, "month", texts_.month(first))).end_object();
  }

  void weekdays() {
    const auto shorts = texts_.weekdays(false);
    const auto longs = texts_.weekdays(true);
    out_.key("weekdays").begin_array();
    for (std::size_t i = 0; i < shorts.size(); ++i)
      out_.begin_object().field("short", shorts[i]).field("long", longs[i]).end_object();
    out_.end_array();
  }

  /// Rows of seven; null stands for a day of another month.
  void weeks(const FreeDays& free) {
    out_.key("weeks").begin_array().begin_array();
    auto column = (month_.first.weekday() - texts_.first_weekday()).count();
    for (auto i = column; i > 0; --i) out_.raw("null");
    for (LocalDate date = month_.first; date <= month_.last; date = date.plus(days{1})) {
      if (column == 7) {
        out_.end_array().begin_array();
        column = 0;
      }
      day(date, starts_on(query_.zone, date, free, query_.present));
      ++column;
    }
    for (; column < 7; ++column) out_.raw("null");
    out_.end_array().end_array();
  }

  void day(LocalDate date, const std::vector<Instant>& starts) {
    const std::string title = texts_.long_day(date);
    out_.begin_object().field("date", date.text());
    out_.field("number", std::to_string(static_cast<unsigned>(date.ymd().day())));
    const auto free = static_cast<std::size_t>(
        std::ranges::count_if(starts, [this](Instant start) { return query_.present != start; }));
    out_.field("title", title).field("label", day_label(title, free));
    out_.field("is_today", date == today_);
    // In a month in which the clocks change.
    if (std::string zone = starts.empty() ? zone_label_ : texts_.zone_label(query_.zone, starts.front());
        zone != zone_label_)
      out_.field("zone_label", zone);
    times(title, starts);
    out_.end_object();
  }

  std::string day_label(const std::string& title, std::size_t times) const {
    MessageArgs args;
    args.text("date", title).number("count", static_cast<std::int64_t>(times));
    return texts_.text(times == 0 ? "day_none" : "day_times", args);
  }

  void times(const std::string& day_title, const std::vector<Instant>& starts) {
    std::map<std::string, int> seen;
    for (const Instant start : starts) ++seen[texts_.time(query_.zone, start)];
    out_.key("times").begin_array();
    for (const Instant start : starts) {
      const std::string text = texts_.time(query_.zone, start);
      out_.begin_object().field("start", start).field("text", text);
      // An hour that the clock shows twice: the offset tells the two apart.
      const std::string offset = seen[text] > 1 ? offset_text(query_.zone.rules->offset_at(start)) : std::string();
      if (!offset.empty()) out_.field("offset", offset);
      out_.field("label", (offset.empty() ? text : text + " " + offset) + ", " + day_title);
      if (query_.present == start) out_.field("is_present", true);
      out_.end_object();
    }
    out_.end_array();
  }

  const PublicTexts& texts_;
  const MonthQuery& query_;
  Instant now_;
  LocalDate today_;
  Month month_{today_, today_};
  std::string zone_label_;
  JsonText out_;
};

}  // namespace

crm::sdk::Expected<MonthQuery, crm::sdk::Response> read_month_query(const crm::sdk::Request& request,
                                                                    const PublicTexts& texts, const ZoneId& fallback) {
  std::vector<crm::sdk::FieldError> errors;
  const std::string asked = asked_zone(request);
  MonthQuery query{.zone = texts.zone(asked, fallback), .month = {}, .present = {}};
  if (const auto month = request.query_value("month")) {
    query.month = LocalDate::parse(std::string(*month) + "-01");
    if (!query.month) errors.push_back({"month", "invalid_format", "A month such as 2025-01"});
  }
  if (request.query_value("timezone") && !texts.is_zone(asked))
    errors.push_back({"timezone", "invalid_timezone", "This time zone does not exist"});
  if (!errors.empty()) return crm::sdk::unexpected(crm::sdk::validation_failed(std::move(errors)));
  return query;
}

Result<std::string> month_json(const PublicTexts& texts, const MonthQuery& query, Instant now, const SlotsIn& slots) {
  return MonthWriter(texts, query, now).write(slots);
}

Result<crm::sdk::Response> month_response(const PublicTexts& texts, const MonthQuery& query, Instant now,
                                          const SlotsIn& slots) {
  auto month = month_json(texts, query, now, slots);
  if (!month) return fail(std::move(month.error()));
  crm::sdk::Response response = crm::sdk::Response::json(200, R"({"data":)" + *month + "}");
  return response;
}

}  // namespace scheduling
