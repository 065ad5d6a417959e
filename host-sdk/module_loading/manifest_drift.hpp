#pragma once
/// What a module registered, compared with what its manifest says.
#include <string>
#include <vector>

#include "module_loading/manifest.hpp"
#include "module_loading/registrations.hpp"

namespace crm::app {

/// One sentence for each difference, in either direction; empty when both agree.
std::vector<std::string> manifest_drift(const Manifest& manifest, const Registrations& registered);

}  // namespace crm::app
