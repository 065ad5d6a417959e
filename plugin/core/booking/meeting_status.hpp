#pragma once
/// The states of a meeting (B-7) and the ways between them.
#include <cstdint>
#include <optional>
#include <string_view>

namespace scheduling {

enum class MeetingStatus : std::uint8_t {
  scheduled,
  pending,  ///< holds the slot until the host confirms
  completed,
  no_show,
  cancelled,    ///< also declined or expired, with the reason
  rescheduled,  ///< the old half of a move
};

std::string_view name_of(MeetingStatus status);
std::optional<MeetingStatus> meeting_status_of(std::string_view name);

/// Occupies its host: scheduled, pending.
constexpr bool is_live(MeetingStatus status) {
  return status == MeetingStatus::scheduled || status == MeetingStatus::pending;
}
/// Counts against daily and weekly limits (B-6): the live ones, completed and no_show.
constexpr bool counts_for_limits(MeetingStatus status) {
  return is_live(status) || status == MeetingStatus::completed || status == MeetingStatus::no_show;
}
/// A live meeting may end in any way; an outcome may be corrected; the rest is final.
bool may_become(MeetingStatus from, MeetingStatus to);

}  // namespace scheduling
