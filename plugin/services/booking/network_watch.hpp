#pragma once
/// What this instance saw of clients whose network nobody knows: a proxy that the CRM was not told to trust speaks for
/// all of them, so the limits of a network do not hold, and administrators are told instead.
///
/// Thread: any.
#include <mutex>
#include <optional>
#include <string>

#include "plugin/core/time/instant.hpp"

namespace scheduling {

class NetworkWatch {
 public:
  struct Sighting {
    std::string network;              ///< of the proxy
    Instant last{};                   ///< when it was seen
    std::optional<Instant> exceeded;  ///< when it last went over a limit of networks
  };
  void saw_proxy(const std::string& network, Instant now);
  void saw_excess(const std::string& network, Instant now);
  /// The latest, of the last 24 hours before `now`.
  std::optional<Sighting> sighting(Instant now) const;

 private:
  mutable std::mutex mutex_;
  std::optional<Sighting> seen_;
};

}  // namespace scheduling
