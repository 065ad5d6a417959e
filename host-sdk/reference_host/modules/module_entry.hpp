#pragma once
/// One module as the registry knows it, live or not.
#include <chrono>
#include <memory>
#include <string>

#include "module_loading/checklist_board.hpp"
#include "module_loading/health_board.hpp"
#include "module_loading/loaded_module.hpp"
#include "module_loading/panel_board.hpp"
#include "reference_host/modules/module_settings.hpp"
#include "reference_host/modules/registration_target.hpp"

namespace crm::app {

struct ModuleEntry {
  std::string folder;
  Manifest manifest;
  bool is_enabled = false;    ///< as the table says
  std::string stored = "{}";  ///< settings, as the table says
  std::string problem;        ///< why it is not live although enabled
  std::chrono::steady_clock::time_point next_try{};
  CurrentSettings settings;
  std::unique_ptr<sdk::Secrets> secrets;
  std::unique_ptr<LoadedModule> loaded;  ///< null: not live
  std::vector<sdk::Navigation> navigation;
  std::vector<std::string> documents;
  std::shared_ptr<HealthBoard> health;        ///< null: not live
  std::shared_ptr<PanelBoard> panels;         ///< null: not live
  std::shared_ptr<ChecklistBoard> checklist;  ///< null: not live

  bool is_live() const { return loaded != nullptr; }
  void take_settings(std::string text);
};

/// Loads, migrates, starts and registers. After a failure nothing of the module stays, and its routes answer 503.
sdk::Done bring_up(ModuleEntry& entry, const sdk::Services& services, RegistrationTarget& target,
                   const std::string& copy_folder);
/// Takes the registrations out, stops and unloads. A library that stayed mapped is `broken`; the module is off
/// all the same.
sdk::Done take_down(ModuleEntry& entry, RegistrationTarget& target);

}  // namespace crm::app
