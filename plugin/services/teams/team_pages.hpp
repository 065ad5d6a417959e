#pragma once
/// How a team shares its meetings, and a member's break from it.
///
/// Thread: any. Errors: not_found for a page that the actor neither owns nor serves. Source: behaviour B-10.
#include <string>
#include <vector>

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/turn_repository.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/booking/booking_parts.hpp"

namespace scheduling {

struct MemberInTurn {
  MemberTurn turn;
  std::string name;  ///< empty: a user who is gone
  PageMember member;
};

class TeamPages {
 public:
  explicit TeamPages(const BookingParts& parts) : parts_(parts) {}
  /// Whom a page can name as members: everybody active in the CRM, by id.
  Result<std::vector<Person>> colleagues();
  /// By user id; none for a personal page.
  Result<std::vector<MemberInTurn>> turn(const Actor& actor, PageId page);
  /// The actor pauses themselves, or comes back. `invalid_input` for an owner who is no member.
  Result<SchedulingPage> set_membership(const Actor& actor, PageId page, bool is_active);

 private:
  BookingParts parts_;
};

}  // namespace scheduling
