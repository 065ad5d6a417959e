#pragma once
/// Meetings as they are stored, with all that hangs on them: hosts' time, links, repeated requests,
/// assignments, audit and the effects that wait in the outbox.
///
/// Writing a new one is BookingStore's.
/// Source: behaviour B-6, B-7, B-8.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/availability/slot_context.hpp"
#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/schedule/host_schedule.hpp"
#include "plugin/ports/storage/calendar_rows.hpp"
#include "plugin/ports/storage/contact_meetings.hpp"
#include "plugin/ports/storage/meeting_filter.hpp"
#include "plugin/ports/storage/meeting_rows.hpp"

namespace scheduling {

class MeetingRepository {
 public:
  virtual ~MeetingRepository() = default;

  /// Waits for everybody else who books on or changes the rules of these hosts, until our transaction ends. Locks are
  /// taken by ascending id, whatever the order of `hosts`. Whatever is read after this call is read under the locks; a
  /// failure to get them may be reported by the next call.
  virtual Done lock_hosts(std::span<const UserId> hosts) = 0;
  Done lock_host(UserId host) { return lock_hosts({&host, 1}); }
  /// Hosts whose versions changed since the call that gave `mark`; with an empty mark none, and a mark.
  virtual Result<HostChanges> hosts_changed_since(const std::string& mark) = 0;
  /// Meetings and events that touch `span`, and the overrides of its dates in any zone; in the order of `hosts`,
  /// which are distinct. One round trip, however many they are.
  /// What changed since memory read these calendars, in their order; one round trip.
  virtual Result<std::vector<CalendarUpdate>> calendar_changes(std::span<const HeldCalendar> calendars) = 0;
  virtual Result<std::vector<HostCalendarRows>> load_calendar_rows(std::span<const UserId> hosts, TimeRange span) = 0;

  virtual Result<std::optional<Meeting>> find(MeetingId id, Lock lock) = 0;
  virtual Result<std::optional<LinkedMeeting>> find_by_token(const TokenHash& hash) = 0;
  /// Locks the chain: a second cancel or move of it waits, and then sees what the first did.
  virtual Result<std::optional<LinkedMeeting>> find_by_token_for_update(const TokenHash& hash) = 0;
  virtual Result<std::optional<SealedToken>> find_token(MeetingId chain) = 0;
  virtual Done extend_token(MeetingId chain, Instant expires_at) = 0;
  virtual Result<std::optional<RepeatedBooking>> find_booking_key(MeetingTypeId type, std::string_view key) = 0;

  /// Changes the status if it still is `change.from`; false when it is not. `cancelled` records who and
  /// why and lets the booking key die; it and `scheduled` raise the iCalendar sequence. Reminders that were not
  /// sent go with a meeting that ends.
  virtual Result<bool> change_status(const StatusChange& change) = 0;
  /// `slot_taken` when the new host's time is not free after all; false when the meeting is no longer live.
  virtual Result<bool> reassign(const Reassignment& reassignment) = 0;

  /// By start and id, those after `after` in the filter's order; absent: from the beginning.
  virtual Result<std::vector<Meeting>> list(const MeetingFilter& filter, const std::optional<MeetingPosition>& after,
                                            int count) = 0;
  /// Who attends the meetings of those ids; what is not stored is left out.
  virtual Result<std::vector<AttendeeName>> attendee_names(const std::vector<MeetingId>& ids) = 0;
  /// The newest meetings of the chains of those ids; one that was not moved is left out.
  virtual Result<std::vector<Successor>> successors(const std::vector<MeetingId>& ids) = 0;
  /// Completes meetings that ended by `now`; gives how many, at most `count`.
  virtual Result<int> complete_past(Instant now, int count) = 0;
  /// Requests whose time to be confirmed has passed; look at each again under its lock.
  virtual Result<std::vector<MeetingId>> overdue_pending_meetings(Instant now, int count) = 0;
  /// What is planned with a contact, by start, and then what was, the latest first. The old half of a move is left out.
  virtual Result<std::vector<ContactMeeting>> of_contact(const ContactMeetingsQuery& query) = 0;
  /// How many meetings before `before` the contact missed.
  virtual Result<int> count_no_shows(ContactId contact, Instant before) = 0;
  /// Whether the attendee of that meeting has one that is not over, with whomever.
  virtual Result<bool> meets_again(MeetingId meeting, Instant now) = 0;
  /// Meetings of a contact that was merged away belong to the one that stays.
  virtual Done follow_contact(ContactId gone, ContactId stays, Instant now) = 0;
};

}  // namespace scheduling
