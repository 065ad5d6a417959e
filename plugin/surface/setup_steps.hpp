#pragma once
/// The module's steps on the CRM's start page: a first page, and a link that can be shared.
#include <vector>

#include "crm/sdk/checklist.hpp"

namespace scheduling {

class Wiring;

crm::sdk::Outcome<std::vector<crm::sdk::ChecklistStep>> setup_steps(Wiring& wiring, const crm::sdk::Principal& reader);

}  // namespace scheduling
