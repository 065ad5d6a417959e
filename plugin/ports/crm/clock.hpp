#pragma once
/// The only source of "now" for rules and stored times (B-13).
#include "plugin/core/time/instant.hpp"

namespace scheduling {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Thread: any. Whole seconds, rounded down.
  virtual Instant now() const noexcept = 0;
};

}  // namespace scheduling
