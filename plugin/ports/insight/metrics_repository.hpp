#pragma once
/// Figures about meetings, counted by the database.
///
/// Each call is one statement and one figure. Its rows are the total and, where a group is asked for, one for each key
/// that has something to count.
/// Source: interface "Contacts, suggestions, privacy".
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

enum class MetricsGroup : std::uint8_t { month, page, meeting_type, host, source };

struct MetricsScope {
  Instant from = k_instant_min;
  Instant until = k_instant_end;  ///< exclusive
  std::optional<UserId> host{};   ///< absent: everybody's
  std::optional<MetricsGroup> group{};
  std::string timezone = "UTC";  ///< in which months begin
  Instant now{};
};

/// What one figure says about one key; absent key: about all.
template <class Figure>
struct OfKey {
  std::optional<std::string> key;
  Figure figure;
};
template <class Figure>
using OfKeys = std::vector<OfKey<Figure>>;

struct LeadTime {
  std::optional<double> mean{};  ///< hours; none: nothing was booked
  std::optional<double> median{};
};

struct NoShows {
  std::int64_t no_shows = 0;
  std::int64_t held = 0;
  std::int64_t due = 0;
  std::int64_t with_outcome = 0;
};

struct RequestCounts {
  std::int64_t made = 0;
  std::int64_t confirmed = 0;
  std::int64_t declined = 0;
  std::int64_t expired = 0;
};

/// Somebody who is met on an active page.
struct CalendarUser {
  std::string key;  ///< of the group; empty where the group has nothing to do with users
  UserId user{};
  bool is_connected = false;
};

class MetricsRepository {
 public:
  virtual ~MetricsRepository() = default;
  /// First bookings, by creation.
  virtual Result<OfKeys<std::int64_t>> booked(const MetricsScope& scope) = 0;
  virtual Result<OfKeys<LeadTime>> lead_time(const MetricsScope& scope) = 0;
  virtual Result<OfKeys<NoShows>> no_shows(const MetricsScope& scope) = 0;
  virtual Result<OfKeys<std::int64_t>> cancelled(const MetricsScope& scope) = 0;
  virtual Result<OfKeys<std::int64_t>> rescheduled(const MetricsScope& scope) = 0;
  virtual Result<OfKeys<RequestCounts>> requests(const MetricsScope& scope) = 0;
  /// As things stand now, whatever the scope's time. Who is no active user any more is the caller's to leave out.
  virtual Result<std::vector<CalendarUser>> calendar_users(const MetricsScope& scope) = 0;
  /// Keys of pages or meeting types and their names.
  virtual Result<std::vector<std::pair<std::string, std::string>>> names(MetricsGroup group,
                                                                         const std::vector<std::string>& keys) = 0;
};

}  // namespace scheduling
