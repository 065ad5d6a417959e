#include "plugin/services/booking/network_watch.hpp"

namespace scheduling {
namespace {

constexpr std::chrono::hours k_remembered{24};

}  // namespace

void NetworkWatch::saw_proxy(const std::string& network, Instant now) {
  const std::lock_guard lock(mutex_);
  if (!seen_ || seen_->network != network)
    seen_ = Sighting{network, now, std::nullopt};
  else
    seen_->last = now;
}

void NetworkWatch::saw_excess(const std::string& network, Instant now) {
  const std::lock_guard lock(mutex_);
  if (seen_ && seen_->network == network) seen_->exceeded = now;
}

std::optional<NetworkWatch::Sighting> NetworkWatch::sighting(Instant now) const {
  const std::lock_guard lock(mutex_);
  if (!seen_ || seen_->last <= now - k_remembered || seen_->last > now + k_remembered) return std::nullopt;
  return seen_;
}

}  // namespace scheduling
