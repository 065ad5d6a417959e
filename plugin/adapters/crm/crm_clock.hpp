#pragma once
#include <chrono>

#include "crm/sdk/services.hpp"
#include "plugin/ports/crm/clock.hpp"

namespace scheduling {

class CrmClock final : public Clock {
 public:
  explicit CrmClock(crm::sdk::Clock& clock) : clock_(clock) {}
  Instant now() const noexcept override { return std::chrono::floor<std::chrono::seconds>(clock_.now()); }

 private:
  crm::sdk::Clock& clock_;
};

}  // namespace scheduling
