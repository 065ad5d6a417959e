#include "plugin/core/assignment/team_slots.hpp"

#include <algorithm>
#include <iterator>

namespace scheduling {

std::vector<TimeRange> team_starts(std::span<const SlotContext> members, TeamMode mode, TimeRange window) {
  if (members.empty()) return {};
  std::vector<TimeRange> found = find_slots(members.front(), window);
  std::vector<TimeRange> merged;
  for (const SlotContext& member : members.subspan(1)) {
    if (mode == TeamMode::all && found.empty()) break;
    const std::vector<TimeRange> theirs = find_slots(member, window);
    merged.clear();
    if (mode == TeamMode::any)
      std::ranges::set_union(found, theirs, std::back_inserter(merged));
    else
      std::ranges::set_intersection(found, theirs, std::back_inserter(merged));
    found.swap(merged);
  }
  return found;
}

bool team_accepts(std::span<const SlotContext> members, TeamMode mode, Instant start) {
  const auto accepts = [start](const SlotContext& member) { return !check_slot(member, start); };
  if (mode == TeamMode::any) return std::ranges::any_of(members, accepts);
  return !members.empty() && std::ranges::all_of(members, accepts);
}

}  // namespace scheduling
