#pragma once
/// The CRM's users as scheduling needs them. They are the host's; nothing here changes them.
#include <span>
#include <string>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"

namespace scheduling {

struct Person {
  UserId id;
  std::string name;
  std::string email;
  std::string timezone;  ///< IANA name, as the CRM stores it; parse before use
  bool is_admin = false;
  bool is_active = true;
};

class UserDirectory {
 public:
  virtual ~UserDirectory() = default;
  /// `not_found` for an unknown id. One round trip.
  virtual Result<Person> find(UserId id) = 0;
  /// Everybody who may sign in. One round trip.
  virtual Result<std::vector<Person>> all_active() = 0;
  /// Those of `emails` that are addresses of the CRM's active users. One round trip.
  virtual Result<std::vector<std::string>> users_among(std::span<const std::string> emails) = 0;
  /// The language the user reads, a BCP 47 tag; empty when the CRM does not know.
  virtual Result<std::string> locale_of(UserId id) = 0;
};

}  // namespace scheduling
