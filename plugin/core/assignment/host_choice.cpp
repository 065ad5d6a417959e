#include "plugin/core/assignment/host_choice.hpp"

#include <algorithm>

namespace scheduling {
namespace {

constexpr std::string_view k_paused = "paused";
constexpr std::string_view k_inactive_user = "inactive_user";
constexpr std::string_view k_not_owner = "not_owner";

/// What the rules say of each member, and who is left.
struct Judged {
  HostChoice choice;
  std::vector<const PageMember*> free;
};

Judged judge(const PageMembers& members, std::span<const SlotContext> contexts, Instant start) {
  Judged judged;
  auto context = contexts.begin();
  for (const PageMember& member : members) {
    Considered& considered = judged.choice.record.considered.emplace_back();
    considered.user = member.user;
    considered.outcome = ConsideredOutcome::skipped;
    if (const auto absence = absence_of(member)) {
      considered.reason = *absence;
      continue;
    }
    if (const auto reason = check_slot(*context++, start)) {
      considered.reason = name_of(*reason);
      note_refusal(judged.choice, *reason);
      continue;
    }
    considered.outcome = ConsideredOutcome::passed_over;
    judged.free.push_back(&member);
  }
  return judged;
}

Considered& considered_of(HostChoice& choice, UserId user) {
  return *std::ranges::find(choice.record.considered, user, &Considered::user);
}

/// Who could take it, and may not.
void skip_free(HostChoice& choice, const std::vector<const PageMember*>& free) {
  if (choice.rule.empty()) choice.rule = k_not_owner;
  for (const PageMember* member : free) {
    Considered& considered = considered_of(choice, member->user);
    considered.outcome = ConsideredOutcome::skipped;
    considered.reason = k_not_owner;
  }
}

std::vector<TurnCandidate> candidates_of(const std::vector<const PageMember*>& free,
                                         std::span<const TurnStanding> standings) {
  std::vector<TurnCandidate> candidates;
  for (const PageMember* member : free) {
    const auto standing = std::ranges::find(standings, member->user, &TurnStanding::user);
    TurnCandidate& candidate = candidates.emplace_back(member->user, member->weight, member->priority, 0, 0);
    if (standing == standings.end()) continue;
    candidate.balance = standing->balance;
    candidate.last_assigned = standing->last_assigned;
  }
  return candidates;
}

}  // namespace

void note_refusal(HostChoice& choice, UnavailableReason reason) {
  if (choice.rule.empty()) choice.rule = name_of(reason);
  if (code_of(reason) == Code::slot_taken) choice.refusal = Code::slot_taken;
}

std::optional<std::string_view> absence_of(const PageMember& member) {
  if (member.has_left) return k_inactive_user;
  if (!member.is_active) return k_paused;
  return std::nullopt;
}

HostChoice choose_in_turn(const PageMembers& members, std::span<const SlotContext> contexts,
                          std::span<const TurnStanding> standings, Instant start, Credits credits,
                          std::optional<PreferredOwner> first) {
  Judged judged = judge(members, contexts, start);
  HostChoice& choice = judged.choice;
  choice.record.strategy = Assignment::round_robin;
  if (judged.free.empty()) return std::move(choice);
  const std::vector<TurnCandidate> candidates = candidates_of(judged.free, standings);
  TurnChoice taken = choose_by_turn(candidates, credits);
  bool is_counted = credits == Credits::given;
  const auto owner = first ? std::ranges::find(candidates, first->owner, &TurnCandidate::user) : candidates.end();
  if (first && first->is_alone && owner == candidates.end()) {
    skip_free(choice, judged.free);
    choice.refusal = Code::owner_only;
    return std::move(choice);
  }
  if (owner != candidates.end()) {
    taken.chosen = static_cast<std::size_t>(owner - candidates.begin());
    const AssignmentReason reason = first->is_invited ? AssignmentReason::invited : AssignmentReason::owner;
    for (TurnResult& result : taken.results) result.reason = reason;
    is_counted = is_counted && first->is_counted;
    // Whom the ledger counts as a candidate was one; else nobody but the owner was asked.
    if (first->is_alone && !is_counted) skip_free(choice, judged.free);
  }
  const bool is_compared = owner == candidates.end() || is_counted;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const TurnResult& result = taken.results[i];
    const bool is_chosen = i == taken.chosen;
    Considered& considered = considered_of(choice, candidates[i].user);
    if (considered.outcome == ConsideredOutcome::skipped && !is_chosen) continue;
    considered.reason = name_of(result.reason);
    if (is_compared) considered.balance = result.balance;
    if (is_chosen) considered.outcome = ConsideredOutcome::chosen;
    if (is_counted) choice.turn.push_back({candidates[i].user, result.credit, is_chosen});
  }
  choice.hosts = {candidates[taken.chosen].user};
  choice.record.reason = taken.results[taken.chosen].reason;
  return std::move(choice);
}

HostChoice choose_all(const PageMembers& members, std::span<const SlotContext> contexts, Instant start) {
  Judged judged = judge(members, contexts, start);
  HostChoice& choice = judged.choice;
  choice.record.strategy = Assignment::collective;
  choice.record.reason = AssignmentReason::collective;
  if (judged.free.empty() || judged.free.size() != contexts.size()) return std::move(choice);
  for (const PageMember* member : judged.free) {
    choice.hosts.push_back(member->user);
    Considered& considered = considered_of(choice, member->user);
    considered.outcome = ConsideredOutcome::chosen;
    considered.reason = name_of(AssignmentReason::collective);
  }
  return std::move(choice);
}

HostChoice choose_only(UserId host, const SlotContext& context, Instant start, AssignmentReason reason) {
  HostChoice choice;
  choice.record.reason = reason;
  if (const auto refused = check_slot(context, start))
    note_refusal(choice, *refused);
  else
    choice.hosts = {host};
  return choice;
}

}  // namespace scheduling
