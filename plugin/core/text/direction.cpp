#include "plugin/core/text/direction.hpp"

#include "plugin/core/text/utf8.hpp"

namespace scheduling {
namespace {

/// The blocks that Unicode keeps for such scripts, letters to come included.
bool is_right_to_left(char32_t point) {
  return (point >= 0x0590 && point <= 0x08FF) || (point >= 0xFB1D && point <= 0xFDFF) ||
         (point >= 0xFE70 && point <= 0xFEFE) || (point >= 0x10800 && point <= 0x10FFF) ||
         (point >= 0x1E800 && point <= 0x1EFFF);
}

}  // namespace

bool has_right_to_left(std::string_view text) {
  while (!text.empty()) {
    const auto point = take_code_point(text);
    if (!point) return false;
    if (is_right_to_left(*point)) return true;
  }
  return false;
}

std::string isolated(std::string_view text) {
  return "\u2068" + std::string(text) + "\u2069";
}

}  // namespace scheduling
