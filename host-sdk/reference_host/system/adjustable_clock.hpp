#pragma once
/// The CRM's clock: real, or frozen and moved by hand in development. Thread: any.
#include <atomic>
#include <optional>

#include "crm/sdk/services.hpp"

namespace crm::app {

class AdjustableClock final : public sdk::Clock {
 public:
  explicit AdjustableClock(std::optional<sdk::Micros> fixed_now = {});
  sdk::Micros now() const noexcept override;
  /// Freezes the clock at `now`.
  void set(sdk::Micros now) noexcept;

 private:
  std::atomic<std::int64_t> fixed_micros_;  ///< INT64_MIN: not frozen
};

}  // namespace crm::app
