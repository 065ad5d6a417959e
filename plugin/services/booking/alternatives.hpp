#pragma once
/// Free starts to offer instead of one that was refused.
#include <functional>
#include <vector>

#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/error.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/services/availability/availability_service.hpp"

namespace scheduling {

/// True for the refusals that come with alternatives (B-7, B-10).
bool has_alternatives(const Error& refusal);

/// The nearest few to `near`, earliest first: within some days, else within two months. Empty when there are none or
/// they cannot be read: whoever was refused learns of the refusal all the same.
std::vector<Instant> alternatives_near(AvailabilityService& availability, const Clock& clock,
                                       const BookingTarget& target, Instant near);
/// `slots(window)`: where the meeting could be.
std::vector<Instant> alternatives_near(const Clock& clock, Instant near,
                                       const std::function<Result<std::vector<TimeRange>>(TimeRange)>& slots);

}  // namespace scheduling
