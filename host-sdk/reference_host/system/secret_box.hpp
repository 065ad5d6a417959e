#pragma once
/// Keys derived (HKDF-SHA256) from the secret file that all hosts of one database share.
#include <memory>
#include <string>
#include <string_view>

#include "crm/sdk/services.hpp"

namespace crm::host {

class SecretKey {
 public:
  /// Reads the file; makes it (mode 0600, 32 random bytes, hex) when it is absent. Races between two
  /// hosts are settled by link(2): both end with the same key.
  static sdk::Outcome<SecretKey> load(const std::string& file);
  /// The Secrets of one module: its keys differ from every other module's.
  std::unique_ptr<sdk::Secrets> secrets_for(std::string_view module_id) const;

 private:
  std::string key_;
};

}  // namespace crm::host
