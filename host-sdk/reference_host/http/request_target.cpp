#include "reference_host/http/request_target.hpp"

#include <algorithm>
#include <cstdint>

namespace crm::host {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

/// Length of the sequence that `lead` opens, or 0.
std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = sequence_length(lead);
    if (length == 0 || text.size() - at < length) return false;
    std::uint32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      const auto byte = static_cast<unsigned char>(text[at + i]);
      if ((byte & 0xC0U) != 0x80U) return false;
      point = (point << 6U) | (byte & 0x3FU);
    }
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < smallest[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return false;
    at += length;
  }
  return true;
}

bool append_decoded(std::string_view encoded, Plus plus, std::string& out) {
  const std::size_t start = out.size();
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] == '%') {
      if (encoded.size() - i < 3) return false;
      const int high = hex_value(encoded[i + 1]);
      const int low = hex_value(encoded[i + 2]);
      if (high < 0 || low < 0) return false;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += encoded[i] == '+' && plus == Plus::is_space ? ' ' : encoded[i];
    }
  }
  const std::string_view decoded = std::string_view(out).substr(start);
  return is_valid_utf8(decoded) && !has_control_character(decoded);
}

std::optional<std::string_view> RequestTarget::decoded(std::string_view encoded, Plus plus) {
  if (encoded.find_first_of(plus == Plus::is_space ? "%+" : "%") == std::string_view::npos) return encoded;
  const std::size_t start = text_.size();
  if (!append_decoded(encoded, plus, text_)) return std::nullopt;
  return std::string_view(text_).substr(start);
}

bool RequestTarget::set(std::string_view target) {
  text_.clear();
  text_.reserve(target.size());
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
    const auto value = decoded(pair.substr(std::min(equal + 1, pair.size())), Plus::is_space);
    if (!name || !value) return false;
    query_.push_back({*name, *value});
  }
  return true;
}

}  // namespace crm::host
