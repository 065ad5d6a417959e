#pragma once
/// Whose turn is it? Smooth weighted round robin over those who could take a start.
///
/// Each candidate is credited weight / sum of the candidates' weights; the one whose balance is then greatest is chosen
/// and pays 1. So the balances of all candidates together stay what they were, who is away earns nothing, and over time
/// each gets their share of the bookings that they could have taken.
/// Purity: no clock, no I/O. Source: behaviour B-10.
#include <cstdint>
#include <span>
#include <vector>

#include "plugin/core/assignment/assignment_record.hpp"
#include "plugin/core/ids.hpp"

namespace scheduling {

/// Balances nearer to each other than this are level: they are sums of fractions.
inline constexpr double k_level = 1e-9;

struct TurnCandidate {
  UserId user{};
  std::int64_t weight = 1;
  std::int64_t priority = 0;
  double balance = 0;              ///< before this booking
  std::int64_t last_assigned = 0;  ///< number of the last assignment that still stands, rising; 0: none
};

/// How one of them came out.
struct TurnResult {
  double credit = 0;                                 ///< what the booking gives them
  double balance = 0;                                ///< what was compared: after the credit, before the payment
  AssignmentReason reason = AssignmentReason::turn;  ///< of the chosen one: what decided; of others: what they lost by
};

struct TurnChoice {
  std::size_t chosen = 0;  ///< the place among the candidates
  std::vector<TurnResult> results{};
};

enum class Credits { given, none };  ///< none: a payment moves to somebody else, and nothing is earned by it

/// `candidates` is not empty.
TurnChoice choose_by_turn(std::span<const TurnCandidate> candidates, Credits credits);

}  // namespace scheduling
