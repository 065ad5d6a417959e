// Other rules tried out: the change is laid over what is stored and checked as saving would, and the free
// times and meetings of before and after are compared. Nothing is written.
#include <algorithm>
#include <utility>

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/availability/load_host_calendar.hpp"

namespace scheduling {
namespace {

using std::chrono::days;

std::string entry(std::string_view list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

std::vector<DayOverride> make_overrides(const std::vector<DayOverrideDraft>& drafts, FieldErrors& errors) {
  std::vector<DayOverride> rows;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (auto row = DayOverride::make(drafts[i])) {
      rows.push_back(std::move(*row));
    } else {
      errors.add_all(entry("overrides.add", i) + ".", row.error().fields);
    }
  }
  return rows;
}

bool names(const std::vector<OverrideId>& ids, const DayOverride& row) {
  return std::ranges::find(ids, row.id) != ids.end();
}

/// Some state after the change would not be saved: a row that is not there, a date with too many.
void check_overrides(const PreviewGround& ground, const RulePreviewQuery& command,
                     const std::vector<DayOverride>& added, FieldErrors& errors) {
  for (std::size_t i = 0; i < command.removed.size(); ++i)
    if (std::ranges::find(ground.named, command.removed[i], &DayOverride::id) == ground.named.end())
      errors.add(entry("overrides.remove", i), "not_found", "There is no such override");
  std::map<LocalDate, std::size_t> counts;
  for (const DayOverride& row : ground.named)
    if (!names(command.removed, row)) ++counts[row.date];
  for (std::size_t i = 0; i < added.size(); ++i)
    if (++counts[added[i].date] > k_overrides_of_day_max)
      errors.add(entry("overrides.add", i) + ".date", "too_many", "This date has too many overrides already");
}

std::vector<DayOverride> changed_overrides(std::vector<DayOverride> rows, const std::vector<OverrideId>& removed,
                                           const std::vector<DayOverride>& added) {
  std::erase_if(rows, [&](const DayOverride& row) { return names(removed, row); });
  rows.insert(rows.end(), added.begin(), added.end());
  return rows;
}

MeetingType changed_type(MeetingType type, const RulePreviewQuery& command, FieldErrors& errors) {
  if (!command.type_change) return type;
  if (auto content = MeetingTypeContent::make(apply_patch(to_draft(type.content), *command.type_change))) {
    type.content = std::move(*content);
  } else {
    errors.add_all("", content.error().fields);
  }
  return type;
}

LocalDate last_date(LocalDate from) {
  return from.plus(k_preview_days_default - days{1});
}

/// The dates in whatever zone will hold.
TimeRange around_dates(LocalDate from, LocalDate until) {
  return {Instant{from.days().time_since_epoch()} - days{2}, Instant{until.days().time_since_epoch()} + days{3}};
}

Result<OwnedMeetingType> editable_type(Transaction& transaction, const Actor& actor, MeetingTypeId id) {
  auto type = transaction.meeting_types().find(id, Lock::none);
  if (!type) return fail(std::move(type.error()));
  if (!*type || !actor.may_touch((*type)->owner)) return fail(Code::not_found);
  return std::move(**type);
}

}  // namespace

Result<PreviewGround> AvailabilityService::load_ground(const Actor& actor, const RulePreviewQuery& command,
                                                       const std::vector<DayOverride>& added) {
  std::vector<LocalDate> dates;
  for (const DayOverride& row : added) dates.push_back(row.date);
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<PreviewGround> {
    auto found = editable_type(transaction, actor, command.type);
    if (!found) return fail(std::move(found.error()));
    // Rules and bookings change under this lock only, so all that is read after it is of one moment.
    if (auto locked = transaction.meetings().lock_host(found->owner); !locked) return fail(std::move(locked.error()));
    auto owned = editable_type(transaction, actor, command.type);
    if (!owned) return fail(std::move(owned.error()));
    // Today is a date in some zone; the next or the former one, at most, in the zone after the change.
    const LocalDate from = command.from.value_or(LocalDate::of(WallTime{clock_.now().time_since_epoch()}));
    const LocalDate until = command.until.value_or(last_date(from));
    const TimeRange span = calendar_needed_for(around_dates(from, until));
    auto loaded = load_host_calendar(transaction, zones_, owned->owner, span);
    if (!loaded) return fail(std::move(loaded.error()));
    Result<std::vector<DayOverride>> named;
    if (!command.removed.empty() || !dates.empty())
      named = transaction.availability().find_overrides(owned->owner, command.removed, dates);
    if (!named) return fail(std::move(named.error()));
    return PreviewGround{std::move(owned->type), std::move(loaded->calendar), std::move(*named)};
  });
}

Result<RulePreview> AvailabilityService::preview(const Actor& actor, const RulePreviewQuery& command) {
  FieldErrors errors;
  const std::vector<DayOverride> added = make_overrides(command.added, errors);
  auto ground = load_ground(actor, command, added);
  if (!ground) return fail(std::move(ground.error()));
  // Which entry a date belongs to is known only when every entry is good.
  if (errors.empty()) check_overrides(*ground, command, added, errors);
  const HostCalendar& stored = ground->calendar;
  HostSchedule schedule = stored.schedule;
  if (command.availability) {
    if (auto other = changed_schedule(stored.schedule, *command.availability))
      schedule = std::move(*other);
    else
      errors.add_all("availability.", other.error().fields);
  }
  const MeetingType type = changed_type(ground->type, command, errors);
  if (!errors.empty()) return fail(std::move(errors).to_error());

  schedule.overrides = changed_overrides(stored.schedule.overrides, command.removed, added);
  auto rules = zones_.rules(schedule.zone);
  if (!rules) return fail(Code::broken, "no rules for zone " + schedule.zone.name());
  const auto busy = stored.external_busy.ranges();
  auto changed = std::make_shared<const HostCalendar>(
      HostCalendar::make(std::move(rules), std::move(schedule), stored.meetings, {busy.begin(), busy.end()}));
  auto before = slot_context_from(std::make_shared<const HostCalendar>(stored), ground->type, {});
  if (!before) return fail(std::move(before.error()));
  auto after = slot_context_from(changed, type, {});
  if (!after) return fail(std::move(after.error()));
  after->now = before->now;

  const LocalDate from = command.from.value_or(changed->zone->date_at(after->now));
  RulePreview preview{changed, from, command.until.value_or(last_date(from)), {}, {}};
  // No window: the zone skipped the asked dates.
  if (const auto window = window_of_dates(*changed->zone, preview.from, preview.until))
    preview.change = compare(*before, *after, *window);
  return with_attendees(std::move(preview));
}

Result<RulePreview> AvailabilityService::with_attendees(RulePreview preview) {
  if (preview.change.outside.empty()) return preview;
  std::vector<MeetingId> ids;
  for (const PushedOut& each : preview.change.outside) ids.push_back(each.meeting.id);
  auto names =
      transactions_.reading([&](Transaction& transaction) { return transaction.meetings().attendee_names(ids); });
  if (!names) return fail(std::move(names.error()));
  for (AttendeeName& each : *names) preview.attendees.emplace(each.meeting, std::move(each.name));
  return preview;
}

}  // namespace scheduling
