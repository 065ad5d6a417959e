#include "plugin/core/mail/reminder_plan.hpp"

#include <algorithm>
#include <functional>

namespace scheduling {

std::vector<std::chrono::minutes> plan_reminders(std::vector<std::chrono::minutes> offsets, Instant start,
                                                 Instant now) {
  std::erase_if(offsets, [&](std::chrono::minutes offset) { return start - offset <= now; });
  std::ranges::sort(offsets, std::greater{});
  const auto repeated = std::ranges::unique(offsets);
  offsets.erase(repeated.begin(), repeated.end());
  return offsets;
}

}  // namespace scheduling
