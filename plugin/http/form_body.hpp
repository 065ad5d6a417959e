#pragma once
/// A form as browsers post it, and addresses with parameters.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crm/sdk/form.hpp"

namespace scheduling {

using FormBody = crm::sdk::Form;
using crm::sdk::url_encoded;

/// "/path?a=1&b=2" from its parts; parameters with an empty value are left out.
std::string url_with(std::string_view path, const std::vector<std::pair<std::string, std::string>>& parameters);

}  // namespace scheduling
