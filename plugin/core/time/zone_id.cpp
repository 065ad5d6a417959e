#include "plugin/core/time/zone_id.hpp"

#include <algorithm>
#include <array>

namespace scheduling {
namespace {

constexpr std::size_t k_length_max = 50;

/// Names in the database that are an offset in disguise, or no place at all. Their neighbours with rules ("CET",
/// "EST5EDT") are zones: some machines report them.
constexpr std::array<std::string_view, 4> k_not_places = {"EST", "Factory", "HST", "MST"};

bool is_name_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '+' || c == '/';
}

bool has_good_parts(std::string_view name) {
  return name.front() != '/' && name.back() != '/' && name.find("//") == std::string_view::npos &&
         ((name.front() >= 'A' && name.front() <= 'Z') || (name.front() >= 'a' && name.front() <= 'z'));
}

}  // namespace

std::optional<ZoneId> ZoneId::parse(std::string_view name) {
  if (name.empty() || name.size() > k_length_max) return std::nullopt;
  if (!std::all_of(name.begin(), name.end(), is_name_character) || !has_good_parts(name)) return std::nullopt;
  if (std::find(k_not_places.begin(), k_not_places.end(), name) != k_not_places.end()) return std::nullopt;
  return ZoneId{std::string(name)};
}

const ZoneId& ZoneId::utc() {
  static const ZoneId zone{"UTC"};
  return zone;
}

}  // namespace scheduling
