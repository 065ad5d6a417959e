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
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/token_service.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/meeting/meeting_notifications.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

struct BookingRequest {
  std::string page_slug;
  std::string type_slug;
  std::string start;                    ///< as sent
  std::optional<std::string> timezone;  ///< as sent; absent: the page's
  BookingDetailsDraft details;
  std::string browser_language{};  ///< a language tag, for mails when the details name none; may be empty
  std::string idempotency_key;     ///< empty: none
  std::string request_id;
};

struct MoveRequest {
  std::string token;
  std::string start;
  std::optional<std::string> timezone;  ///< absent: it stays
  std::string request_id;
};

/// An accepted booking or move.
struct Booking {
  MeetingSheet sheet;
  std::string token;         ///< of the manage link
  bool is_repeated = false;  ///< the key was used before: nothing new was made
};

/// Done, or why not. `alternatives` are free starts near the refused one, for slot_taken and outside_rules.
struct BookingAnswer {
  std::optional<Booking> booking;
  Error refusal;
  std::vector<Instant> alternatives;
};

/// What a manage link leads to.
struct ManagedMeeting {
  MeetingSheet sheet;
  Done may_cancel;  ///< too_late or conflict say why not
  Done may_reschedule;
};

class MeetingBookingService {
 public:
  struct Parts {
    Transactions& transactions;
    HostSnapshots& snapshots;
    AvailabilityService& availability;
    const ZoneSource& zones;
    const PhoneReader& phones;
    TokenMint& tokens;
    const SettingsSource& settings;
    const Clock& clock;
  };
  explicit MeetingBookingService(const Parts& parts) : parts_(parts) {}

  BookingAnswer book(const BookingRequest& request);

  // By the attendee's link. not_found for an unknown token, token_expired for a dead one.
  Result<ManagedMeeting> find_by_link(std::string_view token);
  /// Cancelling twice succeeds.
  Result<MeetingSheet> cancel_by_link(std::string_view token, std::optional<std::string> reason,
                                      std::string_view request_id);
  /// Moving to where the meeting is already succeeds and changes nothing.
  BookingAnswer reschedule(const MoveRequest& request);

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
  Result<int> expire_requests(int count);

  /// A fresh name for a form, so that sending it twice books once.
  Result<std::string> fresh_form_key() { return parts_.tokens.fresh_name(); }

 private:
  struct Checked {
    Instant start{};
    ZoneId timezone = ZoneId::utc();
    BookingDetails details;
    std::optional<MeetingClocks> clocks{};
  };
  struct Settling;
  static AuditEntry::Actor actor_of(const Settling& settling);

  /// The link as it is under its host's lock, and what else is known then.
  struct LockedLink {
    LinkPtr link;
    Person host;
    HostVersion version;
  };
  Result<LockedLink> lock_link(Transaction& transaction, const BookingRequest& request);
  Result<Booking> book_in(Transaction& transaction, const BookingRequest& request, std::int64_t& calendar_version);
  Result<std::optional<Booking>> repeated(Transaction& transaction, const MeetingSheet& sheet,
                                          const BookingRequest& request);
  Result<Checked> check(const BookingRequest& request, const SchedulingPage& page, const MeetingType& type) const;
  Result<Booking> insert_booking(Transaction& transaction, const BookingRequest& request, MeetingSheet sheet,
                                 const Checked& checked, const SchedulingRules& rules);
  Result<Booking> move_in(Transaction& transaction, const MoveRequest& request);
  Result<Booking> insert_move(Transaction& transaction, const MoveRequest& request, MeetingSheet sheet, TimeRange time,
                              ZoneId zone, const SchedulingRules& rules);
  Result<LinkedMeeting> linked(Transaction& transaction, std::string_view token, Lock lock) const;
  Result<MeetingSheet> own(Transaction& transaction, const Actor& actor, MeetingId id) const;
  Result<MeetingSheet> settle(Transaction& transaction, MeetingSheet sheet, const Settling& settling) const;
  Result<bool> expire(Transaction& transaction, MeetingId id, Instant now) const;
  Done check_free(Transaction& transaction, const MeetingSheet& sheet, UserId host) const;
  std::vector<Instant> alternatives(const MeetingType& type, UserId host, Instant near);
  std::vector<Instant> alternatives_for(const BookingRequest& request);
  std::vector<Instant> alternatives_for(const MoveRequest& request);
  Instant link_end(TimeRange time) const;

  Parts parts_;
};

}  // namespace scheduling
