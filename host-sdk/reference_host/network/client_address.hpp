#pragma once
/// Numeric network addresses in one spelling, so that one client is one key.
///
/// "::ffff:1.2.3.4" is 1.2.3.4, "2001:DB8:0::1" is 2001:db8::1, and a zone ("fe80::1%eth0") is left out.
/// Purity: no I/O, no names are resolved. Thread: any.
#include <sys/socket.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crm::app {

/// The one spelling of a numeric address; empty when `text` is none. No port.
std::optional<std::string> normal_address(std::string_view text);

/// One entry of X-Forwarded-For: an address that may stand in brackets and may have a port behind it
/// (1.2.3.4:5678, [2001:db8::1]:443). Empty for "unknown", "_hidden" and everything else that is no address.
std::optional<std::string> forwarded_address(std::string_view entry);

/// The client behind trusted proxies. `forwarded`: the values of the X-Forwarded-For lines, in their order. Each
/// proxy appends whom it heard from, so what is to the left of the rightmost address that is no trusted proxy
/// proves nothing. When an entry on the way there is no address, nobody knows the client: then `peer` itself.
/// `trusted` and `peer` are in the one spelling.
std::string client_behind(const std::vector<std::string>& trusted, const std::string& peer,
                          const std::vector<std::string_view>& forwarded);

/// Who is counted as one client: an IPv4 address, or the /64 of an IPv6 address, which one household or server has.
std::string client_network(std::string_view address);

/// The one spelling of a socket's peer; empty when it is no internet address.
std::string address_text(const sockaddr_storage& address);

}  // namespace crm::app
