#include "plugin/services/teams/team_pages.hpp"

#include <algorithm>

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {

Result<std::vector<Person>> TeamPages::colleagues() {
  return parts_.transactions.reading([](Transaction& transaction) { return transaction.users().all_active(); });
}

Result<std::vector<MemberInTurn>> TeamPages::turn(const Actor& actor, PageId id) {
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<std::vector<MemberInTurn>> {
    auto page = transaction.pages().find(id, Lock::none);
    if (!page) return fail(std::move(page.error()));
    if (!*page) return fail(Code::not_found);
    const PageMembers& members = (*page)->content.members;
    if (!actor.may_touch((*page)->owner) && !member_of(members, actor.id)) return fail(Code::not_found);
    auto turns = transaction.turns().members(id);
    if (!turns) return fail(std::move(turns.error()));
    std::vector<MemberInTurn> found;
    for (const MemberTurn& turn : *turns) {
      const PageMember* member = member_of(members, turn.user);
      if (!member) continue;
      auto person = transaction.users().find(turn.user);
      if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
      found.push_back({turn, person ? std::move(person->name) : std::string(), *member});
    }
    return found;
  });
}

Result<SchedulingPage> TeamPages::set_membership(const Actor& actor, PageId id, bool is_active) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<SchedulingPage> {
    if (auto locked = transaction.turns().lock(id); !locked) return fail(std::move(locked.error()));
    auto page = transaction.pages().find(id, Lock::for_update);
    if (!page) return fail(std::move(page.error()));
    if (!*page) return fail(Code::not_found);
    PageMembers& members = (*page)->content.members;
    const auto member = std::ranges::find(members, actor.id, &PageMember::user);
    if (member == members.end() && !actor.may_touch((*page)->owner)) return fail(Code::not_found);
    if (member == members.end())
      return fail(invalid_field("is_active", "not_a_member", "You are no member of this page."));
    member->is_active = is_active;
    if (auto saved = transaction.pages().set_membership(id, actor.id, is_active); !saved)
      return fail(std::move(saved.error()));
    return std::move(**page);
  });
}

}  // namespace scheduling
