#pragma once
/// The month with its free days, and the free times of the chosen day. Plain links, so it works without
/// script and with a keyboard.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/availability/find_slots.hpp"
#include "plugin/http/public/prefill.hpp"
#include "plugin/http/wording/public_texts.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"

namespace scheduling {

/// Free starts in a window, as the service gives them.
using SlotsIn = std::function<Result<std::vector<TimeRange>>(TimeRange)>;

/// What the reader asked for in the query.
struct CalendarQuery {
  std::string path;                ///< every link leads here
  QueryParameters kept;            ///< carried through every link and the zone form, without timezone
  std::string month;               ///< "2025-01"; empty: the first with free times
  std::string date;                ///< "2025-01-15"; empty: the first free day when no month was asked for
  std::optional<Instant> current;  ///< the start that the meeting has already
  std::vector<ZoneId> own_zones;   ///< of the page and the meeting: offered first
  bool has_all_zones = false;      ///< the chooser offers every zone there is
};

/// "?zones=all": the reader's own zone is none of the few that every page offers.
inline constexpr std::string_view k_zones = "zones";
inline constexpr std::string_view k_all_zones = "all";

/// Fills the `calendar` template's values. Errors are the service's.
Result<View> calendar_view(const PublicTexts& texts, const SpokenZone& zone, Instant now, const CalendarQuery& query,
                           const SlotsIn& slots);

/// Links with date and time, for free starts anywhere.
View::List alternative_links(const PublicTexts& texts, const SpokenZone& zone, const CalendarQuery& query,
                             const std::vector<Instant>& starts);

}  // namespace scheduling
