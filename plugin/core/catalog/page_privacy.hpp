#pragma once
/// What a page says about the details that attendees leave there.
#include <optional>
#include <string>

#include "plugin/core/error.hpp"
#include "plugin/core/patch.hpp"

namespace scheduling {

/// Draft and value have one shape, as in Branding.
struct PagePrivacy {
  std::optional<std::string> text;  ///< several lines, 1000
  std::optional<std::string> url;   ///< http or https
  bool empty() const { return !text && !url; }
  friend bool operator==(const PagePrivacy&, const PagePrivacy&) = default;

  /// Fields are named "privacy.text" and "privacy.url"; codes too_long, invalid_format, invalid_url.
  static PagePrivacy checked(const PagePrivacy& draft, FieldErrors& errors);
};

/// What an update says; merged key by key.
struct PagePrivacyPatch {
  Patch<std::string> text{};
  Patch<std::string> url{};
};

PagePrivacy apply_patch(PagePrivacy privacy, const PagePrivacyPatch& patch);

}  // namespace scheduling
