#pragma once
/// Prepares a JSON text for Poco's parser. Included by json_input.hpp.
///
/// Poco refuses a whole document for bytes that are no UTF-8 or for a number that does not fit, and
/// wraps some numbers silently; a client should hear which field it was. So such bytes and numbers
/// are replaced by marks that the readers refuse.
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "crm/sdk/detail/text_rules.hpp"

namespace crm::sdk::detail {

/// Whether a store gives a number back as it was sent. PostgreSQL keeps JSON numbers as decimals, without an exponent:
/// 1e20 would come back as a 21-digit integer, which fits nothing, and 1e-300 as 300 zeros. So: 64-bit integers, and
/// reals between 10^-18 and 10^18. Malformed tokens are left to the parser.
inline bool number_fits(std::string_view token) {
  if (token.find_first_of(".eE") == std::string_view::npos) {
    std::int64_t whole = 0;
    return std::from_chars(token.data(), token.data() + token.size(), whole).ec != std::errc::result_out_of_range;
  }
  double real = 0;
  if (std::from_chars(token.data(), token.data() + token.size(), real).ec == std::errc::result_out_of_range)
    return false;
  const double size = real < 0 ? -real : real;
  if (size == 0) return token.substr(0, token.find_first_of("eE")).find_first_of("123456789") == std::string_view::npos;
  return size >= 1e-18 && size <= 1e18;
}

/// Takes one escape. NUL is replaced: the parser would end a name there, and take it for another one.
inline void scan_escape(std::string_view json, std::size_t& at, std::string& out) {
  constexpr std::string_view k_nul = "\\u0000";
  if (json.substr(at, k_nul.size()) == k_nul) {
    out += k_bad_text_mark;
    at += k_nul.size();
  } else {
    out.append(json, at, 2);
    at += 2;
  }
}

inline void scan_string(std::string_view json, std::size_t& at, std::string& out) {
  out += json[at++];  // the opening quote
  while (at < json.size()) {
    const char c = json[at];
    if (c == '\\' && at + 1 < json.size() && static_cast<unsigned char>(json[at + 1]) < 0x80) {
      scan_escape(json, at, out);
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

/// What a number that fits nothing is replaced by.
enum class OddNumbers : std::uint8_t {
  are_marked,      ///< in what a client sent: the readers refuse the mark, and name the field
  become_readable  ///< in what was stored: the nearest real
};

inline void append_odd_number(std::string& out, std::string_view token, OddNumbers odd) {
  double real = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), real);
  if (odd == OddNumbers::are_marked || error != std::errc{} || end != token.data() + token.size()) {
    (out += '"') += std::string(k_bad_number_mark) + '"';
    return;
  }
  char digits[32];
  const auto written = std::to_chars(digits, digits + sizeof digits, real, std::chars_format::scientific);
  out.append(digits, written.ptr);
}

inline std::string marked_json(std::string_view json, OddNumbers odd = OddNumbers::are_marked) {
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
        append_odd_number(out, token, odd);
      at += token.size();
    } else {
      out += c;
      ++at;
    }
  }
  return out;
}

}  // namespace crm::sdk::detail
