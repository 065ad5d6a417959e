#pragma once
/// What the CRM refuses, in our words.
#include "crm/sdk/outcome.hpp"
#include "plugin/core/result.hpp"

namespace scheduling {

Error crm_error(const crm::sdk::Failure& failure);

}  // namespace scheduling
