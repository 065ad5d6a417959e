#pragma once
/// Argon2id (RFC 9106), a few at a time: each hash needs 19 MiB, and many log-ins at once must not use up the
/// memory.
///
/// Thread: any. Errors: `unavailable` when it had to wait for more than ten seconds.
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "crm/sdk/services.hpp"

namespace crm::app {

class PasswordHasher {
 public:
  explicit PasswordHasher(sdk::Secrets& secrets) : secrets_(secrets) {}
  /// "$argon2id$v=19$m=19456,t=2,p=1$salt$hash"
  sdk::Outcome<std::string> hash(std::string_view password);
  sdk::Outcome<bool> verify(std::string_view encoded, std::string_view password);
  /// Takes as long as verify(): for users that do not exist.
  sdk::Done verify_nobody(std::string_view password);

 private:
  class Turn;
  sdk::Secrets& secrets_;
  std::mutex mutex_;
  std::condition_variable freed_;
  int running_ = 0;
};

}  // namespace crm::app
