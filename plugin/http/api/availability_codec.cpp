#include "plugin/http/api/availability_codec.hpp"

#include "plugin/http/merge_fields.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;

bool read_flag(JsonInput& input, std::string_view name, bool otherwise) {
  std::optional<bool> flag;
  read_field(input, name, flag);
  return flag.value_or(otherwise);
}

std::vector<WeeklyRuleDraft> read_rules(std::vector<JsonInput>& items) {
  std::vector<WeeklyRuleDraft> rules;
  for (JsonInput& item : items) {
    for (const char* name : {"day_of_week", "start_time", "end_time"}) item.require(name);
    item.ignore({"id", "user_id"});
    WeeklyRuleDraft& rule = rules.emplace_back();
    rule.day_of_week = item.integer("day_of_week", k_int_min, k_int_max).value_or(0);
    rule.start_time = item.text("start_time", k_line).value_or("");
    rule.end_time = item.text("end_time", k_line).value_or("");
    rule.is_available = read_flag(item, "is_available", rule.is_available);
  }
  return rules;
}

void read_defaults(JsonInput& input, AvailabilityPatch& patch) {
  read_field(input, "buffer_before_minutes", patch.buffer_before_minutes);
  read_field(input, "buffer_after_minutes", patch.buffer_after_minutes);
  read_field(input, "minimum_notice_minutes", patch.minimum_notice_minutes);
  read_field(input, "max_days_in_advance", patch.max_days_in_advance);
}

}  // namespace

AvailabilityPatch read_availability(JsonInput& input) {
  AvailabilityPatch patch;
  input.ignore({"user_id", "updated_at", "today"});
  read_field(input, "timezone", patch.timezone);
  read_field(input, "week_start", patch.week_start);
  if (input.has("rules")) {
    note_null(input, "rules");
    if (auto items = input.objects("rules", k_weekly_rules_max)) patch.rules = read_rules(*items);
  }
  read_field(input, "daily_limit", patch.daily_limit);
  read_field(input, "weekly_limit", patch.weekly_limit);
  if (input.has("defaults")) {
    note_null(input, "defaults");
    if (auto defaults = input.object("defaults")) read_defaults(*defaults, patch);
  }
  return patch;
}

crm::sdk::Expected<AvailabilityPatch, crm::sdk::Response> decode_availability(const crm::sdk::Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  AvailabilityPatch patch = read_availability(*input);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return patch;
}

DayOverrideDraft read_override(JsonInput& input) {
  input.require("date");
  input.require("is_available");
  input.ignore({"id", "user_id"});
  DayOverrideDraft draft;
  merge(input, "date", draft.date);
  draft.is_available = read_flag(input, "is_available", draft.is_available);
  merge(input, "start_time", draft.start_time);
  merge(input, "end_time", draft.end_time);
  merge(input, "reason", draft.reason);
  return draft;
}

crm::sdk::Expected<DayOverrideDraft, crm::sdk::Response> decode_override(const crm::sdk::Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  DayOverrideDraft draft = read_override(*input);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return draft;
}

void write_availability(JsonText& out, const HostSchedule& schedule, LocalDate today) {
  out.begin_object()
      .field("timezone", schedule.zone.name())
      .field("today", today.text())
      .field("week_start", static_cast<std::int32_t>(schedule.week_start.c_encoding()))
      .key("rules")
      .begin_array();
  for (const WeeklyRule& rule : schedule.hours.rules())
    out.begin_object()
        .field("day_of_week", static_cast<std::int32_t>(rule.day.c_encoding()))
        .field("start_time", rule.hours.start.text())
        .field("end_time", rule.hours.end.text())
        .field("is_available", rule.is_available)
        .end_object();
  const BookingDefaults& defaults = schedule.defaults;
  std::optional<std::int64_t> advance;
  if (defaults.advance_max) advance = defaults.advance_max->count();
  out.end_array()
      .field("daily_limit", schedule.daily_limit)
      .field("weekly_limit", schedule.weekly_limit)
      .key("defaults")
      .begin_object()
      .field("buffer_before_minutes", std::int64_t{defaults.buffer_before.count()})
      .field("buffer_after_minutes", std::int64_t{defaults.buffer_after.count()})
      .field("minimum_notice_minutes", std::int64_t{defaults.notice_min.count()})
      .field("max_days_in_advance", advance)
      .end_object()
      .end_object();
}

void write_override(JsonText& out, const DayOverride& day) {
  std::optional<std::string> start, end;
  if (day.hours) {
    start = day.hours->start.text();
    end = day.hours->end.text();
  }
  out.begin_object()
      .field("id", day.id)
      .field("date", day.date.text())
      .field("is_available", day.is_available)
      .field("start_time", start)
      .field("end_time", end)
      .field("reason", day.reason)
      .end_object();
}

}  // namespace scheduling
