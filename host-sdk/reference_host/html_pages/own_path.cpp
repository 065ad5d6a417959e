#include "reference_host/html_pages/own_path.hpp"

#include <algorithm>

#include "crm/sdk/detail/percent.hpp"

namespace crm::app {
namespace {

constexpr std::size_t k_length_max = 2000;
constexpr int k_decodings = 2;  ///< a proxy in between may decode once more than we do

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// Browsers read '\' as '/'; two of them in a row, anywhere in the path, may name a host.
bool stays_here(std::string_view text) {
  const std::string_view path = text.substr(0, text.find_first_of("?#"));
  const bool is_absolute = path.starts_with('/');
  const bool has_control =
      std::any_of(path.begin(), path.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  return is_absolute && !has_control && path.find('\\') == std::string_view::npos &&
         path.find("//") == std::string_view::npos;
}

}  // namespace

std::string own_path(std::string_view path) {
  if (path.size() > k_length_max || !is_printable(path) || !stays_here(path)) return "/";
  std::string decoded(path.substr(0, path.find_first_of("?#")));
  for (int i = 0; i < k_decodings; ++i) {
    std::string next;
    const bool is_readable = sdk::detail::append_percent_decoded(decoded, sdk::detail::Plus::is_plus, next);
    if (!is_readable && i > 0) break;  // a percent sign that was encoded itself
    if (!is_readable) return "/";
    if (!stays_here(next)) return "/";
    decoded = std::move(next);
  }
  return std::string(path);
}

}  // namespace crm::app
