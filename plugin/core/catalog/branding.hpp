#pragma once
/// How a page looks and whose it says it is.
#include <optional>
#include <string>

#include "plugin/core/error.hpp"
#include "plugin/core/patch.hpp"

namespace scheduling {

/// Draft and value have one shape: every key is optional text. checked() makes a value of a draft.
struct Branding {
  std::optional<std::string> color;         ///< "#1a73e8"
  std::optional<std::string> logo_url;      ///< https
  std::optional<std::string> company_name;  ///< one line, 100
  std::optional<std::string> website_url;   ///< http or https
  friend bool operator==(const Branding&, const Branding&) = default;

  /// Trimmed, colour in lower case. Fields are named "branding.color"; codes invalid_color, invalid_url,
  /// too_long, invalid_format.
  static Branding checked(const Branding& draft, FieldErrors& errors);
};

/// What an update says about the branding; merged key by key.
struct BrandingPatch {
  Patch<std::string> color{};
  Patch<std::string> logo_url{};
  Patch<std::string> company_name{};
  Patch<std::string> website_url{};
};

Branding apply_patch(Branding branding, const BrandingPatch& patch);

}  // namespace scheduling
