#pragma once
/// Reading UTF-8 one code point at a time, strictly or with what is broken replaced.
#include <optional>
#include <string_view>

namespace scheduling {

/// Takes the first code point off `text`; empty when the bytes are not UTF-8 (overlong forms, surrogates
/// and values above U+10FFFF included). `text` must not be empty.
std::optional<char32_t> take_code_point(std::string_view& text);

/// Takes the first character off `text` and returns its bytes; a byte that is not UTF-8 comes back as U+FFFD.
/// `text` must not be empty. The result points into `text` or to static storage.
std::string_view take_character(std::string_view& text);

}  // namespace scheduling
