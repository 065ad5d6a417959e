#pragma once
/// Devices that logged in before, recognised by a sealed cookie, so that strangers who guess a password hold up
/// strangers only.
///
/// The cookie opens nothing: it says on which accounts the device may try as often as if nobody else did. It ends for
/// an account when its password changes. Thread: any.
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/services.hpp"

namespace crm::app {

constexpr std::string_view k_device_cookie = "crm_device";
constexpr std::size_t k_device_users_max = 8;  ///< accounts that one device remembers, latest first

struct KnownDevice {
  std::string id;       ///< random, the same for as long as the device keeps its cookie
  sdk::Micros since{};  ///< when it last logged in as this user
};

class KnownDevices {
 public:
  explicit KnownDevices(sdk::Secrets& secrets) : secrets_(secrets) {}
  /// Whether `cookie` is ours and `user` logged in there. An altered cookie, or one of another key file, says nothing.
  std::optional<KnownDevice> find(std::string_view cookie, sdk::UserId user) const;
  /// The cookie after `user` logged in now.
  sdk::Outcome<std::string> remember(std::string_view cookie, sdk::UserId user, sdk::Micros now);

 private:
  std::string opened(std::string_view cookie) const;
  sdk::Secrets& secrets_;
};

}  // namespace crm::app
