#include "plugin/core/assignment/turn.hpp"

#include <algorithm>
#include <numeric>

namespace scheduling {
namespace {

using Places = std::vector<std::size_t>;

/// Keeps those whose value is the greatest. The others lost by `reason`.
template <class ValueOf>
void keep_greatest(Places& left, std::vector<TurnResult>& results, AssignmentReason reason, double tolerance,
                   ValueOf value_of) {
  double greatest = value_of(left.front());
  for (const std::size_t place : left) greatest = std::max(greatest, value_of(place));
  Places kept;
  for (const std::size_t place : left) {
    if (value_of(place) >= greatest - tolerance)
      kept.push_back(place);
    else
      results[place].reason = reason;
  }
  left.swap(kept);
}

}  // namespace

TurnChoice choose_by_turn(std::span<const TurnCandidate> candidates, Credits credits) {
  std::int64_t weights = 0;
  for (const TurnCandidate& each : candidates) weights += each.weight;
  TurnChoice choice;
  for (const TurnCandidate& each : candidates) {
    const double credit =
        credits == Credits::given ? static_cast<double>(each.weight) / static_cast<double>(weights) : 0;
    choice.results.push_back({credit, each.balance + credit, AssignmentReason::turn});
  }
  Places left(candidates.size());
  std::iota(left.begin(), left.end(), std::size_t{0});
  AssignmentReason decided = AssignmentReason::turn;
  const auto narrow = [&](AssignmentReason reason, double tolerance, auto value_of) {
    if (left.size() == 1 && reason != AssignmentReason::turn) return;
    keep_greatest(left, choice.results, reason, tolerance, value_of);
    decided = reason;
  };
  narrow(AssignmentReason::turn, k_level, [&](std::size_t place) { return choice.results[place].balance; });
  narrow(AssignmentReason::priority, 0,
         [&](std::size_t place) { return static_cast<double>(candidates[place].priority); });
  narrow(AssignmentReason::least_recent, 0,
         [&](std::size_t place) { return -static_cast<double>(candidates[place].last_assigned); });
  narrow(AssignmentReason::lowest_id, 0,
         [&](std::size_t place) { return -static_cast<double>(candidates[place].user.value); });
  choice.chosen = left.front();
  choice.results[choice.chosen].reason = decided;
  return choice;
}

}  // namespace scheduling
