#include "plugin/services/assignment/moved_hosts.hpp"

#include <algorithm>

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/turn_repository.hpp"

namespace scheduling {
namespace {

constexpr std::string_view k_overtaken = "the host's time was taken meanwhile";

/// As the database has it now.
Result<std::vector<SlotContext>> contexts_now(Transaction& transaction, const AssignmentParts& parts,
                                              const MeetingDetails& details, std::span<const UserId> hosts,
                                              Instant start) {
  std::vector<SlotContext> contexts;
  for (const UserId host : hosts) {
    auto context =
        parts.availability.load_slot_context(transaction, details.type, host, moment_of(start), details.meeting.id);
    if (!context) return fail(std::move(context.error()));
    contexts.push_back(std::move(*context));
  }
  return contexts;
}

DecidedHosts keep_hosts(const MeetingDetails& details, std::vector<SlotContext> contexts, Instant start) {
  DecidedHosts decided;
  decided.choice.record.strategy = strategy_of(details);
  decided.choice.record.reason = AssignmentReason::rescheduled;
  for (const SlotContext& context : contexts)
    if (const auto refused = check_slot(context, start)) note_refusal(decided.choice, *refused);
  if (!decided.choice.rule.empty()) return decided;
  decided.choice.hosts = hosts_of(details.meeting);
  if (decided.choice.hosts.size() > 1)
    for (const UserId host : decided.choice.hosts)
      decided.choice.record.considered.push_back(
          {host, ConsideredOutcome::chosen, std::string(name_of(AssignmentReason::rescheduled)), {}});
  decided.contexts = std::move(contexts);
  return decided;
}

/// The members as a booking would see them, the present host among the skipped ones.
Result<DecidedHosts> take_over(Transaction& transaction, const AssignmentParts& parts, const MeetingDetails& details,
                               const DecidedHosts& kept, Instant start) {
  const PageMembers& members = details.page->content.members;
  auto contexts = contexts_now(transaction, parts, details, serving(members), start);
  if (!contexts) return fail(std::move(contexts.error()));
  auto turns = transaction.turns().members(details.page->id);
  if (!turns) return fail(std::move(turns.error()));
  DecidedHosts decided{choose_in_turn(members, *contexts, standings_of(*turns), start, Credits::none), {}};
  if (decided.choice.hosts.empty()) {
    if (kept.choice.refusal == Code::slot_taken) decided.choice.refusal = Code::slot_taken;
    return decided;
  }
  decided.choice.record.reason = AssignmentReason::reassigned;
  return decided;
}

}  // namespace

bool is_overtaken(const Error& error) {
  return error.code == Code::conflict && error.detail == k_overtaken;
}

Result<DecidedHosts> moved_hosts(Transaction& transaction, const AssignmentParts& parts, const MeetingDetails& details,
                                 Instant start) {
  const std::vector<UserId> hosts = hosts_of(details.meeting);
  const bool may_change_hosts = !successors_of(details).empty();
  if (!may_change_hosts) {
    if (auto locked = transaction.meetings().lock_hosts(hosts); !locked) return fail(std::move(locked.error()));
    auto contexts = contexts_now(transaction, parts, details, hosts, start);
    if (!contexts) return fail(std::move(contexts.error()));
    return keep_hosts(details, std::move(*contexts), start);
  }
  if (auto locked = transaction.turns().lock(details.page->id); !locked) return fail(std::move(locked.error()));
  auto contexts = contexts_now(transaction, parts, details, hosts, start);
  if (!contexts) return fail(std::move(contexts.error()));
  DecidedHosts decided = keep_hosts(details, std::move(*contexts), start);
  if (decided.choice.hosts.empty()) {
    auto other = take_over(transaction, parts, details, decided, start);
    if (!other || other->choice.hosts.empty()) return other;
    decided = std::move(*other);
  }
  // One host's lock, and what it says; who was looked at without it may have been booked meanwhile.
  if (auto locked = transaction.meetings().lock_hosts(decided.choice.hosts); !locked)
    return fail(std::move(locked.error()));
  auto again = contexts_now(transaction, parts, details, decided.choice.hosts, start);
  if (!again) return fail(std::move(again.error()));
  if (check_slot(again->front(), start)) return fail(Code::conflict, std::string(k_overtaken));
  decided.contexts = std::move(*again);
  return decided;
}

}  // namespace scheduling
