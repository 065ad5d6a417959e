#pragma once
/// Keys derived (HKDF-SHA256) from the secret file that all instances of one database share.
///
/// To replace the key: write a new line "2:<64 hexadecimal digits>" above the old one (which may get "1:"),
/// restart all instances, wait until modules have sealed again what they keep, and remove the old line.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/services.hpp"

namespace crm::app {

struct NumberedKey {
  std::uint8_t number = 1;
  std::string bytes;
};

class SecretKey {
 public:
  /// Reads the file; makes it (mode 0600, key 1 of 32 random bytes, hex) when it is absent. Races between two
  /// instances are settled by link(2): both end with the same key. A file of ours that others can open is closed to
  /// them, see warning(); one that belongs to somebody else, or a link that does, is refused.
  static sdk::Outcome<SecretKey> load(const std::string& file);
  /// For administrators; empty when all is well.
  const std::string& warning() const { return warning_; }
  /// The Secrets of one module: its keys differ from every other module's.
  std::unique_ptr<sdk::Secrets> secrets_for(std::string_view module_id) const;

 private:
  std::vector<NumberedKey> keys_;  ///< the first one seals
  std::string warning_;
};

}  // namespace crm::app
