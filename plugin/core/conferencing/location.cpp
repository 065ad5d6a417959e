#include "plugin/core/conferencing/location.hpp"

#include <algorithm>
#include <array>

namespace scheduling {
namespace {

constexpr std::array<std::string_view, 6> k_location_names = {"zoom",  "google_meet", "teams",
                                                              "phone", "in_person",   "custom"};

std::string_view published_kind(LocationType type) {
  switch (type) {
    case LocationType::zoom: return "Zoom meeting";
    case LocationType::google_meet: return "Google Meet";
    case LocationType::teams: return "Microsoft Teams";
    case LocationType::phone: return "Phone call";
    case LocationType::in_person: return "In person";
    case LocationType::custom: return "";
  }
  return "";
}

}  // namespace

std::string_view name_of(LocationType type) {
  return k_location_names[static_cast<std::size_t>(type)];
}

std::optional<LocationType> location_type_of(std::string_view name) {
  const auto found = std::ranges::find(k_location_names, name);
  if (found == k_location_names.end()) return std::nullopt;
  return static_cast<LocationType>(found - k_location_names.begin());
}

bool is_video(LocationType type) {
  return type == LocationType::zoom || type == LocationType::google_meet || type == LocationType::teams;
}

std::string text_of(const Location& location, std::string_view kind_text) {
  if (!location.join_url) return location.details.empty() ? std::string(kind_text) : location.details;
  return location.details.empty() ? *location.join_url : *location.join_url + '\n' + location.details;
}

std::string published_text(const Location& location, const std::optional<std::string>& attendee_phone) {
  std::string kind(published_kind(location.kind));
  if (location.kind == LocationType::phone && attendee_phone) kind += ": " + *attendee_phone;
  return text_of(location, kind);
}

}  // namespace scheduling
