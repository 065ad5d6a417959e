#pragma once
/// Takes a module's registrations when it is switched on, and lets them go when it is switched off.
///
/// Thread: the registry calls one function at a time.
#include <string>

#include "module_loading/manifest.hpp"
#include "module_loading/registrations.hpp"

namespace crm::app {

class RegistrationTarget {
 public:
  virtual ~RegistrationTarget() = default;
  /// Brings the module's tables up to date. `folder`: the module's own.
  virtual sdk::Done migrate(const Manifest& manifest, const std::string& folder) = 0;
  /// Moves the functions out of `registrations` and lets requests, hooks and jobs reach them. All or
  /// nothing: a conflict leaves none of them behind.
  virtual sdk::Done go_live(const Manifest& manifest, const std::string& folder, Registrations& registrations) = 0;
  /// After it returns, no function of the module runs or exists; its routes answer 503.
  virtual void switch_off(const Manifest& manifest) = 0;
};

}  // namespace crm::app
