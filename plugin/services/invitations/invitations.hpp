#pragma once
/// What a link with an invitation opens: whom it invites, and which times they are offered.
///
/// Listing and booking follow one rule: core/assignment/owner_wait says whether the owner alone is meant, here from
/// memory, under the page's lock in services/assignment/target_lock. Thread: any. Source: behaviour B-10; ADR 0034.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/page_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/token_service.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/availability/booking_target_cache.hpp"

namespace scheduling {

/// An invitation that stands.
struct Invitation {
  Contact contact;  ///< as it is now; only name and address may be shown to whoever has the link
  Instant expires_at{};

  std::string name() const;
  std::string email() const;
};

/// Which times an invitation offers.
struct InvitedTimes {
  std::optional<UserId> only{};         ///< nobody else's; none: those of the page
  std::optional<Person> unreachable{};  ///< has no free start for days: how to reach them is told beside later times
};

class Invitations {
 public:
  Invitations(Transactions& transactions, AvailabilityService& availability, TokenService& tokens, const Clock& clock)
      : transactions_(transactions), availability_(availability), tokens_(tokens), clock_(clock) {}

  /// `not_found` for a token that is none, or of another type, or whose inviter has left; `token_expired`.
  Result<Invitation> open(Transaction& transaction, std::string_view token, MeetingTypeId type, Lock lock) const;
  Result<Invitation> open(std::string_view token, MeetingTypeId type) const;
  /// The type that a link invites to, whether it still stands or not; none for what is unknown.
  std::optional<MeetingTypeId> type_of(std::string_view token) const;
  Result<InvitedTimes> times(const BookingTarget& target, const Invitation& invitation) const;
  /// What it offers in `window`, earliest first.
  Result<std::vector<TimeRange>> slots(const BookingTarget& target, const InvitedTimes& times, TimeRange window) const;

 private:
  Transactions& transactions_;
  AvailabilityService& availability_;
  TokenService& tokens_;
  const Clock& clock_;
};

}  // namespace scheduling
