#pragma once
/// One public booking on its way past the limits: asks what has to be counted, refuses, finds reasons for a review, and
/// says which first mails leave. core/booking/admission decides; this gathers what it decides on.
///
/// Order: check_sender(), then questions() for BookingStore::open(), take() its answers, check_network(), and when the
/// booking is written reasons() and hold_mails(). Source: ADR 0019.
#include <optional>
#include <string>
#include <vector>

#include "plugin/ports/storage/booking_store.hpp"
#include "plugin/services/assignment/target_lock.hpp"
#include "plugin/services/booking/booking_commands.hpp"
#include "plugin/services/booking/booking_parts.hpp"

namespace scheduling {

class BookingAdmission final : public AttendeeInquiry {
 public:
  BookingAdmission(const BookingParts& parts, const BookingCommand& command);

  /// `not_accepted` when the attendee or a guest is blocked.
  Done check_sender() const;
  /// None when the attendee's address is none: nothing can be booked then.
  std::optional<AttendeeQuestions> questions(PageId page) override;
  void take(const AttendeeQuestions& asked, OpenedBooking& answers) override;
  /// `too_many_bookings` when the network has no room left. Where a proxy hides the network, only the administrator
  /// hears of it.
  Done check_network(Transaction& transaction) const;
  bool is_network_full() const;

  std::vector<ReviewReason> reasons() const;
  bool is_known_address() const { return is_known_address_; }
  /// Marks the first mails that may not leave, and gives what the booking uses up. Users of the CRM count nowhere.
  std::vector<UseEntry> hold_mails(std::vector<OutboxMessage>& messages, std::int64_t bookings) const;

 private:
  bool has_network() const { return !command_.client.network.empty() && !is_vouched_for(); }
  /// Somebody of the CRM invited them: they count nowhere.
  bool is_vouched_for() const { return command_.invite.has_value(); }
  bool is_users(const std::string& address) const;
  Use used(const std::string& key) const;
  void want(AttendeeQuestions& questions, const std::string& key, std::chrono::seconds window, bool is_limited) const;
  NetworkLimits network_limits() const;

  const BookingParts& parts_;
  const BookingCommand& command_;
  AbuseLimits limits_;
  Instant now_{};
  std::vector<EmailAddress> addresses_;  ///< the attendee's first, when it is one; then the guests'
  std::string network_key_, page_key_;
  std::vector<std::pair<std::string, Use>> uses_;
  std::vector<std::string> users_;
  std::int64_t open_meetings_ = 0;
  bool is_known_address_ = false;
};

}  // namespace scheduling
