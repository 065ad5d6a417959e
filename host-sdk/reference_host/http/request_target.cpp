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

}  // namespace crm::app
