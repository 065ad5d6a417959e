#include "plugin/services/availability_service.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <utility>

#include "plugin/ports/meeting_repository.hpp"
#include "plugin/ports/user_directory.hpp"

namespace scheduling {
namespace {

/// Far more than anybody plans; keeps a runaway script from filling the table.
constexpr std::size_t k_overrides_of_day_max = 20;

/// Those of `items`, sorted by start, that touch `span`.
template <class Item, class TimeOf>
std::vector<Item> touching(const std::vector<Item>& items, TimeRange span, TimeOf time_of) {
  const auto end = std::ranges::lower_bound(items, span.end(), {}, [&](const Item& item) { return time_of(item).start(); });
  std::vector<Item> found;
  std::copy_if(items.begin(), end, std::back_inserter(found),
               [&](const Item& item) { return time_of(item).overlaps(span); });
  return found;
}

std::vector<DayOverride> overrides_in(const std::vector<DayOverride>& overrides, TimeRange window) {
  const auto [first, last] = dates_needed_for(window);
  const auto from = std::ranges::lower_bound(overrides, first, {}, &DayOverride::date);
  return {from, std::ranges::upper_bound(from, overrides.end(), last, {}, &DayOverride::date)};
}

}  // namespace

Result<HostSchedule> AvailabilityService::default_schedule(Transaction& transaction, UserId user) const {
  auto person = transaction.users().find(user);
  if (!person) return fail(std::move(person.error()));
  HostSchedule schedule;
  schedule.user = user;
  // A CRM may hold a zone that this system does not know; UTC is at least a time that exists.
  schedule.zone = zones_.find(person->timezone).value_or(ZoneId::utc());
  return schedule;
}

Done AvailabilityService::check_zone(const HostSchedule& schedule) const {
  if (zones_.find(schedule.zone.name())) return {};
  return fail(invalid_field("timezone", "invalid_timezone", "This time zone does not exist"));
}

Result<HostSchedule> AvailabilityService::get(const Actor& actor) {
  return transactions_.reading([&](Transaction& transaction) -> Result<HostSchedule> {
    auto stored = transaction.availability().find(actor.id);
    if (!stored) return fail(std::move(stored.error()));
    if (*stored) return std::move(**stored);
    return default_schedule(transaction, actor.id);
  });
}

Result<HostSchedule> AvailabilityService::save(const Actor& actor, const AvailabilityChange& change) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<HostSchedule> {
    if (auto locked = transaction.meetings().lock_host(actor.id); !locked) return fail(std::move(locked.error()));
    auto stored = transaction.availability().find(actor.id);
    if (!stored) return fail(std::move(stored.error()));
    Result<HostSchedule> before = *stored ? Result<HostSchedule>(std::move(**stored)) : default_schedule(transaction, actor.id);
    if (!before) return before;
    AvailabilityDraft draft = to_draft(*before);
    change(draft);
    auto schedule = HostSchedule::make(actor.id, draft);
    if (!schedule) return schedule;
    if (auto known = check_zone(*schedule); !known) return fail(std::move(known.error()));
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
  auto offer = current_offer(type, host, window, moving);
  if (!offer) return fail(std::move(offer.error()));
  return offered_starts(*offer, window);
}

Result<std::vector<Instant>> AvailabilityService::nearest(const MeetingType& type, UserId host, TimeRange window,
                                                          Instant near, std::size_t count) {
  auto offer = current_offer(type, host, window);
  if (!offer) return fail(std::move(offer.error()));
  return next_alternatives(*offer, window, near, count);
}

Result<std::optional<Refusal>> AvailabilityService::explain(const MeetingType& type, UserId host, Instant start) {
  auto offer = current_offer(type, host, TimeRange(start, start + std::chrono::seconds{1}));
  if (!offer) return fail(std::move(offer.error()));
  return judge(*offer, start);
}

Result<Offer> AvailabilityService::current_offer(const MeetingType& type, UserId host, TimeRange window,
                                                 MeetingId moving) {
  auto snapshot = snapshots_.state(host, state_needed_for(window));
  if (!snapshot) return fail(std::move(snapshot.error()));
  const HostState& state = (*snapshot)->state;
  if (state.schedule) return offer_from(state, *state.schedule, type, window, moving);
  return transactions_.reading([&](Transaction& transaction) {
    return offer_from(state, default_schedule(transaction, host), type, window, moving);
  });
}

Result<Offer> AvailabilityService::load_offer(Transaction& transaction, const MeetingType& type, UserId host,
                                              TimeRange window, MeetingId moving) {
  auto state = transaction.meetings().load_state(host, state_needed_for(window));
  if (!state) return fail(std::move(state.error()));
  return offer_from(*state, schedule_of(transaction, *state, host), type, window, moving);
}

Result<Offer> AvailabilityService::offer_at(Transaction& transaction, const MeetingType& type, UserId host,
                                            TimeRange window, std::int64_t version) {
  auto snapshot = snapshots_.state_at(transaction, host, state_needed_for(window), version);
  if (!snapshot) return fail(std::move(snapshot.error()));
  const HostState& state = (*snapshot)->state;
  return offer_from(state, schedule_of(transaction, state, host), type, window, {});
}

Result<HostSchedule> AvailabilityService::schedule_of(Transaction& transaction, const HostState& state,
                                                      UserId host) const {
  if (state.schedule) return *state.schedule;
  return default_schedule(transaction, host);
}

Result<Offer> AvailabilityService::offer_from(const HostState& state, Result<HostSchedule> schedule,
                                              const MeetingType& type, TimeRange window, MeetingId moving) const {
  if (!schedule) return fail(std::move(schedule.error()));
  auto zone = zones_.rules(schedule->zone);
  if (!zone) return fail(Code::broken, "no rules for zone " + schedule->zone.name());
  auto rules = SchedulingRules::make(type.content.duration, type.content.settings, schedule->defaults);
  if (!rules) return fail(Code::broken, "stored rules of meeting type " + std::to_string(type.id.value) + " contradict");
  schedule->overrides = overrides_in(state.overrides, window);
  const TimeRange span = state_needed_for(window);
  return Offer{std::move(zone),
               std::move(*schedule),
               std::move(*rules),
               type.id,
               touching(state.meetings, span, [](const BookedMeeting& meeting) { return meeting.time; }),
               touching(state.external_busy, span, std::identity{}),
               clock_.now(),
               moving};
}

}  // namespace scheduling
