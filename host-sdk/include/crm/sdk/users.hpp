#pragma once
/// The CRM's users. A module reads them, and refers to them by `users(id)`.
/// Since: SDK 1.0
#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/database.hpp"
#include "crm/sdk/ids.hpp"

namespace crm::sdk {

enum class Role : std::uint8_t { rep, admin };

struct User {
  UserId id;
  std::string email;
  std::string name;
  Role role = Role::rep;
  std::string timezone;  ///< IANA name
  bool is_active = true;
};

/// Who makes the request.
struct Principal {
  UserId id;
  std::string email;
  std::string name;
  Role role = Role::rep;
  std::string timezone;
  bool is_admin() const { return role == Role::admin; }
};

/// On whose behalf something is read: a user, who may see less than the module does, or the system.
struct Viewer {
  UserId user;  ///< zero: the system, which sees everything
  Role role = Role::rep;

  static Viewer of(const Principal& who) { return {who.id, who.role}; }
  static Viewer of(const User& who) { return {who.id, who.role}; }
  bool is_system() const { return !user; }
};
constexpr Viewer k_system_viewer{};

class Users {
 public:
  virtual ~Users() = default;
  /// `not_found` for an unknown id. Reads in the caller's session, so it sees its transaction.
  virtual Outcome<User> find(Session& session, UserId id) noexcept = 0;
  /// find() in two halves, so that the statement can travel with others: post_find() queues it (see
  /// Session::post), collect_find() waits for its rows. A CRM that cannot queue leaves both as they are.
  virtual Ticket post_find(Session&, UserId) noexcept { return {}; }
  virtual Outcome<User> collect_find(Session& session, Ticket, UserId id) noexcept { return find(session, id); }
  virtual Outcome<std::vector<User>> all_active(Session& session) noexcept = 0;
  /// Which of `emails` are addresses of active users, compared as they are when users sign in. In two halves like
  /// find(): the second gives them as they were written in `emails`.
  virtual Ticket post_addresses(Session&, std::span<const std::string> /*emails*/) noexcept { return {}; }
  virtual Outcome<std::vector<std::string>> collect_addresses(Session& session, Ticket,
                                                              std::span<const std::string> emails) noexcept {
    auto users = all_active(session);
    if (!users) return unexpected(std::move(users.error()));
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    const auto is_same = [&](const std::string& a, const std::string& b) {
      return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
    };
    std::vector<std::string> known;
    for (const std::string& email : emails)
      for (const User& user : *users)
        if (is_same(user.email, email)) {
          known.push_back(email);
          break;
        }
    return known;
  }
  /// The language the user reads, a BCP 47 tag ("de-AT"); empty when the CRM does not know.
  virtual Outcome<std::string> locale_of(Session&, UserId) noexcept { return std::string(); }
};

}  // namespace crm::sdk
