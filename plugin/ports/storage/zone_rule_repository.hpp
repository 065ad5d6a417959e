#pragma once
/// What the database knows of zone rules: its own, and which meetings were agreed under others than ours.
///
/// Source: behaviour B-1.
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/meeting_clocks.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/ports/storage/meeting_filter.hpp"

namespace scheduling {

struct DatabaseZone {
  ZoneId zone = ZoneId::utc();
  std::vector<std::chrono::seconds> offsets{};  ///< one for each instant; empty: no such zone there
};

struct ZoneRuleCheckMark {
  std::string zone_data{};  ///< the version that compared all upcoming meetings
  Instant at{};
};

/// An upcoming live meeting and its clocks.
struct UpcomingMeeting {
  MeetingId id{};
  Instant start{};
  std::optional<ContactId> contact{};
  ZoneId attendee_zone = ZoneId::utc();
  MeetingClocks agreed{};
  ClockChange noted{};
};

struct ClockNote {
  MeetingId id{};
  ZoneId host_zone = ZoneId::utc();  ///< the note is void when another host has taken over since
  ClockChange change{};
};

class ZoneRuleRepository {
 public:
  virtual ~ZoneRuleRepository() = default;
  /// One statement, in which the database reads its zone files and keeps them in the connection: a tenth of a
  /// second, and 10 MB there for all zones of choice.
  virtual Result<std::vector<DatabaseZone>> offsets(std::span<const ZoneId> zones,
                                                    std::span<const Instant> instants) = 0;
  virtual Result<std::optional<ZoneRuleCheckMark>> last_check() = 0;
  virtual Done note_check(const ZoneRuleCheckMark& mark) = 0;
  /// By start and id, those after `after`. Meetings whose clocks were never written down are left out.
  virtual Result<std::vector<UpcomingMeeting>> upcoming(const MeetingPosition& after, int count) = 0;
  /// Writes each note and its audit entry where it says something new; gives the meetings it changed.
  virtual Result<std::vector<MeetingId>> note(std::span<const ClockNote> notes, std::string_view zone_data,
                                              Instant now) = 0;
};

}  // namespace scheduling
