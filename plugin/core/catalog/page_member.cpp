#include "plugin/core/catalog/page_member.hpp"

#include <algorithm>
#include <string>

namespace scheduling {

PageMembers checked_members(PageMembers members, FieldErrors& errors) {
  if (members.size() > k_members_max) errors.add("members", "too_many", "A page has at most 500 members");
  for (std::size_t i = 0; i < members.size(); ++i) {
    const PageMember& member = members[i];
    const std::string name = "members[" + std::to_string(i) + "].";
    if (member.weight < 1 || member.weight > k_weight_max)
      errors.add(name + "weight", "out_of_range", "A number from 1 to 1000");
    if (member.priority < -k_priority_max || member.priority > k_priority_max)
      errors.add(name + "priority", "out_of_range", "A number from -1000 to 1000");
    const auto before = members.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find_if(members.begin(), before, [&](const PageMember& other) { return other.user == member.user; }) !=
        before)
      errors.add(name + "user_id", "duplicate", "This user is a member already");
  }
  std::ranges::sort(members, {}, &PageMember::user);
  return members;
}

std::vector<UserId> serving(const PageMembers& members) {
  std::vector<UserId> users;
  for (const PageMember& member : members)
    if (member.serves()) users.push_back(member.user);
  return users;
}

const PageMember* member_of(const PageMembers& members, UserId user) {
  const auto found = std::ranges::find(members, user, &PageMember::user);
  return found == members.end() ? nullptr : &*found;
}

}  // namespace scheduling
