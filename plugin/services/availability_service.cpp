#include "plugin/services/availability_service.hpp"

#include <array>
#include <limits>
#include <utility>

#include "plugin/ports/meeting_repository.hpp"
#include "plugin/ports/user_directory.hpp"

namespace scheduling {
namespace {

/// Far more than anybody plans; keeps a runaway script from filling the table.
constexpr std::size_t k_overrides_of_day_max = 20;

Done lock(Transaction& transaction, UserId user) {
  const std::array hosts{user};
  return transaction.meetings().lock_hosts(hosts);
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
    if (auto locked = lock(transaction, actor.id); !locked) return fail(std::move(locked.error()));
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
    if (auto locked = lock(transaction, actor.id); !locked) return fail(std::move(locked.error()));
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
    if (auto locked = lock(transaction, **owner); !locked) return locked;
    return transaction.availability().remove_override(id);
  });
}

Result<std::vector<TimeRange>> AvailabilityService::slots(const MeetingType& type, UserId host, TimeRange window,
                                                          MeetingId moving) {
  auto offer = transactions_.reading(
      [&](Transaction& transaction) { return load_offer(transaction, type, host, window, moving); });
  if (!offer) return fail(std::move(offer.error()));
  return offered_starts(*offer, window);
}

Result<std::optional<Refusal>> AvailabilityService::explain(const MeetingType& type, UserId host, Instant start) {
  const TimeRange window(start, start + std::chrono::seconds{1});
  auto offer = transactions_.reading(
      [&](Transaction& transaction) { return load_offer(transaction, type, host, window); });
  if (!offer) return fail(std::move(offer.error()));
  return judge(*offer, start);
}

Result<Offer> AvailabilityService::load_offer(Transaction& transaction, const MeetingType& type, UserId host,
                                              TimeRange window, MeetingId moving) {
  auto state = transaction.meetings().load_state(host, window);
  if (!state) return fail(std::move(state.error()));
  if (!state->schedule) {
    auto defaults = default_schedule(transaction, host);
    if (!defaults) return fail(std::move(defaults.error()));
    defaults->overrides = std::move(state->overrides);
    state->schedule = std::move(*defaults);
  }
  auto zone = zones_.rules(state->schedule->zone);
  if (!zone) return fail(Code::broken, "no rules for zone " + state->schedule->zone.name());
  auto rules = SchedulingRules::make(type.content.duration, type.content.settings, state->schedule->defaults);
  if (!rules) return fail(Code::broken, "stored rules of meeting type " + std::to_string(type.id.value) + " contradict");
  return Offer{std::move(zone),     std::move(*state->schedule), std::move(*rules),
               type.id,             std::move(state->meetings),  std::move(state->external_busy),
               clock_.now(),        moving};
}

}  // namespace scheduling
