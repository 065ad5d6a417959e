#pragma once
/// What the pages need to know about modules, and may do with them. The module registry implements it.
///
/// Thread: any. Errors: `not_found` for an unknown id.
#include <string>
#include <vector>

#include "crm/sdk/module.hpp"
#include "crm/sdk/outcome.hpp"
#include "crm/sdk/problem.hpp"
#include "module_loading/health_board.hpp"
#include "module_loading/panel_board.hpp"

namespace crm::app {

struct ModuleListing {
  std::string id;
  std::string name;
  std::string version;
  std::string description;
  std::string state;                 ///< "enabled", "disabled" or "failed"
  std::string problem;               ///< why it failed; empty otherwise
  std::vector<HealthLine> health{};  ///< what it says of itself, when it is live
};

/// What stops when a module is switched off, as its manifest says.
struct ModuleParts {
  std::string name;
  std::vector<std::string> public_places;  ///< below which everybody may open addresses: "/schedule"
  std::vector<std::string> jobs;           ///< names
  std::vector<std::string> navigation;     ///< labels
  std::vector<std::string> panels;         ///< titles
};

struct ModuleSettings {
  std::string schema_json;  ///< the manifest's settings schema: {"type":"object","properties":{…}}
  std::string values_json;  ///< current values with defaults; secret ones are left out
};

class ModuleAdmin {
 public:
  virtual ~ModuleAdmin() = default;
  virtual std::vector<ModuleListing> modules() = 0;
  virtual sdk::Outcome<ModuleSettings> settings(std::string_view id) = 0;
  virtual sdk::Done enable(std::string_view id) = 0;
  virtual sdk::Done disable(std::string_view id) = 0;
  virtual sdk::Outcome<ModuleParts> parts(std::string_view id) = 0;
  /// `values_json`: an object with the settings to change; absent ones stay. Gives every rule that is broken; then
  /// nothing was saved.
  virtual sdk::Outcome<std::vector<sdk::FieldError>> save_settings(std::string_view id,
                                                                   std::string_view values_json) = 0;
  /// Of all enabled modules.
  virtual std::vector<sdk::Navigation> navigation() = 0;
  /// What is still to do, as the live modules say; for administrators.
  virtual std::vector<sdk::ChecklistStep> checklist(const sdk::Principal& reader) = 0;
  /// What the live modules show on the record's page.
  virtual std::vector<ShownPanel> panels(sdk::Session& session, const sdk::Record& record,
                                         const sdk::Principal& reader) = 0;
};

}  // namespace crm::app
