#pragma once
/// What the script of the booking pages begins with. It stands in the page as JSON, holds no secret that the page does
/// not show, and can be left out: the pages work without it.
#include <string>
#include <vector>

#include "plugin/http/month/month_json.hpp"
#include "plugin/http/public/month_view.hpp"

namespace scheduling {

/// For pages whose script needs words only.
std::string booking_data(const PublicTexts& texts);

struct CalendarData {
  const CalendarQuery& query;    ///< as the page was asked for
  const std::string& month_url;  ///< where the script finds other months, in the reader's language
  const SpokenZone& zone;
  Instant now;
  const SlotsIn& slots;
  /// The page may be shown in the zone of the browser: nobody asked for another.
  bool may_detect_zone;
};
/// The same with the month that the page shows. Errors are the service's.
Result<std::string> booking_data(const PublicTexts& texts, const CalendarData& calendar);

/// The service's answers, each window asked for once: the page and its data show the same.
SlotsIn asked_once(SlotsIn slots);

}  // namespace scheduling
