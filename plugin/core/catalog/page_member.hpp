#pragma once
/// Who serves a team page, and how much of its meetings each of them is to get.
/// Source: behaviour B-10.
#include <cstdint>
#include <vector>

#include "plugin/core/error.hpp"
#include "plugin/core/ids.hpp"

namespace scheduling {

inline constexpr std::size_t k_members_max = 500;
inline constexpr std::int64_t k_weight_max = 1000;
inline constexpr std::int64_t k_priority_max = 1000;  ///< and its negative

struct PageMember {
  UserId user{};
  std::int64_t weight = 1;    ///< share of the turn, against the others'
  std::int64_t priority = 0;  ///< the higher one is taken where the turn is level
  bool is_active = true;      ///< false: paused, by themselves or by the page's owner
  bool has_left = false;      ///< the user is not active in the CRM; the CRM's word, not the owner's

  bool serves() const { return is_active && !has_left; }
  friend bool operator==(const PageMember&, const PageMember&) = default;
};
using PageMembers = std::vector<PageMember>;  ///< by user id, each once

/// By user id. `errors` names members[i].* of what breaks a rule; `members` is the owner's order.
PageMembers checked_members(PageMembers members, FieldErrors& errors);
/// Who takes meetings now, by user id.
std::vector<UserId> serving(const PageMembers& members);
/// Null: no member.
const PageMember* member_of(const PageMembers& members, UserId user);

}  // namespace scheduling
