#pragma once
/// Books, moves, cancels and settles meetings.
///
/// Each change is one transaction: the host's lock, a re-check by the function that lists slots, the
/// meeting, the contact, its timeline, the audit entry and the outbox rows commit together or not at
/// all. Nothing outside the database is called inside it.
/// Thread: any. Source: behaviour B-5 to B-8.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/attendee_details.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/token_service.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/meeting/meeting_details.hpp"
#include "plugin/services/meeting/meeting_notifications.hpp"

namespace scheduling {

struct BookingCommand {
  std::string page_slug;
  std::string type_slug;
  std::string start;                    ///< as sent
  std::optional<std::string> timezone;  ///< as sent; absent: the page's
  AttendeeDetailsDraft attendee;
  std::string browser_language{};  ///< a language tag, for mails when the details name none; may be empty
  std::string idempotency_key;     ///< empty: none
  std::string request_id;
};

struct RescheduleCommand {
  std::string token;
  std::string start;
  std::optional<std::string> timezone;  ///< absent: it stays
  std::string request_id;
};

/// An accepted booking or move.
struct Booking {
  MeetingDetails details;
  std::string token;         ///< of the manage link
  bool is_repeated = false;  ///< the key was used before: nothing new was made
};

/// Done, or why not. `alternatives` are free starts near the refused one, for slot_taken and outside_rules.
struct BookingResult {
  std::optional<Booking> booking;
  Error refusal;
  std::vector<Instant> alternatives;
};

/// What a manage link leads to.
struct ManagedMeeting {
  MeetingDetails details;
  Done may_cancel;  ///< too_late or conflict say why not
  Done may_reschedule;
};

class MeetingBookingService {
 public:
  struct Parts {
    Transactions& transactions;
    HostCalendarCache& calendars;
    AvailabilityService& availability;
    const ZoneSource& zones;
    const PhoneReader& phones;
    TokenService& tokens;
    const SettingsSource& settings;
    const Clock& clock;
  };
  explicit MeetingBookingService(const Parts& parts) : parts_(parts) {}

  BookingResult book(const BookingCommand& command);

  // By the attendee's link. not_found for an unknown token, token_expired for a dead one.
  Result<ManagedMeeting> find_by_link(std::string_view token);
  /// Cancelling twice succeeds.
  Result<MeetingDetails> cancel_by_link(std::string_view token, std::optional<std::string> reason,
                                        std::string_view request_id);
  /// Moving to where the meeting is already succeeds and changes nothing.
  BookingResult reschedule(const RescheduleCommand& command);

  // By the host or an admin; not_found for what is not the actor's.
  Result<std::vector<Meeting>> list(const Actor& actor, MeetingFilter filter, const MeetingPosition& after, int count);
  Result<Meeting> get(const Actor& actor, MeetingId id);
  Result<Meeting> cancel(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                         std::string_view request_id);
  Result<Meeting> confirm(const Actor& actor, MeetingId id, std::string_view request_id);
  Result<Meeting> decline(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                          std::string_view request_id);
  /// `outcome`: completed or no_show, for a meeting that has begun.
  Result<Meeting> record_outcome(const Actor& actor, MeetingId id, MeetingStatus outcome, std::string_view request_id);
  /// Another user takes the meeting over, when free at that time.
  Result<Meeting> reassign(const Actor& actor, MeetingId id, UserId host, std::string_view request_id);

  /// Requests whose hosts did not answer in time end as cancelled; gives how many, at most `count`.
  Result<int> expire_pending_meetings(int count);

  /// A fresh name for a form, so that sending it twice books once.
  Result<std::string> fresh_form_key() { return parts_.tokens.fresh_name(); }

 private:
  struct Checked {
    Instant start{};
    ZoneId timezone = ZoneId::utc();
    AttendeeDetails attendee;
    std::optional<MeetingClocks> clocks{};
  };
  struct StatusTransition;
  static AuditEntry::Actor actor_of(const StatusTransition& transition);

  /// The link as it is under its host's lock, and what else is known then.
  struct LockedTarget {
    BookingTargetPtr target;
    Person host;
    HostVersion version;
  };
  Result<LockedTarget> lock_target(Transaction& transaction, const BookingCommand& command);
  Result<Booking> book_in(Transaction& transaction, const BookingCommand& command, std::int64_t& calendar_version);
  Result<std::optional<Booking>> repeated(Transaction& transaction, const MeetingDetails& details,
                                          const BookingCommand& command);
  Result<Checked> check(const BookingCommand& command, const SchedulingPage& page, const MeetingType& type) const;
  Result<Booking> insert_booking(Transaction& transaction, const BookingCommand& command, MeetingDetails details,
                                 const Checked& checked, const SchedulingRules& rules);
  Result<Booking> reschedule_in(Transaction& transaction, const RescheduleCommand& command);
  Result<Booking> insert_rescheduled(Transaction& transaction, const RescheduleCommand& command, MeetingDetails details,
                                     TimeRange time, ZoneId zone, const SchedulingRules& rules);
  Result<LinkedMeeting> linked(Transaction& transaction, std::string_view token, Lock lock) const;
  Result<MeetingDetails> own(Transaction& transaction, const Actor& actor, MeetingId id) const;
  Result<MeetingDetails> apply_transition(Transaction& transaction, MeetingDetails details,
                                          const StatusTransition& transition) const;
  Result<bool> expire(Transaction& transaction, MeetingId id, Instant now) const;
  Done check_free(Transaction& transaction, const MeetingDetails& details, UserId host) const;
  std::vector<Instant> alternatives(const MeetingType& type, UserId host, Instant near);
  std::vector<Instant> alternatives_for(const BookingCommand& command);
  std::vector<Instant> alternatives_for(const RescheduleCommand& command);
  Instant link_end(TimeRange time) const;

  Parts parts_;
};

}  // namespace scheduling
