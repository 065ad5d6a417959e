#include "plugin/services/calendars/host_edits.hpp"

#include <algorithm>

#include "plugin/core/mail/reminder_plan.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/storage/booking_store.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/booking/status_transition.hpp"
#include "plugin/services/calendars/own_event.hpp"
#include "plugin/services/calendars/remote_times.hpp"
#include "plugin/services/meeting/booking_contact.hpp"
#include "plugin/services/meeting/meeting_notifications.hpp"
#include "plugin/services/meeting/meeting_zones.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_deleted_max = 3;

/// The newest of a chain while it can still be changed.
Result<std::optional<MeetingDetails>> live_meeting(Transaction& transaction, const WrittenEvent& written) {
  auto newest = transaction.calendars().meeting_of_host(written.meeting, written.user);
  if (!newest) return fail(std::move(newest.error()));
  if (!*newest || !(*newest)->is_host) return std::optional<MeetingDetails>{};
  auto meeting = transaction.meetings().find((*newest)->newest, Lock::for_update);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting || (*meeting)->status != MeetingStatus::scheduled) return std::optional<MeetingDetails>{};
  auto details = load_meeting_details(transaction, std::move(**meeting));
  if (!details) return fail(std::move(details.error()));
  return std::optional(std::move(*details));
}

/// Whether what we know of the event is still what the reading was compared with.
Result<bool> is_current(Transaction& transaction, const WrittenEvent& written) {
  auto now = transaction.calendars().find_event(written.chain, written.user);
  if (!now) return fail(std::move(now.error()));
  return *now && (*now)->is_live && (*now)->etag == written.etag && (*now)->event_id == written.event_id;
}

AttendeeResponse response_in(const RemoteEvent& event, const std::string& email) {
  const auto found = std::ranges::find(event.attendees, address_key(email),
                                       [](const RemoteAttendee& each) { return address_key(each.email); });
  return found == event.attendees.end() ? AttendeeResponse::none : found->response;
}

}  // namespace

/// None: the provider's clear word that it is gone, under its id and its mark. An error is no clear word.
Result<std::optional<RemoteEvent>> HostEdits::as_it_is(WrittenEvent& seen) {
  const ConnectionId connection = *seen.connection;
  auto now = access_.call(connection, [&](CalendarProvider& provider, const std::string& access) {
    return provider.find_event(access, seen.calendar, seen.event_id);
  });
  if (!now && !now.is(ProviderTrouble::not_found)) return fail(Code::provider_unavailable, now.error().detail);
  if (!now || now->is_cancelled) {
    auto known = parts_.transactions.reading(
        [&](Transaction& transaction) { return transaction.calendars().list({}, connection); });
    if (!known) return fail(std::move(known.error()));
    auto found = find_own_event(access_, connection, calendars_from(*known, seen.calendar), seen.mark);
    if (found.is(ProviderTrouble::not_found)) return std::optional<RemoteEvent>{};
    if (!found) return fail(Code::provider_unavailable, found.error().detail);
    seen.is_placed = seen.is_placed || found->calendar != seen.calendar;
    seen.calendar = std::move(found->calendar);
    now = std::move(found->event);
  }
  seen.event_id = now->id;
  seen.etag = now->etag;
  return std::optional(std::move(*now));
}

/// Under the name and in the calendar that are known of it, and as it was written.
bool HostEdits::is_as_written(const WrittenEvent& written, const WrittenEvent& seen) {
  return seen.etag == written.etag && seen.event_id == written.event_id && seen.calendar == written.calendar;
}

