#include "reference_host/auth/zone_name.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

namespace crm::app {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '+' || c == '/';
}

/// Every part begins with a capital: so neither "posix/…", "right/…", "posixrules" nor "localtime".
bool is_well_formed(std::string_view name) {
  if (name.empty() || name.size() > k_zone_name_max || !std::all_of(name.begin(), name.end(), is_name_character))
    return false;
  while (true) {
    if (name.empty() || name.front() < 'A' || name.front() > 'Z') return false;
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
}

}  // namespace

bool is_zone_name(std::string_view name) {
  if (!is_well_formed(name)) return false;
  const char* chosen = std::getenv("TZDIR");  // NOLINT(concurrency-mt-unsafe): nobody sets it after start
  const std::string folder = chosen != nullptr && *chosen != '\0' ? chosen : "/usr/share/zoneinfo";
  std::ifstream file(folder + "/" + std::string(name), std::ios::binary);
  char magic[4] = {};
  return file.read(magic, 4) && std::string_view(magic, 4) == "TZif";
}

}  // namespace crm::app
