#pragma once
/// Which meetings a list holds, in which order, and after which one it goes on.
#include <cstdint>
#include <optional>
#include <string>

#include "plugin/core/booking/meeting_status.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

/// Which meetings, seen from now: one is past when it has ended.
enum class MeetingTime : std::uint8_t { any, upcoming, past };
enum class MeetingOrder : std::uint8_t { oldest_first, newest_first };

struct MeetingFilter {
  std::optional<UserId> host{};  ///< absent: everybody's, for admins
  Instant from = k_instant_min;
  Instant until = k_instant_end;  ///< exclusive
  std::optional<MeetingStatus> status{};
  std::optional<MeetingTypeId> type{};
  std::optional<std::string> text{};  ///< part of the attendee's name or address
  MeetingTime time = MeetingTime::any;
  Instant now{};                    ///< of `time`
  bool needs_reassignment = false;  ///< ahead, and its host left or its contact went to another owner
  MeetingOrder order = MeetingOrder::oldest_first;
};

struct MeetingPosition {
  Instant start = k_instant_min;
  MeetingId id{};
};

}  // namespace scheduling
