#include "plugin/adapters/caldav/dav_place.hpp"

#include <algorithm>

namespace scheduling {
namespace {

constexpr std::string_view k_place_form = "caldav-place1";
constexpr char k_wanted = '+';
constexpr char k_read = '=';

std::optional<std::string_view> next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::string one_line(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  return text;
}

}  // namespace

std::string tag_of_etag(std::string_view etag) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : etag) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += digits[hash >> static_cast<unsigned>(shift) & 15U];
  return out;
}

/// A head, then "+tag id" or "=tag id" for each object.
std::string DavPlace::text() const {
  std::string out = std::string(k_place_form) + "\n" + one_line(sync_token) + "\n" + one_line(ctag) + "\n";
  for (const auto& [id, seen] : objects) {
    out += seen.is_wanted ? k_wanted : k_read;
    out += seen.tag + " " + id + "\n";
  }
  return out;
}

std::optional<DavPlace> DavPlace::parse(std::string_view text) {
  DavPlace place;
  if (next_line(text) != k_place_form) return std::nullopt;
  const auto token = next_line(text);
  const auto ctag = next_line(text);
  if (!token || !ctag) return std::nullopt;
  place.sync_token = *token;
  place.ctag = *ctag;
  while (const auto line = next_line(text)) {
    const std::size_t space = line->find(' ');
    if (line->empty() || space == std::string_view::npos) return std::nullopt;
    place.objects.emplace_hint(place.objects.end(), std::string(line->substr(space + 1)),
                               Seen{std::string(line->substr(1, space - 1)), line->front() == k_wanted});
  }
  return place;
}

bool DavPlace::has_wanted() const {
  return std::ranges::any_of(objects, [](const auto& each) { return each.second.is_wanted; });
}

}  // namespace scheduling
