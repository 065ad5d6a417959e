#pragma once
/// A TCP port that this process listens on and shares with nobody.
///
/// Errors: `invalid` with a sentence for administrators: taken, not permitted, no such address.
#include <string>

#include "crm/sdk/outcome.hpp"
#include "reference_host/network/owned_descriptor.hpp"

namespace crm::app {

class ListeningSocket {
 public:
  /// `address`: numeric. `port` 0: a free one. Listens at once, because only a port that is listened on is refused
  /// to others.
  static sdk::Outcome<ListeningSocket> open(const std::string& address, int port);

  int fd() const { return fd_.get(); }
  int port() const { return port_; }  ///< the one that is bound
  const std::string& address() const { return address_; }
  /// "127.0.0.1:8080", "[::1]:8080"
  std::string text() const;

 private:
  OwnedDescriptor fd_;
  std::string address_;
  int port_ = 0;
};

}  // namespace crm::app
