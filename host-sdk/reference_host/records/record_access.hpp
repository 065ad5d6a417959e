#pragma once
/// Which records a user may see and change.
///
/// The system and an admin: all. A rep: their own, and those that belong to nobody (somebody must be able to
/// take them on). What a rep may not see is answered as if it did not exist.
#include <optional>

#include "crm/sdk/records.hpp"
#include "crm/sdk/users.hpp"

namespace crm::app {

inline bool may_see(const sdk::Viewer& viewer, const sdk::Record& record) {
  return viewer.is_system() || viewer.role == sdk::Role::admin || !record.owner || record.owner == viewer.user;
}

/// Whom a rep may make the owner: themselves or nobody; handing over to others is the admin's.
inline bool may_own(const sdk::Principal& who, sdk::UserId owner) {
  return who.is_admin() || !owner || owner == who.id;
}

/// For RecordFilter::for_user.
inline std::optional<sdk::UserId> narrowed_to(const sdk::Principal& who) {
  if (who.is_admin()) return std::nullopt;
  return who.id;
}

}  // namespace crm::app