Done HostEdits::follow(const WrittenEvent& written, const RemoteEvent& event, const std::string& calendar_zone,
                       std::vector<HostDeletion>& deleted) {
  const bool is_renamed = event.id != written.event_id;
  if (!written.is_live || (event.etag == written.etag && !is_renamed)) return {};
  if (!written.connection) return {};
  // What a list says may be older than what we wrote since; only the event itself tells how it stands.
  WrittenEvent seen = written;
  auto now = as_it_is(seen);
  if (!now) return fail(std::move(now.error()));
  if (*now && (seen.event_id != written.event_id || seen.calendar != written.calendar))
    std::erase_if(deleted, [&](const HostDeletion& each) {
      return each.written.chain == written.chain && each.written.user == written.user;
    });
  if (!*now) {
    deleted.push_back({written});
    return {};
  }
  if (is_as_written(written, seen)) return {};
  const auto time = time_of(**now, calendar_zone, parts_.zones);
  if (time && *time != written.time) return move(written, std::move(seen), *time);
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Done {
    auto current = is_current(transaction, written);
    if (!current || !*current) return current ? Done{} : fail(std::move(current.error()));
    auto meeting = transaction.meetings().find(written.meeting, Lock::none);
    if (!meeting) return fail(std::move(meeting.error()));
    if (*meeting) seen.response = response_in(**now, (*meeting)->attendee_email);
    return transaction.calendars().save_event(seen, parts_.clock.now());
  });
}

/// Hosts decide over their own time: neither hours nor notice nor buffers refuse the move; what refuses it is noted.
/// Two meetings at once the database refuses, and then the event is put back.
Done HostEdits::move(const WrittenEvent& written, WrittenEvent seen, TimeRange time) {
  seen.time = time;
  auto moved = parts_.transactions.in_transaction([&](Transaction& transaction) -> Done {
    auto current = is_current(transaction, written);
    if (!current || !*current) return current ? Done{} : fail(std::move(current.error()));
    auto found = live_meeting(transaction, written);
    if (!found) return fail(std::move(found.error()));
    // The attendee moved it meanwhile, or it ended: what is written next says so.
    if (!*found || (*found)->meeting.time != written.time) return {};
    auto followed = move_meeting(transaction, std::move(**found), time);
    if (!followed) return fail(std::move(followed.error()));
    seen.meeting = followed->meeting;
    seen.host_move = followed->refused_rule.empty() ? HostMove::none : HostMove::outside_rules;
    seen.host_move_rule = std::move(followed->refused_rule);
    return transaction.calendars().save_event(seen, parts_.clock.now());
  });
  if (moved || moved.error().code != Code::slot_taken) return moved;
  seen.meeting = written.meeting;
  seen.host_move = HostMove::put_back;
  seen.host_move_rule.clear();
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Done {
    // The next write finds another time than it remembers, and puts the meeting's own back.
    if (auto saved = transaction.calendars().save_event(seen, parts_.clock.now()); !saved) return saved;
    return transaction.calendars().want_upcoming(written.user, parts_.clock.now());
  });
}

/// What the audit says: who, from when to when, and which rule would have refused it.
Result<AuditEntry> HostEdits::audit_of(Transaction& transaction, const MeetingDetails& details, TimeRange time) const {
  const Meeting& meeting = details.meeting;
  auto context = parts_.availability.load_slot_context(transaction, details.type, meeting.host, time, meeting.id);
  if (!context) return fail(std::move(context.error()));
  context->unreadable.reset();
  AuditEntry audit{"moved_in_calendar",
                   AuditEntry::Actor::user,
                   meeting.host,
                   "",
                   {{"from", format_instant(meeting.time.start())}, {"to", format_instant(time.start())}}};
  if (const auto refusal = check_slot(*context, time.start())) audit.details["outside_rules"] = name_of(*refusal);
  return audit;
}

