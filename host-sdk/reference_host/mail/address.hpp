#pragma once
/// E-mail addresses: what may stand in an envelope, and when two of them are the same person's.
#include <string>
#include <string_view>

namespace crm::app {

constexpr std::size_t k_address_bytes_max = 254;  ///< RFC 5321 with the angle brackets taken off

/// A bare address: no display name, no comment, no quoted local part, no address literal; at least two
/// domain labels. International addresses (RFC 6531) are accepted in valid UTF-8. Never holds a
/// control character, so it may stand in an SMTP command.
bool is_email_address(std::string_view text);

/// Equal for addresses that belong together: trimmed, Unicode NFKC with case folding.
/// Cost: nothing to speak of for ASCII, else one pass of ICU.
std::string email_key(std::string_view address);

}  // namespace crm::app
