#include "plugin/core/catalog/page_privacy.hpp"

#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/web_values.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_privacy_length_max = 1000;

}  // namespace

PagePrivacy PagePrivacy::checked(const PagePrivacy& draft, FieldErrors& errors) {
  PagePrivacy privacy;
  privacy.text = check_optional_text(errors, "privacy.text", draft.text,
                                     {.length_max = k_privacy_length_max, .lines = Lines::many});
  const std::string url(trimmed(draft.url ? *draft.url : std::string_view{}));
  if (url.empty()) return privacy;
  if (is_web_address(url, Scheme::http_or_https))
    privacy.url = url;
  else
    errors.add("privacy.url", "invalid_url", "Enter an address that begins with https:// or http://.");
  return privacy;
}

PagePrivacy apply_patch(PagePrivacy privacy, const PagePrivacyPatch& patch) {
  apply_field(privacy.text, patch.text);
  apply_field(privacy.url, patch.url);
  return privacy;
}

}  // namespace scheduling
