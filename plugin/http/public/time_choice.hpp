#pragma once
/// Choosing another time inside the form, so that what was typed goes along: the free times of one day as radio
/// buttons, none of them chosen, and the other free days.
#include <optional>
#include <vector>

#include "plugin/http/public/month_view.hpp"

namespace scheduling {

struct TimeChoice {
  std::optional<LocalDate> wanted;  ///< none: the first free day
  std::vector<Instant> nearest;     ///< offered when the wanted day has no free time
};

/// Values for the `details` template. Errors are the service's.
Result<View> time_choice(const PublicTexts& texts, const SpokenZone& zone, Instant now, const TimeChoice& choice,
                         const SlotsIn& slots);

}  // namespace scheduling
