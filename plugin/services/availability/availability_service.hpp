#pragma once
/// When a user can be booked: their schedule and exceptions, and the slots that follow from them.
///
/// Rule changes take the same lock as bookings, so that no booking is judged by half-changed rules.
/// Thread: any. Errors: not_found for what is not the actor's, invalid_input.
/// Source: behaviour B-1 to B-6, B-12.
#include <functional>
#include <span>
#include <vector>

#include "plugin/core/assignment/team_slots.hpp"
#include "plugin/core/availability/explain.hpp"
#include "plugin/core/availability/find_slots.hpp"
#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/storage/availability_repository.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/availability/host_calendar_cache.hpp"
#include "plugin/services/availability/rule_preview.hpp"

namespace scheduling {

struct ExplainedStart {
  Explanation why;
  std::shared_ptr<const HostCalendar> host;  ///< whose zone the words speak
};

class AvailabilityService {
 public:
  AvailabilityService(Transactions& transactions, HostCalendarCache& calendars, const ZoneSource& zones,
                      const Clock& clock, const SettingsSource& settings)
      : transactions_(transactions), calendars_(calendars), zones_(zones), clock_(clock), settings_(settings) {}

  /// The stored schedule; for a user who never saved one the defaults of B-4 in their CRM zone.
  Result<HostSchedule> get(const Actor& actor);
  /// All rules are replaced at once or none.
  Result<HostSchedule> save(const Actor& actor, const AvailabilityPatch& patch);
  /// What day it is for the host.
  Result<LocalDate> today(const HostSchedule& schedule) const;

  Result<std::vector<DayOverride>> list_overrides(const Actor& actor,
                                                  const AvailabilityRepository::OverridePosition& after, int count);
  Result<DayOverride> add_override(const Actor& actor, const DayOverrideDraft& draft);
  Done remove_override(const Actor& actor, OverrideId id);

  /// The meetings of `type` that `host` could start in `window` now, earliest first.
  /// `moving`: a meeting that does not count against itself.
  Result<std::vector<TimeRange>> slots(const MeetingType& type, UserId host, TimeRange window, MeetingId moving = {});
  /// Where a meeting of these hosts can be moved to: all of them are free, or one of `successors` is, who takes it
  /// over.
  Result<std::vector<TimeRange>> move_slots(const MeetingType& type, std::span<const UserId> hosts,
                                            std::span<const UserId> successors, TimeRange window, MeetingId moving);
  /// What a public link offers: its owner's slots, or those that any, or all, of its team's members could start.
  Result<std::vector<TimeRange>> public_slots(const BookingTarget& target, TimeRange window);
  /// What a rep may book: the minimum notice does not bind. `hosts`: these alone, each of whom is enough; none: those
  /// of the page.
  Result<std::vector<TimeRange>> slots_of_hosts(const BookingTarget& target, std::span<const UserId> hosts,
                                                TimeRange window);
  /// Rises when pages or slots are told from memory because the database is away: what came between two equal numbers
  /// is as new as ever.
  std::uint64_t from_memory() const { return calendars_.from_memory(); }
  /// At most `count` of those starts, the nearest to `near`, earliest first.
  Result<std::vector<Instant>> nearest(const MeetingType& type, UserId host, TimeRange window, Instant near,
                                       std::size_t count);
  /// The same for what a public link offers.
  Result<std::vector<Instant>> nearest(const BookingTarget& target, TimeRange window, Instant near, std::size_t count);
  /// What decides about the team's members now, from memory; in their order.
  Result<std::vector<SlotContext>> team_contexts(const MeetingType& type, std::span<const UserId> members,
                                                 TimeRange window, MeetingId moving = {});
  /// The rule that refuses `start`, with its facts; none when it would be offered (B-12).
  Result<ExplainedStart> explain(const MeetingType& type, UserId host, Instant start);
  /// The same for what the host's clock shows: the earliest start at which it does (B-1).
  Result<ExplainedStart> explain(const MeetingType& type, UserId host, WallTime local);
  /// What the change would give, take and leave outside; nothing is written. Whoever may edit the type may
  /// ask, for the calendar of the page's owner. Its errors are those that saving the change would give.
  Result<RulePreview> preview(const Actor& actor, const RulePreviewQuery& request);
  /// Everything that decides about starts in `window`, for listing and booking alike, read within
  /// `transaction`. One round trip when the host has saved a schedule. To book: call lock_hosts() before.
  Result<SlotContext> load_slot_context(Transaction& transaction, const MeetingType& type, UserId host,
                                        TimeRange window, MeetingId moving = {});
  /// The same of several hosts, in their order, from memory, brought to what `updates` say, which were read in this
  /// transaction. A round trip only when one of them cannot be followed.
  Result<std::vector<SlotContext>> slot_contexts_at(Transaction& transaction, const MeetingType& type,
                                                    std::span<const UserId> hosts, TimeRange window,
                                                    std::span<const CalendarUpdate> updates, MeetingId moving = {});

 private:
  Result<std::vector<TimeRange>> team_slots(const BookingTarget& target, TeamMode mode, TimeRange window);
  Result<SlotContext> current_slot_context(const MeetingType& type, UserId host, TimeRange window,
                                           MeetingId moving = {});
  Result<SlotContext> slot_context_from(std::shared_ptr<const HostCalendar> calendar, const MeetingType& type,
                                        MeetingId moving) const;
  Result<std::vector<SlotContext>> contexts_from(std::vector<CachedCalendarPtr> calendars, const MeetingType& type,
                                                 MeetingId moving) const;
  Result<PreviewGround> load_ground(const Actor& actor, const RulePreviewQuery& request,
                                    const std::vector<DayOverride>& added);
  Result<RulePreview> with_attendees(RulePreview preview);
  /// What saving would store: every field checked, the zone under its own name.
  Result<HostSchedule> changed_schedule(const HostSchedule& stored, const AvailabilityPatch& patch) const;

  Transactions& transactions_;
  HostCalendarCache& calendars_;
  const ZoneSource& zones_;
  const Clock& clock_;
  const SettingsSource& settings_;
};

}  // namespace scheduling
