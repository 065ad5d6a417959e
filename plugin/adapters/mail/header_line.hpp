#pragma once
/// Header fields as RFC 5322 and RFC 2047 want them: folded, and ASCII but for international addresses.
#include <string>
#include <string_view>

#include "plugin/core/booking/email_address.hpp"
#include "plugin/core/text/header_text.hpp"

namespace scheduling {

/// What a line with encoded words may be long (RFC 2047 section 2), its CRLF not counted.
inline constexpr std::size_t k_header_line_max = 76;

/// "Subject: …" for a field of free text, with its CRLF. As it stands when it is ASCII that can be folded at its own
/// blanks; else as encoded words, in B or Q, whichever is shorter, none of which parts a character.
std::string text_field(std::string_view name, const HeaderText& text);

/// `To: "Lovelace, Ada" <ada@example.com>`, with its CRLF. The name is left plain, quoted or encoded. Only the address
/// can exceed k_header_line_max: it must not be parted.
std::string address_field(std::string_view name, const HeaderText& display, const EmailAddress& address);

}  // namespace scheduling
