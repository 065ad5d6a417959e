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

struct Verdict {
  bool is_bookable = false;
  std::optional<std::string_view> rule{};
  std::string message{};
};

std::optional<std::string_view> rule_of(const Explanation& why) {
  return why.rule ? std::optional(name_of(*why.rule)) : std::nullopt;
}

void write_facts(JsonText& out, const Explanation& why, const Verdict& verdict, const ZoneId& zone) {
  out.field("start", why.candidate.start())
      .field("bookable", verdict.is_bookable)
      .field("rule", verdict.rule)
      .field("timezone", zone.name())
      .field("local", local_text(why.local))
      .field("message", verdict.message)
      .key("details")
      .begin_object();
  std::visit(DetailsWriter{out, why}, why.facts);
  out.end_object();
}

}  // namespace

void write_explanation(JsonText& out, const Explanation& why, const ZoneId& zone, const ZoneRules& rules) {
  out.begin_object();
  write_facts(out, why, {!why.rule, rule_of(why), sentence_of(why, zone, rules)}, zone);
  out.end_object();
}

void write_team_explanation(JsonText& out, const ExplainedStart& told, bool is_bookable, bool has_hosts,
                            const std::vector<ExplainedMember>& members) {
  const ZoneId& zone = told.host->schedule.zone;
  Verdict verdict{is_bookable, rule_of(told.why), sentence_of(told.why, zone, *told.host->zone)};
  if (!has_hosts) verdict = {false, "no_hosts", "Nobody of this team takes meetings at the moment."};
  out.begin_object();
  write_facts(out, told.why, verdict, zone);
  out.key("hosts").begin_array();
  for (const ExplainedMember& member : members) {
    out.begin_object().field("user_id", member.user);
    if (member.absence) {
      const bool is_paused = *member.absence == "paused";
      out.field("bookable", false)
          .field("rule", *member.absence)
          .field("message", is_paused ? "Takes a break from this team." : "Is not active in the CRM.");
    } else {
      const ExplainedStart& one = *member.explained;
      out.field("bookable", !one.why.rule)
          .field("rule", rule_of(one.why))
          .field("message", sentence_of(one.why, one.host->schedule.zone, *one.host->zone));
    }
    out.end_object();
  }
  out.end_array().end_object();
}

}  // namespace scheduling
