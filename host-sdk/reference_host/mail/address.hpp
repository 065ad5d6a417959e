#pragma once
/// E-mail addresses: what may stand in an envelope, and when two of them are the same person's.
#include <string>
#include <string_view>
#include <vector>

namespace crm::app {

constexpr std::size_t k_address_bytes_max = 254;  ///< RFC 5321 with the angle brackets taken off

/// A bare address: no display name, no comment, no quoted local part, no address literal; at least two
/// domain labels. International addresses (RFC 6531) are accepted in valid UTF-8, international domains as far as IDNA
/// knows them. Never holds a control character, so it may stand in an SMTP command.
bool is_email_address(std::string_view text);

/// The address as it travels: its domain in ASCII (IDNA), so that only a name beyond ASCII before the '@' asks for a
/// server that knows SMTPUTF8. What is no address comes back as it is.
std::string envelope_address(std::string_view address);

/// Equal for addresses that belong together: trimmed, Unicode NFKC with case folding, the domain in ASCII.
/// Cost: nothing to speak of for ASCII, else some passes of ICU.
std::string email_key(std::string_view address);

/// All keys under which rows about this address are stored: email_key() first, then what versions before IDNA wrote for
/// one of the two spellings of an international domain.
std::vector<std::string> email_keys(std::string_view address);

}  // namespace crm::app
