#include "plugin/services/availability/availability_service.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/availability/load_host_calendar.hpp"

namespace scheduling {
namespace {

/// The snapshot's calendar, kept as long as anybody looks at it.
std::shared_ptr<const HostCalendar> calendar_of(CachedCalendarPtr snapshot) {
  const HostCalendar* calendar = &snapshot->calendar;
  return {std::move(snapshot), calendar};
}

}  // namespace

Result<HostSchedule> AvailabilityService::changed_schedule(const HostSchedule& stored,
                                                           const AvailabilityPatch& patch) const {
  auto schedule = HostSchedule::make(stored.user, apply_patch(to_draft(stored), patch));
  if (!schedule) return schedule;
  const auto zone = zones_.find(schedule->zone.name());
  if (!zone) return fail(invalid_field("timezone", "invalid_timezone", "This time zone does not exist"));
  schedule->zone = *zone;  // an alias is kept under its own name
  return schedule;
}

Result<LocalDate> AvailabilityService::today(const HostSchedule& schedule) const {
  const auto rules = zones_.rules(schedule.zone);
  if (!rules) return fail(Code::broken, "no rules for zone " + schedule.zone.name());
  return rules->date_at(clock_.now());
}

Result<HostSchedule> AvailabilityService::get(const Actor& actor) {
  return transactions_.reading([&](Transaction& transaction) -> Result<HostSchedule> {
    auto stored = transaction.availability().find(actor.id);
    if (!stored) return fail(std::move(stored.error()));
    if (*stored) return std::move(**stored);
    return default_schedule(transaction, zones_, actor.id);
  });
}

Result<HostSchedule> AvailabilityService::save(const Actor& actor, const AvailabilityPatch& patch) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<HostSchedule> {
    if (auto locked = transaction.meetings().lock_host(actor.id); !locked) return fail(std::move(locked.error()));
    auto stored = transaction.availability().find(actor.id);
    if (!stored) return fail(std::move(stored.error()));
    Result<HostSchedule> before =
        *stored ? Result<HostSchedule>(std::move(**stored)) : default_schedule(transaction, zones_, actor.id);
    if (!before) return before;
    auto schedule = changed_schedule(*before, patch);
    if (!schedule) return schedule;
    if (auto saved = transaction.availability().save(*schedule, clock_.now()); !saved)
      return fail(std::move(saved.error()));
    return schedule;
  });
}

Result<std::vector<DayOverride>> AvailabilityService::list_overrides(
    const Actor& actor, const AvailabilityRepository::OverridePosition& after, int count) {
  return transactions_.reading(
      [&](Transaction& transaction) { return transaction.availability().list_overrides(actor.id, after, count); });
}

Result<DayOverride> AvailabilityService::add_override(const Actor& actor, const DayOverrideDraft& draft) {
  auto day = DayOverride::make(draft);
  if (!day) return day;
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<DayOverride> {
    if (auto locked = transaction.meetings().lock_host(actor.id); !locked) return fail(std::move(locked.error()));
    const AvailabilityRepository::OverridePosition before{day->date.plus(std::chrono::days{-1}),
                                                          OverrideId{std::numeric_limits<std::int32_t>::max()}};
    auto same_day = transaction.availability().list_overrides(actor.id, before, k_overrides_of_day_max);
    if (!same_day) return fail(std::move(same_day.error()));
    if (same_day->size() == k_overrides_of_day_max && same_day->back().date == day->date)
      return fail(invalid_field("date", "too_many", "This date has too many overrides already"));
    auto id = transaction.availability().insert_override(actor.id, *day);
    if (!id) return fail(std::move(id.error()));
    DayOverride added = *day;
    added.id = *id;
    return added;
  });
}

