#pragma once
/// Books, reschedules and cancels meetings, and records what hosts decide: the façade of this folder.
///
/// Each change is one transaction: the host's lock, a re-check by the function that lists slots, the
/// meeting, the contact, its timeline, the audit entry and the outbox rows commit together or not at
/// all. Nothing outside the database is called inside it.
/// Thread: any. Source: behaviour B-5 to B-8.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/services/booking/address_verification.hpp"
#include "plugin/services/booking/attendee_actions.hpp"
#include "plugin/services/booking/book_meeting.hpp"
#include "plugin/services/booking/host_actions.hpp"
#include "plugin/services/booking/pending_meetings.hpp"

namespace scheduling {

class MeetingBookingService {
 public:
  using Parts = BookingParts;
  explicit MeetingBookingService(const Parts& parts)
      : form_stamps_(parts.form_stamps),
        booking_(parts),
        attendee_(parts),
        verification_(parts),
        host_(parts),
        pending_(parts.transactions, parts.clock) {}

  BookingResult book(const BookingCommand& command) { return booking_.book(command); }
  /// What links with an invitation offer, by the rules by which their bookings are decided.
  const Invitations& invitations() const { return booking_.invitations(); }

  // By the attendee's link. not_found for an unknown token, token_expired for a dead one.
  Result<ManagedMeeting> find_by_link(std::string_view token) { return attendee_.find_by_link(token); }
  Result<std::vector<OutboxEntry>> mails_of(MeetingId meeting) { return attendee_.mails_of(meeting); }
  /// Cancelling twice succeeds.
  Result<MeetingDetails> cancel_by_link(std::string_view token, std::optional<std::string> reason,
                                        std::string_view request_id) {
    return attendee_.cancel_by_link(token, std::move(reason), request_id);
  }
  /// To the time at which the meeting is already: invalid_input, `start` with the code same_time.
  BookingResult reschedule(const RescheduleCommand& command) { return attendee_.reschedule(command); }

  // By the link in the mail to an address that was never met before.
  Result<MeetingDetails> find_unverified(std::string_view token) { return verification_.find(token); }
  Result<Booking> verify_address(std::string_view token, const ClientOrigin& client, std::string_view request_id) {
    return verification_.confirm(token, client, request_id);
  }

  // By the host or an admin; not_found for what is not the actor's.
  Result<std::vector<Meeting>> list(const Actor& actor, MeetingFilter filter,
                                    const std::optional<MeetingPosition>& after, int count) {
    return host_.list(actor, std::move(filter), after, count);
  }
  Result<std::vector<MeetingWords>> words_of(const Actor& actor, std::span<const Meeting> meetings) {
    return host_.words_of(actor, meetings);
  }
  Result<Meeting> get(const Actor& actor, MeetingId id) { return host_.get(actor, id); }
  Result<Meeting> cancel(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                         std::string_view request_id) {
    return host_.cancel(actor, id, std::move(reason), request_id);
  }
  Result<Meeting> confirm(const Actor& actor, MeetingId id, std::string_view request_id) {
    return host_.confirm(actor, id, request_id);
  }
  Result<Meeting> decline(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                          std::string_view request_id) {
    return host_.decline(actor, id, std::move(reason), request_id);
  }
  /// `outcome`: completed or no_show, for a meeting that has begun.
  Result<Meeting> record_outcome(const Actor& actor, MeetingId id, MeetingStatus outcome, std::string_view request_id) {
    return host_.record_outcome(actor, id, outcome, request_id);
  }
  /// Pending meetings whose hosts did not confirm in time end as cancelled; gives how many, at most `count`.
  Result<int> expire_pending_meetings(int count) { return pending_.expire(count); }

  /// A fresh idempotency key for a form, so that sending it twice books once.
  Result<std::string> fresh_form_key() { return booking_.fresh_form_key(); }
  /// The manage link's token of what the form with that key booked; none for other keys, which others may guess.
  Result<std::optional<std::string>> find_by_form(std::string_view page_slug, std::string_view type_slug,
                                                  std::string_view key) {
    return booking_.find_by_form(page_slug, type_slug, key);
  }

  /// When a form is shown first; it travels with it.
  Result<std::string> fresh_form_stamp() { return form_stamps_.fresh(); }

 private:
  FormStamps& form_stamps_;
  BookMeeting booking_;
  AttendeeActions attendee_;
  AddressVerification verification_;
  HostActions host_;
  PendingMeetings pending_;
};

}  // namespace scheduling