Result<HostEdits::Followed> HostEdits::move_meeting(Transaction& transaction, MeetingDetails details,
                                                    TimeRange time) const {
  Meeting& meeting = details.meeting;
  if (auto locked = transaction.meetings().lock_hosts(hosts_of(meeting)); !locked)
    return fail(std::move(locked.error()));
  auto audit = audit_of(transaction, details, time);
  if (!audit) return fail(std::move(audit.error()));
  const auto broken = audit->details.find("outside_rules");
  Followed followed{{}, broken == audit->details.end() ? std::string() : broken->second};
  const Instant now = parts_.clock.now();
  const MeetingChange notes{.previous_start = meeting.time.start(), .reason = {}, .previous_host = {}};
  auto id = transaction.bookings().release({.id = meeting.id,
                                            .from = meeting.status,
                                            .to = MeetingStatus::rescheduled,
                                            .cancel_reason = {},
                                            .audit = *audit,
                                            .messages = {},
                                            .now = now,
                                            .reminders = {}});
  if (!id) return fail(std::move(id.error()));
  if (!*id) return fail(Code::conflict, "the meeting changed meanwhile");
  auto clocks = clocks_with_host(transaction, parts_.zones, time.start(), meeting.clocks, details.host);
  if (!clocks) return fail(std::move(clocks.error()));
  meeting.clocks = std::move(*clocks);
  meeting.clock_change.reset();
  meeting.rescheduled_from = meeting.id;
  meeting.id = **id;
  meeting.time = time;
  meeting.created_at = meeting.updated_at = now;
  meeting.reminder_sent = false;
  meeting.mail_failures.clear();
  ++meeting.ical_sequence;
  if (auto longer = transaction.meetings().extend_token(meeting.chain, link_end(parts_, time)); !longer)
    return fail(std::move(longer.error()));
  std::optional<MeetingActivity> activity;
  if (meeting.contact) activity = activity_of(details, meeting.host, notes);
  auto stored = transaction.bookings().commit(
      {.meeting = meeting,
       .hosts = hosts_of(meeting),
       .token = {},
       .key = {},
       .assignment = {.strategy = strategy_of(details), .reason = AssignmentReason::rescheduled},
       .audit = std::move(*audit),
       .messages = notifications_of(MeetingEvent::moved, details, notes),
       .reminders = planned_reminders(meeting, details.type)},
      activity);
  if (!stored) return fail(std::move(stored.error()));
  followed.meeting = meeting.id;
  return followed;
}

Result<bool> HostEdits::end_deleted(UserId user, const std::vector<HostDeletion>& deleted) {
  auto ahead = parts_.transactions.reading(
      [&](Transaction& transaction) { return transaction.calendars().count_upcoming(user, parts_.clock.now()); });
  if (!ahead) return fail(std::move(ahead.error()));
  std::vector<WrittenEvent> upcoming;
  for (const HostDeletion& each : deleted)
    if (each.written.time.end() > parts_.clock.now()) upcoming.push_back(each.written);
  const std::size_t fifth = static_cast<std::size_t>(*ahead) / 5;
  if (upcoming.size() > std::max(k_deleted_max, fifth)) return false;
  for (const WrittenEvent& written : upcoming)
    if (auto cancelled = cancel(written); !cancelled) return fail(std::move(cancelled.error()));
  return true;
}

Done HostEdits::cancel(const WrittenEvent& written) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Done {
    auto current = is_current(transaction, written);
    if (!current || !*current) return current ? Done{} : fail(std::move(current.error()));
    auto details = live_meeting(transaction, written);
    if (!details) return fail(std::move(details.error()));
    WrittenEvent gone = written;
    gone.is_live = false;
    if (auto saved = transaction.calendars().save_event(gone, parts_.clock.now()); !saved) return saved;
    // Somebody who moved the meeting meanwhile wants it to take place.
    if (!*details || (*details)->meeting.time != written.time) return {};
    auto ended = apply_transition(transaction, std::move(**details),
                                  {.to = MeetingStatus::cancelled,
                                   .by = CancelledBy::host,
                                   .reason = std::nullopt,
                                   .meeting_event = MeetingEvent::cancelled,
                                   .action = "cancelled_in_calendar",
                                   .user = written.user,
                                   .request_id = {}},
                                  parts_.clock.now());
    if (!ended) return fail(std::move(ended.error()));
    return {};
  });
}

}  // namespace scheduling
