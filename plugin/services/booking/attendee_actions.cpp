#include "plugin/services/booking/attendee_actions.hpp"
#include "plugin/services/assignment/host_freedom.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "plugin/core/booking/booking_policy.hpp"
#include "plugin/ports/storage/booking_store.hpp"
#include "plugin/ports/storage/turn_repository.hpp"
#include "plugin/services/assignment/moved_hosts.hpp"
#include "plugin/services/availability/asked_time.hpp"
#include "plugin/services/booking/alternatives.hpp"
#include "plugin/services/booking/status_transition.hpp"
#include "plugin/services/meeting/booking_contact.hpp"
#include "plugin/services/meeting/meeting_notifications.hpp"
#include "plugin/services/meeting/meeting_zones.hpp"

namespace scheduling {
namespace {

constexpr int k_move_attempts_max = 6;

std::pair<std::chrono::minutes, std::chrono::minutes> buffers_of(const std::vector<SlotContext>& contexts) {
  std::pair<std::chrono::minutes, std::chrono::minutes> buffers{0, 0};
  for (const SlotContext& context : contexts) {
    buffers.first = std::max<std::chrono::minutes>(buffers.first, context.rules.buffer_before);
    buffers.second = std::max<std::chrono::minutes>(buffers.second, context.rules.buffer_after);
  }
  return buffers;
}

}  // namespace

Result<LinkedMeeting> AttendeeActions::linked(Transaction& transaction, std::string_view token, Lock lock) const {
  const TokenHash hash = parts_.tokens.hash_of(token);
  if (hash.empty()) return fail(Code::not_found);
  MeetingRepository& meetings = transaction.meetings();
  auto found = lock == Lock::none ? meetings.find_by_token(hash) : meetings.find_by_token_for_update(hash);
  if (!found) return fail(std::move(found.error()));
  if (!*found) return fail(Code::not_found);
  if (parts_.clock.now() >= (*found)->expires_at) return fail(Code::token_expired);
  return std::move(**found);
}

Result<ManagedMeeting> AttendeeActions::find_by_link(std::string_view token) {
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<ManagedMeeting> {
    auto found = linked(transaction, token, Lock::none);
    if (!found) return fail(std::move(found.error()));
    auto details = load_meeting_details(transaction, std::move(found->meeting));
    if (!details) return fail(std::move(details.error()));
    const Instant now = parts_.clock.now();
    const MeetingTypeSettings& settings = details->type.content.settings;
    const Meeting& meeting = details->meeting;
    auto may_cancel = may_still_change(meeting.status, meeting.time.start(), settings.cancel_notice_or_default(), now);
    Done may_reschedule =
        may_still_change(meeting.status, meeting.time.start(), settings.reschedule_notice_or_default(), now);
    if (meeting.awaits_verification) may_reschedule = fail(wrong_state(meeting.status));
    return ManagedMeeting{std::move(*details), std::move(may_cancel), std::move(may_reschedule)};
  });
}

Result<std::vector<OutboxEntry>> AttendeeActions::mails_of(MeetingId meeting) {
  constexpr int k_mails_shown_max = 50;
  OutboxFilter filter;
  filter.meeting = meeting;
  auto mails = parts_.transactions.reading([&](Transaction& transaction) {
    return transaction.outbox().list(filter, OutboxId{std::numeric_limits<std::int64_t>::max()}, k_mails_shown_max);
  });
  if (mails) std::ranges::reverse(*mails);
  return mails;
}

Result<MeetingDetails> AttendeeActions::cancel_by_link(std::string_view token, std::optional<std::string> reason,
                                                       std::string_view request_id) {
  auto checked = check_reason(reason);
  if (!checked) return fail(std::move(checked.error()));
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<MeetingDetails> {
    auto found = linked(transaction, token, Lock::for_update);
    if (!found) return fail(std::move(found.error()));
    auto details = load_meeting_details(transaction, std::move(found->meeting));
    if (!details || details->meeting.status == MeetingStatus::cancelled) return details;
    const Instant now = parts_.clock.now();
    const auto notice = details->type.content.settings.cancel_notice_or_default();
    auto allowed = may_still_change(details->meeting.status, details->meeting.time.start(), notice, now);
    if (!allowed) return fail(std::move(allowed.error()));
    return apply_transition(transaction, std::move(*details),
                            {.to = MeetingStatus::cancelled,
                             .by = CancelledBy::attendee,
                             .reason = written_reason(std::move(*checked)),
                             .meeting_event = MeetingEvent::cancelled,
                             .action = "cancelled",
                             .user = {},
                             .request_id = std::string(request_id)},
                            parts_.clock.now());
  });
}

BookingResult AttendeeActions::reschedule(const RescheduleCommand& command) {
  const auto attempt = [&] {
    return parts_.transactions.in_transaction(
        [&](Transaction& transaction) { return reschedule_in(transaction, command); });
  };
  auto moved = attempt();
  // Somebody took the time of the host whose turn it was.
  for (int again = 1; !moved && is_overtaken(moved.error()) && again < k_move_attempts_max; ++again) moved = attempt();
  if (moved) return {std::move(*moved), {}, {}};
  BookingResult result{std::nullopt, std::move(moved.error()), {}};
  if (has_alternatives(result.refusal)) result.alternatives = alternatives_for(command);
  return result;
}

