#include "plugin/services/booking/host_actions.hpp"

#include <algorithm>

#include "plugin/core/booking/booking_policy.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/meeting/activity_entry.hpp"
#include "plugin/services/meeting/meeting_zones.hpp"

namespace scheduling {
namespace {

/// The offer as if the host were open all day, every day: what still refuses a start is what occupies it.
/// Hosts confirm and hand over as they like; only double booking and limits stand in the way.
SlotContext open_all_day(SlotContext context) {
  std::vector<WeeklyRule> rules;
  const LocalTime midnight;
  const LocalTime end = *LocalTime::make(std::chrono::minutes{1440});
  for (unsigned day = 0; day < 7; ++day) rules.push_back({std::chrono::weekday{day}, LocalSpan{midnight, end}, true});
  auto calendar = std::make_shared<HostCalendar>(*context.host);
  calendar->schedule.hours = WeeklyHours(std::move(rules));
  calendar->schedule.overrides.clear();
  context.host = std::move(calendar);
  context.rules.interval = std::chrono::minutes{1};
  context.rules.align = Align::start;
  context.rules.notice_min = std::chrono::minutes{0};
  context.rules.advance_max.reset();
  context.rules.bookable_from.reset();
  context.rules.bookable_until.reset();
  context.rules.drop_narrowing();
  return context;
}

/// What was noted about the former host's clock is nothing to the new one's.
void take_clocks(Meeting& meeting, std::optional<MeetingClocks> clocks) {
  meeting.clocks = std::move(clocks);
  if (meeting.clock_change) meeting.clock_change->change.host_offset.reset();
  if (!meeting.clocks || (meeting.clock_change && !meeting.clock_change->change)) meeting.clock_change.reset();
}

}  // namespace

/// Hosting somebody does not show their record: a contact that the actor may not see in the CRM is none here either.
Done HostActions::hide_contacts(Transaction& transaction, const Actor& actor, std::span<Meeting> meetings) const {
  std::vector<ContactId> contacts;
  for (const Meeting& meeting : meetings)
    if (meeting.contact && std::ranges::find(contacts, *meeting.contact) == contacts.end())
      contacts.push_back(*meeting.contact);
  if (actor.is_admin || contacts.empty()) return {};
  auto seen = transaction.records().seen_by({actor.id, actor.is_admin}, contacts);
  if (!seen) return fail(std::move(seen.error()));
  for (Meeting& meeting : meetings)
    if (meeting.contact && std::ranges::find(*seen, *meeting.contact) == seen->end()) meeting.contact.reset();
  return {};
}

Result<Meeting> HostActions::shown(Transaction& transaction, const Actor& actor, Meeting meeting) const {
  if (auto hidden = hide_contacts(transaction, actor, {&meeting, 1}); !hidden) return fail(std::move(hidden.error()));
  return meeting;
}

Result<MeetingDetails> HostActions::own(Transaction& transaction, const Actor& actor, MeetingId id) const {
  auto meeting = transaction.meetings().find(id, Lock::for_update);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting || !actor.may_touch((*meeting)->host)) return fail(Code::not_found);
  return load_meeting_details(transaction, std::move(**meeting));
}

Result<std::vector<Meeting>> HostActions::list(const Actor& actor, MeetingFilter filter,
                                               const std::optional<MeetingPosition>& after, int count) {
  if (!actor.is_admin) filter.host = actor.id;
  filter.now = parts_.clock.now();
  if (filter.needs_reassignment) filter.time = MeetingTime::upcoming;
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<std::vector<Meeting>> {
    auto meetings = transaction.meetings().list(filter, after, count);
    if (!meetings) return meetings;
    if (auto hidden = hide_contacts(transaction, actor, *meetings); !hidden) return fail(std::move(hidden.error()));
    return meetings;
  });
}

Result<std::vector<MeetingWords>> HostActions::words_of(const Actor& actor, std::span<const Meeting> meetings) {
  return parts_.transactions.reading([&](Transaction& transaction) {
    return load_meeting_words(transaction, actor.listed_owner(), meetings, parts_.phones, parts_.clock.now());
  });
}

Result<Meeting> HostActions::get(const Actor& actor, MeetingId id) {
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<Meeting> {
    auto meeting = transaction.meetings().find(id, Lock::none);
    if (!meeting) return fail(std::move(meeting.error()));
    if (!*meeting || !actor.may_touch((*meeting)->host)) return fail(Code::not_found);
    auto details = load_meeting_details(transaction, std::move(**meeting));
    if (!details) return fail(std::move(details.error()));
    return shown(transaction, actor, std::move(details->meeting));
  });
}

Result<Meeting> HostActions::change(Transaction& transaction, const Actor& actor, MeetingDetails details,
                                    const StatusTransition& transition) const {
  auto changed = apply_transition(transaction, std::move(details), transition, parts_.clock.now());
  if (!changed) return fail(std::move(changed.error()));
  return shown(transaction, actor, std::move(changed->meeting));
}

