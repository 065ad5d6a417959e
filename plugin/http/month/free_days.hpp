#pragma once
/// The free starts of a month, sorted by the dates of the booker's zone: what its page and its JSON both show.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/availability/find_slots.hpp"
#include "plugin/core/interval/time_range.hpp"
#include "plugin/core/result.hpp"
#include "plugin/services/wording/localized_time.hpp"

namespace scheduling {

/// Free starts in a window, as the service gives them.
using SlotsIn = std::function<Result<std::vector<TimeRange>>(TimeRange)>;
using FreeDays = std::map<LocalDate, std::vector<TimeRange>>;

/// How far ahead a next month or a first free day is looked for.
inline constexpr std::chrono::days k_look_ahead{100};

struct Month {
  LocalDate first;
  LocalDate last;
};

Month month_of(LocalDate date);
std::string month_text(LocalDate date);  ///< "2025-01"

/// Both dates included; nothing before today. Errors are the service's.
Result<FreeDays> free_days_between(const SpokenZone& zone, Instant now, const SlotsIn& slots, LocalDate from,
                                   LocalDate until);

/// The free starts of a day, and among them `present`, the meeting's own start, which may be offered to nobody.
std::vector<Instant> starts_on(const SpokenZone& zone, LocalDate date, const FreeDays& free,
                               const std::optional<Instant>& present);

}  // namespace scheduling
