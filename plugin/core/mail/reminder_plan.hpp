#pragma once
/// Which reminders a meeting gets (B-11).
#include <chrono>
#include <vector>

#include "plugin/core/time/instant.hpp"

namespace scheduling {

/// Those of `offsets` whose time before `start` is still to come at `now`: who books an hour before needs no mail that
/// says "tomorrow". Longest first, each once.
std::vector<std::chrono::minutes> plan_reminders(std::vector<std::chrono::minutes> offsets, Instant start, Instant now);

}  // namespace scheduling
