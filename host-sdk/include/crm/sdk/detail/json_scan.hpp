#pragma once
/// Prepares a JSON text for Poco's parser. Included by json_input.hpp.
///
/// Poco refuses a whole document for bytes that are no UTF-8 or for a number that does not fit, and
/// wraps some numbers silently; a client should hear which field it was. So such bytes and numbers
/// are replaced by marks that the readers refuse.
#include <charconv>
#include <string>
#include <string_view>

#include "crm/sdk/detail/text_rules.hpp"

namespace crm::sdk::detail {

/// Whether a number token fits a 64-bit integer or a finite double. Malformed tokens are left to the parser.
inline bool number_fits(std::string_view token) {
  if (token.find_first_of(".eE") == std::string_view::npos) {
    std::int64_t whole = 0;
    return std::from_chars(token.data(), token.data() + token.size(), whole).ec != std::errc::result_out_of_range;
  }
  double real = 0;
  return std::from_chars(token.data(), token.data() + token.size(), real).ec != std::errc::result_out_of_range;
}

inline void scan_string(std::string_view json, std::size_t& at, std::string& out) {
  out += json[at++];  // the opening quote
  while (at < json.size()) {
    const char c = json[at];
    if (c == '\\' && at + 1 < json.size() && static_cast<unsigned char>(json[at + 1]) < 0x80) {
      out.append(json, at, 2);
      at += 2;
      continue;
    }
    const std::size_t length = utf8_length(json, at);
    const bool line_end = c == '\n' || c == '\r' || c == '\t';  // the parser refuses these as broken JSON
    if (length == 0 || (static_cast<unsigned char>(c) < 0x20 && !line_end)) {
      out += k_bad_text_mark;
      ++at;
      continue;
    }
    out.append(json, at, length);
    at += length;
    if (c == '"') return;
  }
}

inline std::string marked_json(std::string_view json) {
  std::string out;
  out.reserve(json.size() + 16);
  for (std::size_t at = 0; at < json.size();) {
    const char c = json[at];
    if (c == '"') {
      scan_string(json, at, out);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      const std::size_t end = json.find_first_not_of("0123456789+-.eE", at);
      const std::string_view token = json.substr(at, end == std::string_view::npos ? end : end - at);
      if (number_fits(token))
        out += token;
      else
        (out += '"') += std::string(k_bad_number_mark) + '"';
      at += token.size();
    } else {
      out += c;
      ++at;
    }
  }
  return out;
}

}  // namespace crm::sdk::detail
