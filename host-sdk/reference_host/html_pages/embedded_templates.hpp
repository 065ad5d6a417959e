#pragma once
/// The files of templates/, compiled in.
#include <string_view>

namespace crm::app {

/// Empty for a name that is not there.
std::string_view embedded_template(std::string_view name);

}  // namespace crm::app
