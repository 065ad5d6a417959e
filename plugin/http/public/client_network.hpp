#pragma once
/// Whose request it is, as far as bookings are counted.
#include "crm/sdk/http.hpp"
#include "plugin/services/booking/booking_commands.hpp"

namespace scheduling {

/// The network of an address: /24 of IPv4 (also where it is written as IPv6), /64 of IPv6; empty for what is none.
std::string network_of(std::string_view address);

/// A proxy is unknown only where proxies stand, on a private or loopback address: anybody else on the internet who says
/// that they forward for others is counted like everybody.
ClientOrigin client_of(const crm::sdk::Request& request);

}  // namespace scheduling
