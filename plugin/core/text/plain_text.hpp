#pragma once
/// Text from outside: what it may contain, and how long it is.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "plugin/core/error.hpp"

namespace scheduling {

enum class Lines { one, many };  ///< `many` also allows tab and line breaks

bool is_utf8(std::string_view text);
/// Code points, which is what VARCHAR(n) counts. `text` must be UTF-8.
std::size_t length_of(std::string_view text);
/// The first `count` code points of UTF-8 text, or all of it.
std::string_view first_characters(std::string_view text, std::size_t count);
/// True when UTF-8 without control characters, and without the invisible ones that reorder a line
/// (they let a name forge the rest of a mail).
bool is_plain(std::string_view text, Lines lines);
/// Without white space at both ends.
std::string_view trimmed(std::string_view text);

struct TextRule {
  std::size_t length_max;
  Lines lines = Lines::one;
  bool required = false;
};

/// As typed_text reads it, trimmed; checks, reports under `field`: required, too_long or invalid_format.
std::string check_text(FieldErrors& errors, std::string_view field, std::string_view text, TextRule rule);
/// The same for a value that may be absent; blank becomes absent.
std::optional<std::string> check_optional_text(FieldErrors& errors, std::string_view field,
                                               const std::optional<std::string>& text, TextRule rule);

}  // namespace scheduling
