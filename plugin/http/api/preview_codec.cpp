#include "plugin/http/api/preview_codec.hpp"

#include "plugin/http/api/availability_codec.hpp"
#include "plugin/http/api/explain_text.hpp"
#include "plugin/http/api/meeting_type_codec.hpp"
#include "plugin/http/merge_fields.hpp"
#include "plugin/http/public/public_query.hpp"

namespace scheduling {
namespace {

using crm::sdk::JsonInput;

/// As many as the longest window can hold.
constexpr std::size_t k_overrides_max = k_overrides_of_day_max * static_cast<std::size_t>(k_slots_days_max.count());

std::optional<LocalDate> read_date(JsonInput& input, std::string_view name) {
  note_null(input, name);
  const auto text = input.text(name, k_line);
  if (!text) return std::nullopt;
  const auto date = LocalDate::parse(*text);
  if (!date) input.note(name, "invalid_format", "A date such as 2025-01-15");
  return date;
}

void read_dates(JsonInput& input, RulePreviewQuery& preview) {
  // Only the server knows what today is in the zone after the change, so `from` may be left to it, and `to` with it.
  if (input.has("to")) input.require("from");
  preview.from = read_date(input, "from");
  preview.until = read_date(input, "to");
  if (!preview.from || !preview.until) return;
  if (*preview.until < *preview.from) input.note("to", "out_of_range", "Not before from");
  if (*preview.until - *preview.from >= k_slots_days_max) input.note("to", "out_of_range", "At most 62 days");
}

void read_overrides(JsonInput& input, RulePreviewQuery& preview) {
  note_null(input, "overrides");
  auto overrides = input.object("overrides");
  if (!overrides) return;
  note_null(*overrides, "add");
  note_null(*overrides, "remove");
  if (auto items = overrides->objects("add", k_overrides_max))
    for (JsonInput& item : *items) preview.added.push_back(read_override(item));
  if (const auto ids = overrides->integers("remove", k_overrides_max, 1, k_int_max))
    for (const std::int64_t id : *ids) preview.removed.push_back(OverrideId{id});
}

void read_availability_field(JsonInput& input, RulePreviewQuery& preview) {
  note_null(input, "availability");
  if (auto fields = input.object("availability")) preview.availability = read_availability(*fields);
}

MeetingTypePatch read_type_change(JsonInput& input) {
  MeetingTypePatch patch;
  read_field(input, "duration_minutes", patch.duration_minutes);
  patch.settings = read_settings_field(input);
  return patch;
}

void read_change(JsonInput& input, RulePreviewQuery& preview) {
  const bool has_type_change = input.has("settings") || input.has("duration_minutes");
  if (input.has("availability")) read_availability_field(input, preview);
  if (input.has("overrides")) read_overrides(input, preview);
  if (has_type_change) preview.type_change = read_type_change(input);
  if (!has_type_change && !input.has("availability") && !input.has("overrides"))
    input.note("availability", "required", "Send at least one of availability, overrides, settings, duration_minutes");
}

void write_slots(JsonText& out, std::string_view name, const std::vector<TimeRange>& slots, const ZoneRules& zone) {
  ZoneCursor cursor;
  out.key(name).begin_array();
  for (const TimeRange& slot : slots) {
    const WallTime wall{(slot.start() + zone.offset_at(slot.start(), cursor)).time_since_epoch()};
    out.begin_object()
        .field("start", slot.start())
        .field("end", slot.end())
        .field("local", local_text(wall))
        .end_object();
  }
  out.end_array();
}

void write_outside(JsonText& out, const PushedOut& each, const RulePreview& preview) {
  const auto name = preview.attendees.find(each.meeting.id);
  const HostCalendar& host = *preview.host;
  out.begin_object()
      .field("id", each.meeting.id)
      .field("meeting_type_id", each.meeting.type)
      .field("start_time", each.meeting.time.start())
      .field("end_time", each.meeting.time.end())
      .field("attendee_name", name == preview.attendees.end() ? std::string_view{} : std::string_view(name->second))
      .field("rule", name_of(each.why.rule.value_or(UnavailableReason::outside_hours)))
      .field("message", sentence_of(each.why, host.schedule.zone, *host.zone))
      .end_object();
}

}  // namespace

crm::sdk::Expected<RulePreviewQuery, crm::sdk::Response> decode_preview(const crm::sdk::Request& request) {
  auto input = JsonInput::from_body(request);
  if (!input) return crm::sdk::unexpected(std::move(input.error()));
  RulePreviewQuery preview;
  input->require("meeting_type_id");
  preview.type = MeetingTypeId{input->integer("meeting_type_id", 1, k_int_max).value_or(0)};
  read_dates(*input, preview);
  read_change(*input, preview);
  if (auto refusal = input->refusal()) return crm::sdk::unexpected(std::move(*refusal));
  return preview;
}

void write_preview(JsonText& out, const RulePreview& preview) {
  const ZoneRules& zone = *preview.host->zone;
  out.begin_object()
      .field("timezone", preview.host->schedule.zone.name())
      .field("from", preview.from.text())
      .field("to", preview.until.text());
  write_slots(out, "slots", preview.change.offered, zone);
  write_slots(out, "gained", preview.change.gained, zone);
  write_slots(out, "lost", preview.change.lost, zone);
  out.field("kept", static_cast<std::int64_t>(preview.change.kept)).key("meetings_outside").begin_array();
  for (const PushedOut& each : preview.change.outside) write_outside(out, each, preview);
  out.end_array().end_object();
}

}  // namespace scheduling
