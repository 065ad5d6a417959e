#pragma once
/// A value as its writer meant it. Text that is pasted brings along what nobody sees: direction marks around phone
/// numbers, joiners, byte order marks, spaces of other widths. Every reader of a field uses these, so a value means the
/// same from JSON, from a form and from a link.
/// Source: behaviour B-7.
#include <string>
#include <string_view>

namespace scheduling {

/// A value for machines (an address, a number, a link, a slug, a zone): without any invisible mark, Unicode spaces as
/// plain ones, none at the ends. Bytes that are no UTF-8 stay, for the check that follows to refuse.
std::string typed_value(std::string_view text);

/// One line for people (a name, a label): as typed_value(), but the joiners that Persian, Indic scripts and emoji are
/// written with stay.
std::string typed_line(std::string_view text);

/// Text of several lines, which is its writer's own: inside it only the marks that turn its reading direction are
/// dropped, and separators of lines and paragraphs become line breaks. No spaces, breaks or invisible marks at the
/// ends.
std::string typed_lines(std::string_view text);

/// Several values, one a line (a place: an address, a link, a number): each as typed_line().
std::string typed_values(std::string_view text);

}  // namespace scheduling