Done AvailabilityService::remove_override(const Actor& actor, OverrideId id) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Done {
    auto owner = transaction.availability().owner_of_override(id);
    if (!owner) return fail(std::move(owner.error()));
    if (!*owner || !actor.may_touch(**owner)) return fail(Code::not_found);
    if (auto locked = transaction.meetings().lock_host(**owner); !locked) return locked;
    return transaction.availability().remove_override(id);
  });
}

Result<std::vector<TimeRange>> AvailabilityService::slots(const MeetingType& type, UserId host, TimeRange window,
                                                          MeetingId moving) {
  auto context = current_slot_context(type, host, window, moving);
  if (!context) return fail(std::move(context.error()));
  return find_slots(*context, window);
}

Result<std::vector<TimeRange>> AvailabilityService::move_slots(const MeetingType& type, std::span<const UserId> hosts,
                                                               std::span<const UserId> successors, TimeRange window,
                                                               MeetingId moving) {
  auto kept = team_contexts(type, hosts, window, moving);
  if (!kept) return fail(std::move(kept.error()));
  auto others = team_contexts(type, successors, window, moving);
  if (!others) return fail(std::move(others.error()));
  const std::vector<TimeRange> by_hosts = team_starts(*kept, TeamMode::all, window);
  const std::vector<TimeRange> by_others = team_starts(*others, TeamMode::any, window);
  std::vector<TimeRange> all;
  std::ranges::set_union(by_hosts, by_others, std::back_inserter(all));
  return all;
}

Result<std::vector<TimeRange>> AvailabilityService::public_slots(const BookingTarget& target, TimeRange window) {
  switch (target.page.content.assignment) {
    case Assignment::round_robin: return team_slots(target, TeamMode::any, window);
    case Assignment::collective: return team_slots(target, TeamMode::all, window);
    case Assignment::personal: break;
  }
  return slots(*target.type, target.page.owner, window);
}

Result<std::vector<TimeRange>> AvailabilityService::slots_of_hosts(const BookingTarget& target,
                                                                   std::span<const UserId> hosts, TimeRange window) {
  const PageContent& page = target.page.content;
  std::vector<UserId> asked(hosts.begin(), hosts.end());
  if (asked.empty()) asked = page.is_team() ? serving(page.members) : std::vector<UserId>{target.page.owner};
  auto contexts = team_contexts(*target.type, asked, window);
  if (!contexts) return fail(std::move(contexts.error()));
  for (SlotContext& context : *contexts) context.rules.notice_min = std::chrono::minutes{0};
  const bool is_all = hosts.empty() && page.assignment == Assignment::collective;
  return team_starts(*contexts, is_all ? TeamMode::all : TeamMode::any, window);
}

Result<std::vector<TimeRange>> AvailabilityService::team_slots(const BookingTarget& target, TeamMode mode,
                                                               TimeRange window) {
  const std::vector<UserId> members = serving(target.page.content.members);
  auto contexts = team_contexts(*target.type, members, window);
  if (!contexts) return fail(std::move(contexts.error()));
  return team_starts(*contexts, mode, window);
}

Result<std::vector<SlotContext>> AvailabilityService::team_contexts(const MeetingType& type,
                                                                    std::span<const UserId> members, TimeRange window,
                                                                    MeetingId moving) {
  if (members.empty()) return std::vector<SlotContext>{};
  auto calendars = calendars_.calendars(members, calendar_needed_for(window));
  if (!calendars) return fail(std::move(calendars.error()));
  return contexts_from(std::move(*calendars), type, moving);
}

Result<std::vector<SlotContext>> AvailabilityService::contexts_from(std::vector<CachedCalendarPtr> calendars,
                                                                    const MeetingType& type, MeetingId moving) const {
  std::vector<SlotContext> contexts;
  contexts.reserve(calendars.size());
  for (CachedCalendarPtr& snapshot : calendars) {
    auto context = slot_context_from(calendar_of(std::move(snapshot)), type, moving);
    if (!context) return fail(std::move(context.error()));
    contexts.push_back(std::move(*context));
  }
  return contexts;
}

