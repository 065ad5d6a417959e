#include "plugin/services/teams/meeting_handover.hpp"

#include <algorithm>

#include "plugin/core/assignment/host_choice.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/turn_repository.hpp"
#include "plugin/services/assignment/host_freedom.hpp"
#include "plugin/services/booking/status_transition.hpp"
#include "plugin/services/meeting/activity_entry.hpp"
#include "plugin/services/meeting/contact_meetings.hpp"
#include "plugin/services/meeting/meeting_zones.hpp"

namespace scheduling {
namespace {

/// What was noted about the former host's clock is nothing to the new one's.
void take_clocks(Meeting& meeting, std::optional<MeetingClocks> clocks) {
  meeting.clocks = std::move(clocks);
  if (meeting.clock_change) meeting.clock_change->change.host_offset.reset();
  if (!meeting.clocks || (meeting.clock_change && !meeting.clock_change->change)) meeting.clock_change.reset();
}

/// Who leaves the meeting.
Result<UserId> leaving(const Meeting& meeting, const HandoverCommand& command) {
  if (!command.from) {
    if (meeting.other_hosts.empty()) return meeting.host;
    return fail(invalid_field("from_user_id", "required", "This meeting has several hosts: say who leaves it."));
  }
  if (!is_hosted_by(meeting, *command.from))
    return fail(invalid_field("from_user_id", "invalid_option", "This user does not host the meeting."));
  return *command.from;
}

AssignmentRecord record_of(const MeetingDetails& details, UserId from, UserId to) {
  AssignmentRecord record;
  record.strategy = strategy_of(details);
  record.reason = AssignmentReason::reassigned;
  const std::string reassigned(name_of(AssignmentReason::reassigned));
  for (const UserId host : hosts_of(details.meeting))
    record.considered.push_back({host,
                                 ConsideredOutcome::chosen,
                                 host == to ? reassigned : std::string(name_of(AssignmentReason::collective)),
                                 {}});
  record.considered.push_back({from, ConsideredOutcome::passed_over, reassigned, {}});
  std::ranges::sort(record.considered, {}, &Considered::user);
  return record;
}

/// In `details`, `to` hosts instead of `from`, who is returned.
Person exchange_host(MeetingDetails& details, UserId from, Person to) {
  Meeting& meeting = details.meeting;
  if (meeting.host == from) {
    meeting.host = to.id;
    return std::exchange(details.host, std::move(to));
  }
  std::ranges::replace(meeting.other_hosts, from, to.id);
  std::ranges::sort(meeting.other_hosts);
  Person former = std::exchange(*std::ranges::find(details.other_hosts, from, &Person::id), std::move(to));
  std::ranges::sort(details.other_hosts, {}, &Person::id);
  return former;
}

}  // namespace

Result<MeetingDetails> MeetingHandover::own(Transaction& transaction, const Actor& actor, MeetingId id,
                                            Lock lock) const {
  auto meeting = transaction.meetings().find(id, lock);
  if (!meeting) return fail(std::move(meeting.error()));
  const bool is_seen = *meeting && (actor.is_admin || is_hosted_by(**meeting, actor.id));
  if (!is_seen) return fail(Code::not_found);
  return load_meeting_details(transaction, std::move(**meeting));
}

Result<std::vector<HandoverCandidate>> MeetingHandover::candidates(const Actor& actor, MeetingId id) {
  std::optional<MeetingDetails> details;
  std::vector<HandoverCandidate> candidates;
  auto read = parts_.transactions.reading([&](Transaction& transaction) -> Done {
    auto found = own(transaction, actor, id, Lock::none);
    if (!found) return fail(std::move(found.error()));
    details = std::move(*found);
    candidates.clear();
    const bool is_team = details->page && details->page->content.is_team();
    if (!is_team) {
      auto active = transaction.users().all_active();
      if (!active) return fail(std::move(active.error()));
      for (Person& person : *active)
        if (!is_hosted_by(details->meeting, person.id)) candidates.push_back({std::move(person), false, {}});
      return {};
    }
    for (const PageMember& member : details->page->content.members) {
      if (is_hosted_by(details->meeting, member.user)) continue;
      auto person = transaction.users().find(member.user);
      if (!person) return fail(std::move(person.error()));
      candidates.push_back({std::move(*person), false, std::string(absence_of(member).value_or(""))});
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  std::vector<UserId> users;
  for (const HandoverCandidate& each : candidates) users.push_back(each.person.id);
  const Meeting& meeting = details->meeting;
  auto contexts = parts_.availability.team_contexts(details->type, users, meeting.time, meeting.id);
  if (!contexts) return fail(std::move(contexts.error()));
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    HandoverCandidate& each = candidates[i];
    if (!each.reason.empty()) continue;
    const auto obstacle = obstacle_in(std::move((*contexts)[i]), meeting);
    each.is_free = !obstacle && is_live(meeting.status);
    if (obstacle) each.reason = name_of(*obstacle);
  }
  return candidates;
}

Result<Meeting> MeetingHandover::reassign(const Actor& actor, MeetingId id, const HandoverCommand& command) {
  return parts_.transactions.in_transaction(
      [&](Transaction& transaction) { return reassign_in(transaction, actor, id, command); });
}

Result<Meeting> MeetingHandover::reassign_in(Transaction& transaction, const Actor& actor, MeetingId id,
                                             const HandoverCommand& command) {
  auto details = own(transaction, actor, id, Lock::for_update);
  if (!details) return fail(std::move(details.error()));
  const Meeting& meeting = details->meeting;
  if (!is_live(meeting.status)) return fail(wrong_state(meeting.status));
  auto person = transaction.users().find(command.to);
  if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
  if (!person || !person->is_active)
    return fail(invalid_field("host_user_id", "invalid_option", "There is no such active user."));
  auto from = leaving(meeting, command);
  if (!from) return fail(std::move(from.error()));
  if (*from != command.to && is_hosted_by(meeting, command.to))
    return fail(invalid_field("host_user_id", "invalid_option", "This user hosts the meeting already."));
  if (*from != command.to) {
    auto done = hand_over(transaction, actor, *details, *from, std::move(*person), command);
    if (!done) return fail(std::move(done.error()));
  }
  auto hidden = hide_contacts(transaction, {actor.id, actor.is_admin}, {&details->meeting, 1});
  if (!hidden) return fail(std::move(hidden.error()));
  return std::move(details->meeting);
}

/// Locks in the order of a booking: the page, whose ledger the payment is moved in, then both hosts.
Done MeetingHandover::hand_over(Transaction& transaction, const Actor& actor, MeetingDetails& details, UserId from,
                                Person to, const HandoverCommand& command) const {
  Meeting& meeting = details.meeting;
  const UserId to_id = to.id;
  const std::vector<UserId> hosts{from, to_id};
  if (auto locked = transaction.turns().lock(details.type.page); !locked) return locked;
  if (auto locked = transaction.meetings().lock_hosts(hosts); !locked) return locked;
  auto is_free = check_freedom(parts_.availability, transaction, details.type, meeting, to_id);
  if (!is_free) return is_free;
  const bool is_first = meeting.host == from;
  const MeetingChange notes{
      .previous_start = {}, .reason = {}, .previous_host = exchange_host(details, from, std::move(to))};
  meeting.updated_at = parts_.clock.now();
  ++meeting.ical_sequence;
  if (is_first) {
    if (meeting.location) meeting.location->join_url.reset();  // the room is the former host's
    auto clocks = clocks_with_host(transaction, parts_.zones, meeting.time.start(), meeting.clocks, details.host);
    if (!clocks) return fail(std::move(clocks.error()));
    take_clocks(meeting, std::move(*clocks));
  }
  const AuditEntry audit{"reassigned",
                         AuditEntry::Actor::user,
                         actor.id,
                         command.request_id,
                         {{"from", std::to_string(from.value)}, {"to", std::to_string(to_id.value)}}};
  auto done = transaction.meetings().reassign(
      {meeting.id, from, to_id, audit, notifications_of(MeetingEvent::reassigned, details, notes), meeting.updated_at,
       meeting.clocks, record_of(details, from, to_id), published_location(meeting)});
  if (!done) return fail(std::move(done.error()));
  if (!*done) return fail(Code::conflict, "the meeting changed meanwhile");
  if (auto moved = transaction.turns().move(meeting.chain, to_id); !moved) return moved;
  return write_activity_entry(transaction, details, actor.id);
}

}  // namespace scheduling
