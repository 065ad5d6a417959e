#include "plugin/core/assignment/assignment_record.hpp"

#include <utility>

namespace scheduling {
namespace {

constexpr std::array k_reasons = {
    std::pair{AssignmentReason::personal, std::string_view("personal")},
    std::pair{AssignmentReason::collective, std::string_view("collective")},
    std::pair{AssignmentReason::owner, std::string_view("owner")},
    std::pair{AssignmentReason::invited, std::string_view("invited")},
    std::pair{AssignmentReason::turn, std::string_view("turn")},
    std::pair{AssignmentReason::priority, std::string_view("priority")},
    std::pair{AssignmentReason::least_recent, std::string_view("least_recent")},
    std::pair{AssignmentReason::lowest_id, std::string_view("lowest_id")},
    std::pair{AssignmentReason::named, std::string_view("named")},
    std::pair{AssignmentReason::reassigned, std::string_view("reassigned")},
    std::pair{AssignmentReason::rescheduled, std::string_view("rescheduled")},
};
constexpr std::array k_outcomes = {
    std::pair{ConsideredOutcome::chosen, std::string_view("chosen")},
    std::pair{ConsideredOutcome::passed_over, std::string_view("passed_over")},
    std::pair{ConsideredOutcome::skipped, std::string_view("skipped")},
};

template <class Names, class Value>
std::string_view name_in(const Names& names, Value value) {
  for (const auto& [each, name] : names)
    if (each == value) return name;
  return {};
}

template <class Names>
auto value_in(const Names& names, std::string_view wanted) {
  using Value = typename Names::value_type::first_type;
  for (const auto& [each, name] : names)
    if (name == wanted) return std::optional<Value>(each);
  return std::optional<Value>{};
}

}  // namespace

std::string_view name_of(AssignmentReason reason) {
  return name_in(k_reasons, reason);
}

std::optional<AssignmentReason> assignment_reason_of(std::string_view name) {
  return value_in(k_reasons, name);
}

std::string_view name_of(ConsideredOutcome outcome) {
  return name_in(k_outcomes, outcome);
}

std::optional<ConsideredOutcome> considered_outcome_of(std::string_view name) {
  return value_in(k_outcomes, name);
}

}  // namespace scheduling
