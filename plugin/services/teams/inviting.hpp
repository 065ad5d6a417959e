#pragma once
/// Somebody who may see a contact and use a meeting type invites the contact to book it.
/// Thread: any. Errors: not_found naming the type or the contact; invalid_input. Source: behaviour B-10; ADR 0034.
#include <cstdint>
#include <optional>
#include <string>

#include "plugin/services/actor.hpp"
#include "plugin/services/teams/rep_bookings.hpp"

namespace scheduling {

struct InvitationDraft {
  MeetingTypeId type{};
  ContactId contact{};
  std::optional<std::int64_t> expires_in_hours{};  ///< none: two weeks
};

struct IssuedInvitation {
  std::string page_slug;
  std::string type_slug;
  std::string token;  ///< stands in the link and nowhere else
  Instant expires_at{};
};

class Inviting {
 public:
  explicit Inviting(const BookingParts& parts) : parts_(parts), bookings_(parts) {}
  Result<IssuedInvitation> invite(const Actor& actor, const InvitationDraft& draft);

 private:
  BookingParts parts_;
  RepBookings bookings_;
};

}  // namespace scheduling