Result<std::vector<Instant>> AvailabilityService::nearest(const BookingTarget& target, TimeRange window, Instant near,
                                                          std::size_t count) {
  if (!target.page.content.is_team()) return nearest(*target.type, target.page.owner, window, near, count);
  auto times = public_slots(target, window);
  if (!times) return fail(std::move(times.error()));
  return nearest_of(*times, near, count);
}

Result<std::vector<Instant>> AvailabilityService::nearest(const MeetingType& type, UserId host, TimeRange window,
                                                          Instant near, std::size_t count) {
  auto context = current_slot_context(type, host, window);
  if (!context) return fail(std::move(context.error()));
  return next_alternatives(*context, window, near, count);
}

Result<ExplainedStart> AvailabilityService::explain(const MeetingType& type, UserId host, Instant start) {
  auto context = current_slot_context(type, host, TimeRange(start, start + std::chrono::seconds{1}));
  if (!context) return fail(std::move(context.error()));
  return ExplainedStart{scheduling::explain(*context, start), context->host};
}

Result<ExplainedStart> AvailabilityService::explain(const MeetingType& type, UserId host, WallTime local) {
  // In whatever zone the instant is found, it lies within a day of the same time in UTC.
  const Instant near{local.time_since_epoch()};
  auto snapshot =
      calendars_.calendar(host, calendar_needed_for({near - std::chrono::days{1}, near + std::chrono::days{1}}));
  if (!snapshot) return fail(std::move(snapshot.error()));
  const Instant start = (*snapshot)->calendar.zone->to_instant(local);
  auto context = slot_context_from(calendar_of(std::move(*snapshot)), type, {});
  if (!context) return fail(std::move(context.error()));
  return ExplainedStart{scheduling::explain(*context, start), context->host};
}

Result<SlotContext> AvailabilityService::current_slot_context(const MeetingType& type, UserId host, TimeRange window,
                                                              MeetingId moving) {
  auto snapshot = calendars_.calendar(host, calendar_needed_for(window));
  if (!snapshot) return fail(std::move(snapshot.error()));
  return slot_context_from(calendar_of(std::move(*snapshot)), type, moving);
}

Result<SlotContext> AvailabilityService::load_slot_context(Transaction& transaction, const MeetingType& type,
                                                           UserId host, TimeRange window, MeetingId moving) {
  auto loaded = load_host_calendar(transaction, zones_, host, calendar_needed_for(window));
  if (!loaded) return fail(std::move(loaded.error()));
  return slot_context_from(std::make_shared<const HostCalendar>(std::move(loaded->calendar)), type, moving);
}

Result<std::vector<SlotContext>> AvailabilityService::slot_contexts_at(Transaction& transaction,
                                                                       const MeetingType& type,
                                                                       std::span<const UserId> hosts, TimeRange window,
                                                                       std::span<const CalendarUpdate> updates,
                                                                       MeetingId moving) {
  auto snapshots = calendars_.calendars_at(transaction, hosts, calendar_needed_for(window), updates);
  if (!snapshots) return fail(std::move(snapshots.error()));
  return contexts_from(std::move(*snapshots), type, moving);
}

Result<SlotContext> AvailabilityService::slot_context_from(std::shared_ptr<const HostCalendar> calendar,
                                                           const MeetingType& type, MeetingId moving) const {
  auto rules = SchedulingRules::make(type.content.duration, type.content.settings, calendar->schedule.defaults);
  if (!rules)
    return fail(Code::broken, "stored rules of meeting type " + std::to_string(type.id.value) + " contradict");
  SlotContext context{std::move(calendar), std::move(*rules), type.id, clock_.now(), moving, {}};
  const BrokenCalendarPolicy policy = settings_.current().broken_calendars;
  if (is_unreadable(context.host->readings, policy.stale_after, context.now)) context.unreadable = policy.action;
  return context;
}

}  // namespace scheduling
