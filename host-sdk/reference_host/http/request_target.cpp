#include "reference_host/http/request_target.hpp"

#include <algorithm>

namespace crm::app {
namespace {

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

constexpr std::string_view k_unreadable = "\xEF\xBF\xBD";  // U+FFFD

/// What can be read stays; the sign of a broken escape becomes the mark, too.
void append_readable(std::string_view encoded, std::string& out) {
  std::string raw;
  for (std::size_t at = 0; at < encoded.size(); ++at) {
    const std::size_t length = encoded[at] == '%' ? std::min<std::size_t>(3, encoded.size() - at) : 1;
    if (!sdk::detail::append_percent_decoded(encoded.substr(at, length), Plus::is_space, raw)) {
      raw += '\0';  // becomes the mark
      continue;
    }
    at += length - 1;
  }
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t length = sdk::detail::utf8_length(raw, at);
    const std::string_view character = std::string_view(raw).substr(at, std::max<std::size_t>(length, 1));
    out += length == 0 || has_control_character(character) ? k_unreadable : character;
    at += character.size();
  }
}

}  // namespace

bool append_decoded(std::string_view encoded, Plus plus, std::string& out) {
  const std::size_t start = out.size();
  if (!sdk::detail::append_percent_decoded(encoded, plus, out)) return false;
  const std::string_view decoded = std::string_view(out).substr(start);
  return sdk::detail::is_valid_utf8(decoded) && !has_control_character(decoded);
}

std::optional<std::string_view> RequestTarget::decoded(std::string_view encoded, Plus plus) {
  if (encoded.find_first_of(plus == Plus::is_space ? "%+" : "%") == std::string_view::npos) return encoded;
  const std::size_t start = text_.size();
  if (!append_decoded(encoded, plus, text_)) return std::nullopt;
  return std::string_view(text_).substr(start);
}

std::string_view RequestTarget::decoded_value(std::string_view encoded) {
  if (const auto value = decoded(encoded, Plus::is_space)) return *value;
  const std::size_t start = text_.size();
  append_readable(encoded, text_);
  return std::string_view(text_).substr(start);
}

bool RequestTarget::set(std::string_view target) {
  text_.clear();
  // A value that cannot be read is decoded twice, and each of its bytes may become the three of U+FFFD.
  text_.reserve(4 * target.size());
  query_.clear();
  const std::size_t mark = std::min(target.find('?'), target.size());
  raw_path_ = target.substr(0, mark);
  const auto path = decoded(raw_path_, Plus::is_plus);
  if (!path) return false;
  path_ = *path;
  std::string_view rest = target.substr(std::min(mark + 1, target.size()));
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (pair.empty()) continue;
    const std::size_t equal = std::min(pair.find('='), pair.size());
    const auto name = decoded(pair.substr(0, equal), Plus::is_space);
    if (name) query_.push_back({*name, decoded_value(pair.substr(std::min(equal + 1, pair.size())))});
  }
  return true;
}

}  // namespace crm::app
