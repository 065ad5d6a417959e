#pragma once
/// Reading UTF-8 one code point at a time.
#include <optional>
#include <string_view>

namespace scheduling {

/// Takes the first code point off `text`; empty when the bytes are not UTF-8 (overlong forms, surrogates
/// and values above U+10FFFF included). `text` must not be empty.
std::optional<char32_t> take_code_point(std::string_view& text);

}  // namespace scheduling
