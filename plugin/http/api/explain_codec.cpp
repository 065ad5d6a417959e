#include "plugin/http/api/explain_codec.hpp"

#include "plugin/http/api/availability_codec.hpp"
#include "plugin/http/api/explain_text.hpp"

namespace scheduling {
namespace {

std::int64_t minutes_in(std::chrono::seconds length) {
  return std::chrono::floor<std::chrono::minutes>(length).count();
}

std::optional<std::string> text_of(const std::optional<LocalDate>& date) {
  return date ? std::optional(date->text()) : std::nullopt;
}

/// Writes the members of `details`, one rule's facts each.
class DetailsWriter {
 public:
  DetailsWriter(JsonText& out, const Explanation& why) : out_(out), why_(why) {}

  void operator()(std::monostate) const {}
  void operator()(const NoticeFacts& facts) const {
    out_.field("earliest_start", facts.earliest).field("minimum_notice_minutes", minutes_in(facts.notice_min));
  }
  void operator()(const HorizonFacts& facts) const {
    out_.field("last_date", facts.last.text()).field("max_days_in_advance", std::int64_t{facts.advance_max.count()});
  }
  void operator()(const RangeFacts& facts) const {
    out_.field("bookable_from", text_of(facts.from)).field("bookable_until", text_of(facts.until));
  }
  void operator()(const HoursFacts& facts) const {
    out_.field("date", facts.date.text()).key("open_hours").begin_array();
    for (const LocalSpan& span : facts.open)
      out_.begin_object().field("start_time", span.start.text()).field("end_time", span.end.text()).end_object();
    out_.end_array().key("overrides").begin_array();
    for (const DayOverride& row : facts.overrides) write_override(out_, row);
    out_.end_array()
        .field("narrowed_by_meeting_type", facts.is_narrowed)
        .field("open_until", facts.open_until)
        .field("duration_minutes", minutes_in(why_.candidate.length()));
  }
  void operator()(const GridFacts& facts) const {
    (*this)(facts.hours);
    out_.field("slot_interval_minutes", minutes_in(facts.interval))
        .field("previous_start", facts.previous)
        .field("next_start", facts.next);
  }
  void operator()(const Conflict& conflict) const {
    out_.field("meeting_id", conflict.meeting)
        .field("start_time", conflict.time.start())
        .field("end_time", conflict.time.end());
    if (conflict.rule == UnavailableReason::buffer) out_.field("buffer_minutes", minutes_in(conflict.gap));
  }
  void operator()(const ReachedLimit& reached) const {
    const bool is_type =
        reached.rule == UnavailableReason::daily_limit_type || reached.rule == UnavailableReason::weekly_limit_type;
    out_.field("limit", reached.limit)
        .field("count", reached.count)
        .field("limit_of", is_type ? "meeting_type" : "host")
        .field("first_date", reached.first.text())
        .field("last_date", reached.last.text());
  }

 private:
  JsonText& out_;
  const Explanation& why_;
};

}  // namespace

void write_explanation(JsonText& out, const Explanation& why, const ZoneId& zone, const ZoneRules& rules) {
  out.begin_object()
      .field("start", why.candidate.start())
      .field("bookable", !why.rule)
      .field("rule", why.rule ? std::optional(name_of(*why.rule)) : std::nullopt)
      .field("timezone", zone.name())
      .field("local", local_text(why.local))
      .field("message", sentence_of(why, zone, rules))
      .key("details")
      .begin_object();
  std::visit(DetailsWriter{out, why}, why.facts);
  out.end_object().end_object();
}

}  // namespace scheduling
