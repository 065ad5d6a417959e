#pragma once
/// The CRM user who calls an operation. A rep sees and changes only what is theirs; an admin everything (B-13).
#include <optional>
#include <string>

#include "plugin/core/ids.hpp"

namespace scheduling {

struct Actor {
  UserId id;
  bool is_admin = false;
  std::string timezone;  ///< the user's zone in the CRM

  bool may_touch(UserId owner) const { return is_admin || owner == id; }
  /// The owner to list for: none means everybody.
  std::optional<UserId> listed_owner() const { return is_admin ? std::nullopt : std::optional(id); }
};

}  // namespace scheduling
