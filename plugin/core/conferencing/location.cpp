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

/// "acme.zoom.us/j/1": a path behind a word with a dot inside.
bool has_path(std::string_view text) {
  for (std::size_t slash = text.find('/'); slash != std::string_view::npos; slash = text.find('/', slash + 1)) {
    const std::size_t space = text.find_last_of(" \t\n", slash);
    const std::string_view word = text.substr(space + 1, slash - space - 1);
    const std::size_t dot = word.rfind('.');
    const char next = dot != std::string_view::npos && dot + 1 < word.size() ? word[dot + 1] : ' ';
    if (dot > 0 && ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'))) return true;
  }
  return false;
}

/// Eight digits with nothing but the signs of a phone number between them.
bool has_phone_number(std::string_view text) {
  int digits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      ++digits;
    else if (std::string_view(" -()./+").find(c) == std::string_view::npos)
      digits = 0;
    if (digits == 8) return true;
  }
  return false;
}

bool leads_into_a_room(std::string_view text) {
  constexpr std::array<std::string_view, 5> signs = {"://", "www.", "tel:", "sip:", "@"};
  const auto holds = [&](std::string_view sign) { return text.find(sign) != std::string_view::npos; };
  return std::ranges::any_of(signs, holds) || has_path(text) || has_phone_number(text);
}

}  // namespace

std::string open_details(LocationType kind, const std::string& details) {
  return kind == LocationType::in_person && !leads_into_a_room(details) ? details : std::string();
}

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

bool wants_room(const Location& location) {
  return is_video(location.kind) && !leads_into_a_room(location.details);
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