Result<Booking> AttendeeActions::reschedule_in(Transaction& transaction, const RescheduleCommand& command) {
  auto found = linked(transaction, command.token, Lock::for_update);
  if (!found) return fail(std::move(found.error()));
  auto details = load_meeting_details(transaction, std::move(found->meeting));
  if (!details) return fail(std::move(details.error()));
  FieldErrors errors;
  const auto [start, zone] =
      read_asked_time(errors, command.start, command.timezone, details->meeting.timezone, parts_.zones);
  if (!errors.empty()) return fail(std::move(errors).to_error());

  const Meeting& old = details->meeting;
  if (is_live(old.status) && old.time.start() == *start)
    return fail(invalid_field("start", "same_time", "The meeting is at this time already."));
  if (old.awaits_verification) return fail(wrong_state(old.status));
  const auto notice = details->type.content.settings.reschedule_notice_or_default();
  auto allowed = may_still_change(old.status, old.time.start(), notice, parts_.clock.now());
  if (!allowed) return fail(std::move(allowed.error()));

  auto hosts = moved_hosts(transaction, {parts_.calendars, parts_.targets, parts_.availability}, *details, *start);
  if (!hosts) return fail(std::move(hosts.error()));
  if (hosts->choice.hosts.empty()) return fail(hosts->choice.refusal, hosts->choice.rule);
  std::optional<Person> former;
  if (const UserId to = hosts->choice.hosts.front(); to != old.host) {
    auto person = transaction.users().find(to);
    if (!person) return fail(std::move(person.error()));
    former = std::exchange(details->host, std::move(*person));
    details->meeting.host = to;
  }
  const SlotContext* context = &hosts->contexts.front();
  const TimeRange time(*start, *start + context->rules.duration);
  details->meeting.clocks = clocks_at(parts_.zones, *start, context->host->schedule.zone, *zone);
  details->meeting.clock_change.reset();
  const MovedTo to{time,
                   *zone,
                   std::move(former),
                   std::move(hosts->choice.record),
                   buffers_of(hosts->contexts),
                   unreadable_of(hosts->contexts)};
  return insert_rescheduled(transaction, command, std::move(*details), to);
}

Result<Booking> AttendeeActions::insert_rescheduled(Transaction& transaction, const RescheduleCommand& command,
                                                    MeetingDetails details, const MovedTo& to) {
  const Instant now = parts_.clock.now();
  Meeting& meeting = details.meeting;
  const TimeRange time = to.time;
  const MeetingChange notes{.previous_start = meeting.time.start(), .reason = {}, .previous_host = to.former_host};
  const AuditEntry audit{"moved",
                         AuditEntry::Actor::attendee,
                         {},
                         command.request_id,
                         {{"from", format_instant(meeting.time.start())}, {"to", format_instant(time.start())}}};
  // The old half leaves the host's time first, so that the new one may overlap it.
  auto id = transaction.bookings().release({.id = meeting.id,
                                            .from = meeting.status,
                                            .to = MeetingStatus::rescheduled,
                                            .cancel_reason = {},
                                            .audit = audit,
                                            .messages = {},
                                            .now = now,
                                            .reminders = {}});
  if (!id) return fail(std::move(id.error()));
  if (!*id) return fail(Code::conflict, "the meeting changed meanwhile");

  meeting.rescheduled_from = meeting.id;
  meeting.time = time;
  meeting.timezone = to.zone;
  // Who was held for review does not get out of it by moving.
  meeting.status = first_status(meeting, details.type, to.unreadable);
  meeting.created_at = meeting.updated_at = now;
  meeting.reminder_sent = false;
  meeting.mail_failures.clear();
  set_confirmation_deadline(meeting, details.type);
  ++meeting.ical_sequence;
  meeting.buffer_before = to.buffers.first;
  meeting.buffer_after = to.buffers.second;
  meeting.id = **id;
  if (auto noted = note_unchecked(transaction, meeting.id, to.unreadable); !noted)
    return fail(std::move(noted.error()));
  if (auto longer = transaction.meetings().extend_token(meeting.chain, link_end(parts_, time)); !longer)
    return fail(std::move(longer.error()));
  std::optional<MeetingActivity> activity;
  if (meeting.contact) {
    auto suggestions = open_suggestions(transaction.records(), meeting);
    if (!suggestions) return fail(std::move(suggestions.error()));
    activity = activity_of(details, {}, notes, std::move(*suggestions));
  }
  if (to.former_host)
    if (auto moved = transaction.turns().move(meeting.chain, meeting.host); !moved)
      return fail(std::move(moved.error()));
  auto written = transaction.bookings().commit({.meeting = meeting,
                                                .hosts = hosts_of(meeting),
                                                .token = {},
                                                .key = {},
                                                .assignment = to.assignment,
                                                .audit = audit,
                                                .messages = notifications_of(MeetingEvent::moved, details, notes),
                                                .reminders = planned_reminders(meeting, details.type)},
                                               activity);
  if (!written) return fail(std::move(written.error()));
  return Booking{std::move(details), command.token, false};
}

std::vector<Instant> AttendeeActions::alternatives_for(const RescheduleCommand& command) {
  const auto start = parse_instant(command.start);
  auto managed = find_by_link(command.token);
  if (!start || !managed) return {};
  const MeetingDetails& details = managed->details;
  return alternatives_near(parts_.clock, *start, [&](TimeRange window) {
    return parts_.availability.move_slots(details.type, hosts_of(details.meeting), successors_of(details), window,
                                          details.meeting.id);
  });
}

}  // namespace scheduling
