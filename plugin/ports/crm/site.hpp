#pragma once
/// How the outside reaches the CRM.
#include <string>

#include "plugin/core/ids.hpp"

namespace scheduling {

class Site {
 public:
  virtual ~Site() = default;
  virtual std::string public_url() const = 0;  ///< without trailing slash
  /// Where a signed-in user sees the contact; empty when the CRM has no such page.
  virtual std::string contact_url(ContactId id) const = 0;
};

}  // namespace scheduling
