#pragma once
#include "crm/sdk/services.hpp"
#include "plugin/ports/crm/module_settings.hpp"

namespace scheduling {

class CrmSettings final : public SettingsSource {
 public:
  CrmSettings(crm::sdk::Settings& settings, crm::sdk::Log& log) : settings_(settings), log_(log) {}
  ModuleSettings current() const override;

 private:
  crm::sdk::Settings& settings_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
