#pragma once
/// Providers where people type an address, a name and a password instead of giving consent.
#include <string>

#include "plugin/core/result.hpp"
#include "plugin/ports/calendar/calendar_provider.hpp"

namespace scheduling {

struct PasswordQuestion {
  std::string url{};
  std::string username{};
  std::string password{};
};

struct PasswordAccount {
  ProviderTokens tokens{};  ///< one that does not expire, and opens what was found
  RemoteCalendars calendars{};
};

class PasswordLogIn {
 public:
  virtual ~PasswordLogIn() = default;
  /// Blocks while the server is asked. Errors: invalid_input naming `url`, `username` or `password`.
  virtual Result<PasswordAccount> log_in(const PasswordQuestion& question) = 0;
};

}  // namespace scheduling
