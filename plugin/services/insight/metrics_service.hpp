#pragma once
/// The figures of scheduling: what was booked, who came, and how well calendars are connected.
///
/// Dates are days of the organisation's zone (module setting), inclusive. A rep sees their own figures, an admin
/// everybody's or one host's.
/// Thread: any. Source: interface "Contacts, suggestions, privacy".
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/time/local_time.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/insight/metrics_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/actor.hpp"

namespace scheduling {

struct MetricsRequest {
  std::optional<LocalDate> from{};  ///< absent: since the beginning
  std::optional<LocalDate> to{};    ///< absent: without an end
  std::optional<UserId> host{};
  std::optional<MetricsGroup> group{};
};

/// Users who are met on active pages, and how many of them connected a calendar.
struct CalendarConnectionRate {
  std::int64_t connected = 0;
  std::int64_t active_users = 0;
};

struct Figures {
  std::int64_t meetings_booked = 0;
  NoShows no_shows{};
  LeadTime lead_time{};
  CalendarConnectionRate calendar_connection{};
  std::int64_t cancelled = 0;
  std::int64_t rescheduled = 0;
  RequestCounts requests{};
};

struct MonthBooked {
  std::string month;  ///< "2026-01"
  std::int64_t meetings_booked = 0;
};

struct FiguresOfGroup {
  std::string key;
  std::string label;  ///< the key where it has no name of its own
  Figures figures{};
};

struct Metrics {
  Figures total{};
  std::vector<MonthBooked> by_month{};   ///< every month of a span of at most ten years, also those without bookings
  std::vector<FiguresOfGroup> groups{};  ///< months in order, others with the most bookings first
};

class MetricsService {
 public:
  MetricsService(Transactions& transactions, const ZoneSource& zones, const SettingsSource& settings,
                 const Clock& clock)
      : transactions_(transactions), zones_(zones), settings_(settings), clock_(clock) {}

  /// Errors: not_found for a rep who asks for another's; invalid_input naming `to` when it lies before `from`.
  Result<Metrics> metrics(const Actor& actor, const MetricsRequest& request);

 private:
  Result<Metrics> count(Transaction& transaction, const MetricsScope& scope, const MetricsRequest& request) const;

  Transactions& transactions_;
  const ZoneSource& zones_;
  const SettingsSource& settings_;
  const Clock& clock_;
};

}  // namespace scheduling
