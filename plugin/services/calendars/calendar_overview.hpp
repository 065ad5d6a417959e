#pragma once
/// How all connected accounts fare, for administrators.
///
/// Thread: any. Source: behaviour B-9.
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/calendar/calendar_connection.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

struct CalendarHealth {
  ConnectionCounts counts{};
  std::vector<std::string> owners{};  ///< names, in the order of counts.first
};

class CalendarOverview {
 public:
  CalendarOverview(Transactions& transactions, const SettingsSource& settings, const Clock& clock)
      : transactions_(transactions), settings_(settings), clock_(clock) {}

  /// Looks now.
  Done refresh();
  /// What refresh() saw last in this instance, without a query; none: it was never called.
  std::optional<CalendarHealth> last_health() const;

 private:
  Transactions& transactions_;
  const SettingsSource& settings_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::optional<CalendarHealth> last_;
};

}  // namespace scheduling
