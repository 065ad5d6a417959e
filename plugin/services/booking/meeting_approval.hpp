#pragma once
/// A host confirms or declines a pending meeting from a link in a mail, without signing in. The link is the permission,
/// for that host and that meeting alone.
///
/// The link serves the meeting's present host while the CRM has them as an active user, and ends with the meeting.
/// Thread: any. Errors: not_found for a link that the CRM's key did not seal, or that is no longer its host's;
///         token_expired after the meeting.
/// Source: behaviour B-7 (pending), B-8 (GET changes nothing).
#include <optional>
#include <string>
#include <string_view>

#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

class MeetingApproval {
 public:
  MeetingApproval(Transactions& transactions, MeetingBookingService& booking, TokenService& tokens, const Clock& clock)
      : transactions_(transactions), booking_(booking), tokens_(tokens), clock_(clock) {}

  struct PendingMeeting {
    MeetingDetails details;
    bool is_open = false;  ///< the host may still answer
  };
  Result<PendingMeeting> find(std::string_view token);
  /// Twice the same answer succeeds. `too_late` when the request expired, `conflict` when it ended otherwise,
  /// `slot_taken` when the host's time is not free after all.
  Done confirm(std::string_view token, std::string_view request_id);
  Done decline(std::string_view token, std::optional<std::string> reason, std::string_view request_id);

 private:
  Transactions& transactions_;
  MeetingBookingService& booking_;
  TokenService& tokens_;
  const Clock& clock_;
};

}  // namespace scheduling
