#include "plugin/services/assignment/target_lock.hpp"

#include <algorithm>
#include <utility>

#include "plugin/core/assignment/owner_wait.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/turn_repository.hpp"

namespace scheduling {
namespace {

constexpr int k_target_tries_max = 4;

bool is_current(const BookingTarget& target, const HostVersion& owner) {
  return target.page_version == owner.pages && target.epoch == owner.epoch;
}

std::vector<HeldCalendar> held_calendars(const HostCalendarCache& calendars, std::span<const UserId> hosts) {
  std::vector<HeldCalendar> held;
  for (const UserId host : hosts) held.push_back(calendars.held(host));
  return held;
}

void waive_notice(std::vector<SlotContext>& contexts) {
  for (SlotContext& context : contexts) context.rules.notice_min = std::chrono::minutes{0};
}

struct AskedOwner {
  UserId user;
  const CalendarUpdate& update;  ///< read under the page's lock
};

/// Whether an invitation is for the owner's times alone, as InvitedTimes says when it lists them.
Result<bool> waits_for_owner(Transaction& transaction, const AssignmentParts& parts, const MeetingType& type,
                             const SlotContext& now, const AskedOwner& owner) {
  if (type.content.settings.owner_first_or_default() == OwnerFirst::strict) return true;
  auto contexts =
      parts.availability.slot_contexts_at(transaction, type, {&owner.user, 1}, wait_reach(now), {&owner.update, 1});
  if (!contexts) return fail(std::move(contexts.error()));
  return has_start_soon(contexts->front(), type.content.settings.owner_wait_days_or_default());
}

}  // namespace

std::vector<TurnStanding> standings_of(std::span<const MemberTurn> members) {
  std::vector<TurnStanding> standings;
  standings.reserve(members.size());
  for (const MemberTurn& member : members) standings.push_back({member.user, member.balance(), member.last_assigned});
  return standings;
}

Result<std::optional<HostChoice>> choose_by_ledger(Transaction& transaction, const AssignmentParts& parts,
                                                   const BookingTarget& target, Instant start, const HostWish& wish) {
  const PageMembers& members = target.page.content.members;
  const std::vector<UserId> hosts = serving(members);
  std::vector<HeldCalendar> asked = held_calendars(parts.calendars, hosts);
  const auto owner = std::ranges::find(hosts, target.page.owner);
  const auto owner_place = static_cast<std::size_t>(owner - hosts.begin());
  // The owner's version tells whether the page changed, whether or not they serve it themselves.
  if (owner == hosts.end()) asked.push_back({target.page.owner, {}});
  auto opened = transaction.turns().open(target.page.id, asked);
  if (!opened) return fail(std::move(opened.error()));
  if (!is_current(target, opened->calendars[owner_place].version)) return std::optional<HostChoice>{};
  const std::span<const CalendarUpdate> updates(opened->calendars.data(), hosts.size());
  auto contexts = parts.availability.slot_contexts_at(transaction, *target.type, hosts, moment_of(start), updates);
  if (!contexts) return fail(std::move(contexts.error()));
  if (wish.waives_notice) waive_notice(*contexts);
  const std::vector<TurnStanding> standings = standings_of(opened->members);
  std::optional<PreferredOwner> first;
  if (wish.owner)
    first = PreferredOwner{*wish.owner, target.page.content.rotation.owner_bookings_count, wish.is_invited, false};
  const auto place = first ? std::ranges::find(hosts, first->owner) : hosts.end();
  if (wish.is_invited && place != hosts.end()) {
    const auto index = static_cast<std::size_t>(place - hosts.begin());
    auto alone = waits_for_owner(transaction, parts, *target.type, (*contexts)[index], {*place, updates[index]});
    if (!alone) return fail(std::move(alone.error()));
    first->is_alone = *alone;
  }
  return std::optional(choose_in_turn(members, *contexts, standings, start, Credits::given, first));
}

Result<LockedTarget> TargetLock::lock(Transaction& transaction, std::string_view page_slug, std::string_view type_slug,
                                      std::optional<Instant> start, AttendeeInquiry& inquiry,
                                      const HostWish& wish) const {
  BookingTargetPtr target = parts_.targets.remembered(page_slug, type_slug);
  if (!target) {
    auto loaded = parts_.targets.load(transaction, page_slug, type_slug);
    if (!loaded) return fail(std::move(loaded.error()));
    if (!*loaded || !is_open(**loaded)) return fail(Code::not_found);
    target = std::move(*loaded);
  }
  Result<LockedTarget> locked = fail(Code::broken);
  if (wish.named)
    locked = lock_hosts(transaction, std::move(target), {&*wish.named, 1}, inquiry);
  else if (target->page.content.assignment == Assignment::round_robin)
    locked = lock_in_turn(transaction, std::move(target), start, inquiry, wish);
  else if (target->page.content.assignment == Assignment::collective)
    locked = lock_hosts(transaction, target, serving(target->page.content.members), inquiry);
  else
    locked = lock_personal(transaction, std::move(target), inquiry);
  if (locked) locked->wish = wish;
  return locked;
}

/// Page and type from memory, or read now; again after the lock when they have changed since.
Result<LockedTarget> TargetLock::lock_personal(Transaction& transaction, BookingTargetPtr target,
                                               AttendeeInquiry& inquiry) const {
  const std::string page_slug = target->page.content.slug.text();
  const std::string type_slug = target->type->content.slug.text();
  LockedTarget locked;
  for (int attempt = 0; attempt < k_target_tries_max; ++attempt) {
    if (!target) {
      auto loaded = parts_.targets.load(transaction, page_slug, type_slug);
      if (!loaded) return fail(std::move(loaded.error()));
      if (!*loaded || !is_open(**loaded)) return fail(Code::not_found);
      target = std::move(*loaded);
      if (target->page.content.is_team()) return fail(Code::conflict, "the page became a team's");
    }
    const UserId owner = target->page.owner;
    const bool is_first = attempt == 0;  // what is asked of the attendee stays locked, and as it was read
    const auto questions = is_first ? inquiry.questions(target->page.id) : std::nullopt;
    const HeldCalendar held = parts_.calendars.held(owner);
    auto opened = transaction.bookings().open({&held, 1}, questions ? &*questions : nullptr);
    if (!opened) return fail(std::move(opened.error()));
    if (questions) inquiry.take(*questions, *opened);
    if (is_first) locked.contacts = std::move(opened->contacts);
    locked.hosts = std::move(opened->hosts);
    if (is_current(*target, locked.hosts.front().update.version)) {
      locked.target = std::move(target);
      return locked;
    }
    target.reset();
  }
  return fail(Code::conflict, "the page changes too often");
}

Error TargetLock::begin_anew(Transaction& transaction, const BookingTarget& target) const {
  auto loaded = parts_.targets.load(transaction, target.page.content.slug.text(), target.type->content.slug.text());
  return loaded ? make_error(Code::conflict, "the page changed meanwhile") : std::move(loaded.error());
}

Result<LockedTarget> TargetLock::open(Transaction& transaction, BookingTargetPtr target, std::span<const UserId> hosts,
                                      AttendeeInquiry& inquiry) const {
  const auto questions = inquiry.questions(target->page.id);
  auto opened = transaction.bookings().open(held_calendars(parts_.calendars, hosts), questions ? &*questions : nullptr);
  if (!opened) return fail(std::move(opened.error()));
  if (questions) inquiry.take(*questions, *opened);
  return LockedTarget{std::move(target), std::move(opened->hosts), std::move(opened->contacts), {}};
}

Result<LockedTarget> TargetLock::lock_in_turn(Transaction& transaction, BookingTargetPtr target,
                                              std::optional<Instant> start, AttendeeInquiry& inquiry,
                                              const HostWish& wish) const {
  std::optional<HostChoice> choice;
  if (start && is_open(*target)) {
    auto chosen = choose_by_ledger(transaction, parts_, *target, *start, wish);
    if (!chosen) return fail(std::move(chosen.error()));
    if (!*chosen) return fail(begin_anew(transaction, *target));
    choice = std::move(**chosen);
  }
  auto locked = open(transaction, std::move(target), choice ? choice->hosts : std::vector<UserId>{}, inquiry);
  if (locked) locked->choice = std::move(choice);
  return locked;
}

Result<LockedTarget> TargetLock::lock_hosts(Transaction& transaction, BookingTargetPtr target,
                                            std::span<const UserId> hosts, AttendeeInquiry& inquiry) const {
  auto locked = open(transaction, target, hosts, inquiry);
  if (!locked) return locked;
  const auto owner = std::ranges::find(hosts, target->page.owner);
  HostVersion version;
  if (owner != hosts.end()) {
    version = locked->hosts[static_cast<std::size_t>(owner - hosts.begin())].update.version;
  } else {
    const HeldCalendar asked{target->page.owner, {}};
    auto update = transaction.meetings().calendar_changes({&asked, 1});
    if (!update) return fail(std::move(update.error()));
    version = update->front().version;
  }
  if (!is_current(*target, version)) return fail(begin_anew(transaction, *target));
  return locked;
}

Result<DecidedHosts> TargetLock::decide(Transaction& transaction, const LockedTarget& locked, Instant start) const {
  const PageContent& page = locked.target->page.content;
  DecidedHosts decided;
  if (locked.choice) decided.choice = *locked.choice;
  std::vector<UserId> hosts;
  std::vector<CalendarUpdate> updates;
  for (const LockedHost& host : locked.hosts) {
    hosts.push_back(host.person.id);
    updates.push_back(host.update);
  }
  if (hosts.empty()) return decided;
  auto contexts =
      parts_.availability.slot_contexts_at(transaction, *locked.target->type, hosts, moment_of(start), updates);
  if (!contexts) return fail(std::move(contexts.error()));
  decided.contexts = std::move(*contexts);
  if (locked.wish.waives_notice) waive_notice(decided.contexts);
  if (locked.wish.named) {
    decided.choice = choose_only(hosts.front(), decided.contexts.front(), start, AssignmentReason::named);
    decided.choice.record.strategy = page.assignment;
  } else if (locked.choice) {
    if (const auto refused = check_slot(decided.contexts.front(), start))
      return fail(Code::conflict, "the host is no longer free: " + std::string(name_of(*refused)));
  } else if (page.assignment == Assignment::collective) {
    decided.choice = choose_all(page.members, decided.contexts, start);
  } else {
    decided.choice = choose_only(hosts.front(), decided.contexts.front(), start, AssignmentReason::personal);
  }
  return decided;
}

}  // namespace scheduling
