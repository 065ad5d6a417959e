#pragma once
/// When can a team meet? Each member's slots by the one function for a host; the team's by union or
/// intersection of their starts.
///
/// Every offer is of the same meeting type; the rules may differ where the type leaves them to the host.
/// Cost:   that of each member, and one merge a member over what was found so far.
/// Source: behaviour B-3, B-10.
#include <cstdint>
#include <span>
#include <vector>

#include "plugin/core/availability/find_slots.hpp"

namespace scheduling {

enum class TeamMode : std::uint8_t {
  any,  ///< round robin: at least one member can take it
  all,  ///< collective: every member can
};

/// The meetings that could start in `window`, earliest first. Nobody can meet with an empty team.
[[nodiscard]] std::vector<TimeRange> team_starts(std::span<const SlotContext> members, TeamMode mode, TimeRange window);

/// True if and only if team_starts() would list it.
[[nodiscard]] bool team_accepts(std::span<const SlotContext> members, TeamMode mode, Instant start);

}  // namespace scheduling
