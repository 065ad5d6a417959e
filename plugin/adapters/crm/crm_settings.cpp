#include "plugin/adapters/crm/crm_settings.hpp"

#include "crm/sdk/json_input.hpp"

namespace scheduling {

ModuleSettings CrmSettings::current() const {
  ModuleSettings settings;
  auto input = crm::sdk::JsonInput::from_text(settings_.json());
  if (!input) {
    log_.error("settings.unreadable", {{"what", input.error().message}});
    return settings;
  }
  // The host checked them against the manifest; what is missing keeps its default.
  if (const auto days = input->integer("manage_link_days", 1, 3650))
    settings.manage_link_days = static_cast<int>(*days);
  settings.remind_hosts = input->boolean("remind_hosts").value_or(settings.remind_hosts);
  return settings;
}

}  // namespace scheduling
