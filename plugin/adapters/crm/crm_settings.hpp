#pragma once
#include <mutex>
#include <string>

#include "crm/sdk/services.hpp"
#include "plugin/ports/crm/module_settings.hpp"

namespace scheduling {

class CrmSettings final : public SettingsSource {
 public:
  CrmSettings(crm::sdk::Settings& settings, crm::sdk::Site& site, crm::sdk::Log& log)
      : settings_(settings), site_(site), log_(log) {}
  ModuleSettings current() const override;

 private:
  ModuleSettings read(const std::string& json, const std::string& chosen_json) const;

  crm::sdk::Settings& settings_;
  crm::sdk::Site& site_;
  crm::sdk::Log& log_;
  mutable std::mutex mutex_;
  mutable std::string json_, chosen_;  ///< what `known_` was read from: every booking asks
  mutable ModuleSettings known_;
};

}  // namespace scheduling
