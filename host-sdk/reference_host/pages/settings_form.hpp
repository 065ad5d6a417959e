#pragma once
/// A module's settings as a form: fields from its JSON schema, and the form's answers as JSON again.
#include <string>
#include <string_view>

#include "crm/sdk/form.hpp"
#include "crm/sdk/outcome.hpp"
#include "reference_host/modules/module_admin.hpp"
#include "reference_host/pages/page.hpp"

namespace crm::app {

/// A list of fields for module_settings.html, in the order of their names.
PageData settings_fields(const ModuleSettings& settings);

/// {"name":value,…} of what the form says. Empty secrets are left out; `invalid` with the setting's
/// name when a number or a JSON value cannot be read.
sdk::Outcome<std::string> settings_from_form(const ModuleSettings& settings, const sdk::Form& form);

}  // namespace crm::app
