#include "plugin/core/catalog/branding.hpp"

#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/typed_text.hpp"
#include "plugin/core/text/web_values.hpp"

namespace scheduling {
namespace {

std::optional<std::string> check_address(FieldErrors& errors, const std::string& field,
                                         const std::optional<std::string>& text, Scheme scheme) {
  const std::string value = typed_value(text ? *text : std::string_view{});
  if (value.empty()) return std::nullopt;
  if (is_web_address(value, scheme)) return value;
  errors.add(field, "invalid_url",
             scheme == Scheme::https_only ? "Enter an address that begins with https://."
                                          : "Enter an address that begins with https:// or http://.");
  return std::nullopt;
}

}  // namespace

Branding Branding::checked(const Branding& draft, FieldErrors& errors) {
  Branding branding;
  if (draft.color && !draft.color->empty()) {
    branding.color = parse_color(typed_value(*draft.color));
    if (!branding.color) errors.add("branding.color", "invalid_color", "Write the colour as #rrggbb.");
  }
  branding.logo_url = check_address(errors, "branding.logo_url", draft.logo_url, Scheme::https_only);
  branding.website_url = check_address(errors, "branding.website_url", draft.website_url, Scheme::http_or_https);
  branding.company_name = check_optional_text(errors, "branding.company_name", draft.company_name, {.length_max = 100});
  return branding;
}

Branding apply_patch(Branding branding, const BrandingPatch& patch) {
  apply_field(branding.color, patch.color);
  apply_field(branding.logo_url, patch.logo_url);
  apply_field(branding.company_name, patch.company_name);
  apply_field(branding.website_url, patch.website_url);
  return branding;
}

}  // namespace scheduling
