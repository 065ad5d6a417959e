#pragma once
/// What the clocks on both sides of a meeting were to show at its start. Zone rules change after a meeting
/// was agreed; its instant stays, and what then differs is told to the people who agreed on a wall time.
///
/// Source: behaviour B-1.
#include <chrono>
#include <optional>
#include <string>

#include "plugin/core/time/zone_id.hpp"
#include "plugin/core/time/zone_rules.hpp"

namespace scheduling {

/// Wall time minus UTC at the meeting's start, as it was when the meeting was agreed. The attendee's zone
/// is the meeting's own.
struct MeetingClocks {
  ZoneId host_zone = ZoneId::utc();
  std::chrono::minutes host_offset{0};
  std::chrono::minutes attendee_offset{0};
  friend bool operator==(const MeetingClocks&, const MeetingClocks&) = default;
};

/// What a side's clock shows instead; none: what was agreed.
struct ClockChange {
  std::optional<std::chrono::minutes> host_offset{};
  std::optional<std::chrono::minutes> attendee_offset{};
  friend bool operator==(const ClockChange&, const ClockChange&) = default;
  explicit operator bool() const { return host_offset || attendee_offset; }
};

/// A change with the rules that made it.
struct NotedClockChange {
  ClockChange change;
  std::string zone_data;  ///< "2026f"
};

inline std::chrono::minutes clock_offset(const ZoneRules& rules, Instant start) {
  return std::chrono::floor<std::chrono::minutes>(rules.offset_at(start));
}

inline WallTime wall_of(Instant start, std::chrono::minutes offset) {
  return WallTime{(start + offset).time_since_epoch()};
}

/// Null rules: that side's zone cannot be read now, and nothing is said about it.
ClockChange clock_change(const MeetingClocks& agreed, Instant start, const ZoneRules* host, const ZoneRules* attendee);

}  // namespace scheduling