Result<Meeting> HostActions::cancel(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                                    std::string_view request_id) {
  auto checked = check_reason(reason);
  if (!checked) return fail(std::move(checked.error()));
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    if (details->meeting.status == MeetingStatus::cancelled)
      return shown(transaction, actor, std::move(details->meeting));
    if (!is_live(details->meeting.status)) return fail(wrong_state(details->meeting.status));
    return change(transaction, actor, std::move(*details),
                  {MeetingStatus::cancelled, CancelledBy::host, written_reason(*checked), MeetingEvent::cancelled,
                   "cancelled", actor.id, std::string(request_id)});
  });
}

Result<Meeting> HostActions::decline(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                                     std::string_view request_id) {
  auto checked = check_reason(reason);
  if (!checked) return fail(std::move(checked.error()));
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    if (details->meeting.status != MeetingStatus::pending) return fail(wrong_state(details->meeting.status));
    return change(transaction, actor, std::move(*details),
                  {MeetingStatus::cancelled, CancelledBy::host, written_reason(*checked), MeetingEvent::declined,
                   "declined", actor.id, std::string(request_id)});
  });
}

Result<Meeting> HostActions::confirm(const Actor& actor, MeetingId id, std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    if (details->meeting.status == MeetingStatus::scheduled)
      return shown(transaction, actor, std::move(details->meeting));
    if (details->meeting.status != MeetingStatus::pending) return fail(wrong_state(details->meeting.status));
    if (details->meeting.confirm_by && parts_.clock.now() >= *details->meeting.confirm_by)
      return fail(Code::too_late, "the request has expired");
    if (auto is_free = check_free(transaction, *details, details->meeting.host); !is_free)
      return fail(std::move(is_free.error()));
    return change(transaction, actor, std::move(*details),
                  {MeetingStatus::scheduled, CancelledBy::system, std::nullopt, MeetingEvent::confirmed, "confirmed",
                   actor.id, std::string(request_id)});
  });
}

Done HostActions::check_free(Transaction& transaction, const MeetingDetails& details, UserId host) const {
  const Meeting& meeting = details.meeting;
  std::vector<UserId> hosts{meeting.host};
  if (host != meeting.host) hosts.push_back(host);
  if (auto locked = transaction.meetings().lock_hosts(hosts); !locked) return locked;
  auto context = parts_.availability.load_slot_context(transaction, details.type, host, meeting.time, meeting.id);
  if (!context) return fail(std::move(context.error()));
  SlotContext relaxed = open_all_day(std::move(*context));
  relaxed.rules.duration = std::chrono::floor<std::chrono::minutes>(meeting.time.length());
  const auto refusal = check_slot(relaxed, meeting.time.start());
  if (!refusal) return {};
  if (*refusal == UnavailableReason::notice) return fail(Code::too_late, "the meeting has begun");
  return fail(Code::slot_taken, std::string(name_of(*refusal)));
}

Result<Meeting> HostActions::record_outcome(const Actor& actor, MeetingId id, MeetingStatus to,
                                            std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    const Meeting& meeting = details->meeting;
    auto allowed = may_record_outcome(meeting.status, to, meeting.time.start(), parts_.clock.now());
    if (!allowed) return fail(std::move(allowed.error()));
    // A meeting that the job completed is completed; that somebody says so is news all the same.
    if (meeting.outcome && meeting.outcome->outcome == to)
      return shown(transaction, actor, std::move(details->meeting));
    return change(transaction, actor, std::move(*details),
                  {to, CancelledBy::system, std::nullopt, std::nullopt, "outcome", actor.id, std::string(request_id)});
  });
}

Result<Meeting> HostActions::reassign(const Actor& actor, MeetingId id, UserId host, std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    Meeting& meeting = details->meeting;
    if (!is_live(meeting.status)) return fail(wrong_state(meeting.status));
    auto person = transaction.users().find(host);
    if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
    if (!person || !person->is_active)
      return fail(invalid_field("host_user_id", "invalid_option", "There is no such active user."));
    if (meeting.host == host) return shown(transaction, actor, std::move(meeting));
    if (auto is_free = check_free(transaction, *details, host); !is_free) return fail(std::move(is_free.error()));

    const UserId from = meeting.host;
    const MeetingChange notes{.previous_start = {}, .reason = {}, .previous_host = details->host};
    meeting.host = host;
    meeting.updated_at = parts_.clock.now();
    ++meeting.ical_sequence;
    details->host = std::move(*person);
    auto clocks = clocks_with_host(transaction, parts_.zones, meeting.time.start(), meeting.clocks, details->host);
    if (!clocks) return fail(std::move(clocks.error()));
    take_clocks(meeting, std::move(*clocks));
    const AuditEntry audit{"reassigned",
                           AuditEntry::Actor::user,
                           actor.id,
                           std::string(request_id),
                           {{"from", std::to_string(from.value)}, {"to", std::to_string(host.value)}}};
    auto done = transaction.meetings().reassign({meeting.id, from, host, audit,
                                                 notifications_of(MeetingEvent::reassigned, *details, notes),
                                                 meeting.updated_at, meeting.clocks});
    if (!done) return fail(std::move(done.error()));
    if (!*done) return fail(Code::conflict, "the meeting changed meanwhile");
    if (auto logged = write_activity_entry(transaction, *details, actor.id); !logged)
      return fail(std::move(logged.error()));
    return shown(transaction, actor, std::move(meeting));
  });
}

}  // namespace scheduling
