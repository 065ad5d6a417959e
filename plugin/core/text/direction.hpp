#pragma once
/// Names written from right to left inside lines that run from left to right.
#include <string>
#include <string_view>

namespace scheduling {

/// True when `text` has a letter of Hebrew, Arabic or another script that runs from right to left.
bool has_right_to_left(std::string_view text);

/// `text` between the marks that keep its direction to itself (FSI, PDI): a Hebrew name no longer turns the digits
/// that follow it. People's own texts hold no such marks (is_plain), so these always pair.
std::string isolated(std::string_view text);

}  // namespace scheduling
