#pragma once
/// A module's settings as a form: fields from its JSON schema, and the form's answers as JSON again.
#include <string>
#include <vector>

#include "crm/sdk/form.hpp"
#include "crm/sdk/problem.hpp"
#include "reference_host/html_pages/html_page.hpp"
#include "reference_host/modules/module_admin.hpp"

namespace crm::app {

/// What a posted form says.
struct SettingsAnswers {
  std::string json = "{}";              ///< {"name":value,…}; empty secrets are left out
  std::vector<sdk::FieldError> errors;  ///< numbers that cannot be read
};
SettingsAnswers settings_from_form(const ModuleSettings& settings, const sdk::Form& form);

/// For module_settings.html: groups of fields, both in the order of the manifest. Whatever names no `group` stands in
/// one without a title.
/// `typed`: the form that was refused; its answers are shown instead of what is stored. `errors` stand at their fields.
PageData settings_groups(const ModuleSettings& settings, const sdk::Form* typed = nullptr,
                         const std::vector<sdk::FieldError>& errors = {});

/// "Title: This must be …" for each error, for the top of the page; each with the field's `name`.
PageData settings_errors(const ModuleSettings& settings, const std::vector<sdk::FieldError>& errors);

}  // namespace crm::app
