#include "plugin/core/text/typed_text.hpp"

#include <algorithm>

#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/utf8.hpp"

namespace scheduling {
namespace {

enum class Meaning { itself, nothing, space, line_break };
using Reader = Meaning (*)(char32_t);

bool is_joiner(char32_t point) {
  return point == 0x200C || point == 0x200D;
}

/// Marks that turn the reading direction of what follows, and the byte order mark.
bool turns_direction(char32_t point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x206F) || point == 0xFEFF;
}

bool is_invisible(char32_t point) {
  return turns_direction(point) || point == 0x200B || point == 0x200E || point == 0x200F || point == 0x00AD ||
         point == 0x061C || point == 0x180E || (point >= 0x2060 && point <= 0x2065);
}

bool is_wide_space(char32_t point) {
  return point == 0x00A0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x2028 ||
         point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000;
}

Meaning in_line(char32_t point) {
  if (is_invisible(point)) return Meaning::nothing;
  return is_wide_space(point) ? Meaning::space : Meaning::itself;
}

Meaning in_value(char32_t point) {
  return is_joiner(point) ? Meaning::nothing : in_line(point);
}

Meaning in_lines(char32_t point) {
  if (turns_direction(point)) return Meaning::nothing;
  return point == 0x2028 || point == 0x2029 ? Meaning::line_break : Meaning::itself;
}

bool is_blank(char32_t point) {
  return point == ' ' || (point >= '\t' && point <= '\r') || is_wide_space(point) || is_invisible(point);
}

std::string_view without_blank_ends(std::string_view text) {
  std::size_t first = text.size();
  std::size_t end = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t at = text.size() - rest.size();
    const auto point = take_code_point(rest);
    if (!point) rest = text.substr(at + 1);
    if (point && is_blank(*point)) continue;
    first = std::min(first, at);
    end = text.size() - rest.size();
  }
  return first < end ? text.substr(first, end - first) : std::string_view{};
}

std::string read(std::string_view text, Reader meaning) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::string_view rest = text;
    const auto point = take_code_point(rest);
    const std::string_view bytes = text.substr(0, point ? text.size() - rest.size() : 1);
    text.remove_prefix(bytes.size());
    switch (point ? meaning(*point) : Meaning::itself) {
      case Meaning::itself: out += bytes; break;
      case Meaning::nothing: break;
      case Meaning::space: out += ' '; break;
      case Meaning::line_break: out += '\n'; break;
    }
  }
  return std::string(trimmed(out));
}

}  // namespace

std::string typed_value(std::string_view text) {
  return read(text, in_value);
}

std::string typed_line(std::string_view text) {
  return read(text, in_line);
}

std::string typed_lines(std::string_view text) {
  return std::string(without_blank_ends(read(text, in_lines)));
}

std::string typed_values(std::string_view text) {
  std::string out;
  for (std::string rest = typed_lines(text); !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    out += (out.empty() ? "" : "\n") + typed_line(rest.substr(0, end));
    rest.erase(0, std::min(end + 1, rest.size()));
  }
  return out;
}

}  // namespace scheduling
