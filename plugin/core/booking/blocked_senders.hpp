#pragma once
/// Who may not book: addresses, and domains with all their subdomains.
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/email_address.hpp"

namespace scheduling {

class BlockedSenders {
 public:
  BlockedSenders() = default;
  /// As people write them: "spam@example.com", "example.com", "@example.com", "*.example.com". Entries that are neither
  /// an address nor a domain block nobody.
  explicit BlockedSenders(const std::vector<std::string>& entries);
  /// Compares as EmailAddress::key() does.
  bool blocks(const EmailAddress& address) const;

 private:
  std::set<std::string, std::less<>> addresses_;
  std::set<std::string, std::less<>> domains_;
};

}  // namespace scheduling
