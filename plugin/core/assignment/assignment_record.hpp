#pragma once
/// Who hosts a meeting, by which rule, and what became of everybody else who was considered.
/// Source: behaviour B-10.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/catalog/scheduling_page.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

enum class AssignmentReason : std::uint8_t {
  personal,
  collective,
  owner,         ///< the contact is theirs
  invited,       ///< by an invitation
  turn,          ///< the balance decided, or nobody else could
  priority,      ///< balances were level
  least_recent,  ///< priorities too
  lowest_id,     ///< and nobody had waited longer
  named,         ///< by whoever booked
  reassigned,    ///< handed over later
  rescheduled,   ///< moved, and kept
};
std::string_view name_of(AssignmentReason reason);
std::optional<AssignmentReason> assignment_reason_of(std::string_view name);

enum class ConsideredOutcome : std::uint8_t { chosen, passed_over, skipped };
std::string_view name_of(ConsideredOutcome outcome);
std::optional<ConsideredOutcome> considered_outcome_of(std::string_view name);

struct Considered {
  UserId user{};
  ConsideredOutcome outcome = ConsideredOutcome::chosen;
  std::string reason{};  ///< an AssignmentReason's name; of a skip: the rule, "paused", "inactive_user" or "not_owner"
  std::optional<double> balance{};  ///< that was compared; none: nothing was
  friend bool operator==(const Considered&, const Considered&) = default;
};

struct AssignmentRecord {
  Assignment strategy = Assignment::personal;
  AssignmentReason reason = AssignmentReason::personal;
  std::vector<Considered> considered{};  ///< by user id; empty: the host alone was
  Instant at{};
};

/// What a booking writes into the ledger of its page's turn, about one member.
struct TurnEntry {
  UserId user{};
  double credit = 0;
  bool is_paid = false;  ///< the meeting is theirs
};

}  // namespace scheduling
