#pragma once
/// An attendee proves their address by the link in the one mail they got; then all that a booking does is done (B-8).
///
/// Thread: any. Errors: not_found for a link that the CRM's key did not seal; token_expired when the start is no longer
/// held. Confirming twice succeeds.
#include <string>
#include <string_view>

#include "plugin/services/booking/booking_admission.hpp"
#include "plugin/services/booking/booking_commands.hpp"
#include "plugin/services/booking/booking_parts.hpp"

namespace scheduling {

class AddressVerification {
 public:
  explicit AddressVerification(const BookingParts& parts) : parts_(parts) {}
  /// Changes nothing: scanners of mail open links.
  Result<MeetingDetails> find(std::string_view token);
  /// `client` counts for the first mails to guests, which leave now. `is_repeated` when it was confirmed before.
  Result<Booking> confirm(std::string_view token, const ClientOrigin& client, std::string_view request_id);

 private:
  Result<MeetingDetails> load(Transaction& transaction, MeetingId id) const;
  Result<Booking> confirm_in(Transaction& transaction, MeetingId id, const ClientOrigin& client,
                             std::string_view request_id);
  Result<void> tell(Transaction& transaction, MeetingDetails& details, BookingAdmission& admission,
                    const AttendeeQuestions& questions, std::string_view request_id);
  Result<Booking> with_token(Transaction& transaction, MeetingDetails details, bool is_repeated) const;

  BookingParts parts_;
};

}  // namespace scheduling
