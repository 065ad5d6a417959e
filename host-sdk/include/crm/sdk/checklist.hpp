#pragma once
/// What is still to do before a module is of use: steps on the CRM's start page, for administrators.
///
/// The CRM puts its own steps before them (users, mail, the module switched on) and takes the list away when every
/// step is done. The module only says what is true now.
/// Since: SDK 1.0
#include <functional>
#include <string>
#include <vector>

#include "crm/sdk/outcome.hpp"
#include "crm/sdk/users.hpp"

namespace crm::sdk {

struct ChecklistStep {
  std::string text;    ///< what to do, as one sentence: "Make a booking page."
  std::string path{};  ///< where it is done: a path of the CRM ("/…"); empty: nowhere yet
  bool is_done = false;
};

/// A CRM shows this many steps of one module.
inline constexpr std::size_t k_checklist_steps_max = 10;

/// Called when the administrator `reader` opens the start page.
///
/// Thread: any, several at once. Errors: a failure, and what is thrown all the same, is logged, and the module's steps
/// are left out. Cost: the reader waits for it: a few statements, and no network.
using ChecklistFunction = std::function<Outcome<std::vector<ChecklistStep>>(const Principal& reader)>;

}  // namespace crm::sdk
