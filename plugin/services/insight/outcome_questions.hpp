#pragma once
/// Hosts are asked what came of their meetings: by one mail after the end, by at most one more a day later, and on the
/// page that the mail's link leads to. The link is the permission, for that host and that meeting alone.
///
/// The link serves the meeting's present host while the CRM has them as an active user, for 30 days after the meeting.
/// Thread: any; several instances may ask at once.
/// Errors: not_found for a link that the CRM's key did not seal, or that is no longer its host's; token_expired
///         afterwards.
/// Source: behaviour B-7 (statuses), B-8 (GET changes nothing), B-11.
#include <chrono>
#include <string_view>

#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

/// How long after the question it is asked again.
inline constexpr std::chrono::hours k_question_again{24};

class OutcomeQuestions {
 public:
  OutcomeQuestions(Transactions& transactions, MeetingBookingService& booking, TokenService& tokens, const Clock& clock)
      : transactions_(transactions), booking_(booking), tokens_(tokens), clock_(clock) {}

  /// Looks at no more than `count` questions that are due; how many it were.
  Result<int> ask(int count);
  /// The meeting that the link is about.
  Result<MeetingDetails> find(std::string_view token);
  /// completed or no_show, as often as the host changes their mind. Errors: as in MeetingBookingService too.
  Done record(std::string_view token, MeetingStatus outcome, std::string_view request_id);

 private:
  Transactions& transactions_;
  MeetingBookingService& booking_;
  TokenService& tokens_;
  const Clock& clock_;
};

}  // namespace scheduling
