// What the host or an admin does with a meeting: list, cancel, confirm, decline, record, hand over.
#include <array>

#include "plugin/core/booking/booking_policy.hpp"
#include "plugin/core/mail/reminder_plan.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"
#include "plugin/services/booking/status_transition.hpp"
#include "plugin/services/meeting/activity_entry.hpp"
#include "plugin/services/meeting/meeting_zones.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_reason_length_max = 1000;

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

Error wrong_state(MeetingStatus status) {
  return make_error(Code::conflict, "the meeting is " + std::string(name_of(status)));
}

/// What was noted about the former host's clock is nothing to the new one's.
void take_clocks(Meeting& meeting, std::optional<MeetingClocks> clocks) {
  meeting.clocks = std::move(clocks);
  if (meeting.clock_change) meeting.clock_change->change.host_offset.reset();
  if (!meeting.clocks || (meeting.clock_change && !meeting.clock_change->change)) meeting.clock_change.reset();
}

}  // namespace

Result<std::optional<std::string>> check_reason(const std::optional<std::string>& reason) {
  FieldErrors errors;
  auto text =
      check_text(errors, "reason", reason.value_or(""), {.length_max = k_reason_length_max, .lines = Lines::many});
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

AuditEntry::Actor MeetingBookingService::actor_of(const StatusTransition& transition) {
  if (transition.user) return AuditEntry::Actor::user;
  return transition.by == CancelledBy::attendee ? AuditEntry::Actor::attendee : AuditEntry::Actor::system;
}

Result<MeetingDetails> MeetingBookingService::apply_transition(Transaction& transaction, MeetingDetails details,
                                                               const StatusTransition& transition) const {
  const Instant now = parts_.clock.now();
  const bool is_cancel = transition.to == MeetingStatus::cancelled;
  const bool is_confirm = transition.to == MeetingStatus::scheduled;
  const MeetingStatus from = details.meeting.status;
  details.meeting.status = transition.to;
  details.meeting.updated_at = now;
  if (is_cancel) details.meeting.cancellation = Cancellation{now, transition.by, transition.reason};
  if (is_confirm) details.meeting.confirm_by.reset();
  if (is_cancel || is_confirm) ++details.meeting.ical_sequence;
  const bool is_written = transition.reason && transition.reason->kind == CancelReasonKind::written;
  const MeetingChange notes{.previous_start = {},
                            .reason = is_written ? std::optional(transition.reason->text) : std::nullopt,
                            .previous_host = {}};
  StatusChange change;
  change.id = details.meeting.id;
  change.from = from;
  change.to = transition.to;
  change.cancelled_by = transition.by;
  change.cancel_reason = transition.reason;
  change.audit = {transition.action, actor_of(transition), transition.user, transition.request_id, {}};
  if (transition.meeting_event) change.messages = notifications_of(*transition.meeting_event, details, notes);
  change.now = now;
  if (is_confirm)
    change.reminders =
        plan_reminders(details.type.content.settings.reminders_or_default(), details.meeting.time.start(), now);
  auto changed = transaction.meetings().change_status(change);
  if (!changed) return fail(std::move(changed.error()));
  if (!*changed) return fail(Code::conflict, "the meeting changed meanwhile");
  if (auto logged = write_activity_entry(transaction, details, transition.user, notes); !logged)
    return fail(std::move(logged.error()));
  return details;
}

Result<MeetingDetails> MeetingBookingService::own(Transaction& transaction, const Actor& actor, MeetingId id) const {
  auto meeting = transaction.meetings().find(id, Lock::for_update);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting || !actor.may_touch((*meeting)->host)) return fail(Code::not_found);
  return load_meeting_details(transaction, std::move(**meeting));
}

Result<std::vector<Meeting>> MeetingBookingService::list(const Actor& actor, MeetingFilter filter,
                                                         const MeetingPosition& after, int count) {
  filter.host = actor.listed_owner();
  return parts_.transactions.reading(
      [&](Transaction& transaction) { return transaction.meetings().list(filter, after, count); });
}

Result<Meeting> MeetingBookingService::get(const Actor& actor, MeetingId id) {
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<Meeting> {
    auto meeting = transaction.meetings().find(id, Lock::none);
    if (!meeting) return fail(std::move(meeting.error()));
    if (!*meeting || !actor.may_touch((*meeting)->host)) return fail(Code::not_found);
    return std::move(**meeting);
  });
}

Result<Meeting> MeetingBookingService::cancel(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                                              std::string_view request_id) {
  auto checked = check_reason(reason);
  if (!checked) return fail(std::move(checked.error()));
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    if (details->meeting.status == MeetingStatus::cancelled) return std::move(details->meeting);
    if (!is_live(details->meeting.status)) return fail(wrong_state(details->meeting.status));
    auto changed = apply_transition(transaction, std::move(*details),
                                    {MeetingStatus::cancelled, CancelledBy::host, written_reason(*checked),
                                     MeetingEvent::cancelled, "cancelled", actor.id, std::string(request_id)});
    return std::move(changed).map([](MeetingDetails&& done) { return std::move(done.meeting); });
  });
}

Result<Meeting> MeetingBookingService::decline(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                                               std::string_view request_id) {
  auto checked = check_reason(reason);
  if (!checked) return fail(std::move(checked.error()));
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    if (details->meeting.status != MeetingStatus::pending) return fail(wrong_state(details->meeting.status));
    auto changed = apply_transition(transaction, std::move(*details),
                                    {MeetingStatus::cancelled, CancelledBy::host, written_reason(*checked),
                                     MeetingEvent::declined, "declined", actor.id, std::string(request_id)});
    return std::move(changed).map([](MeetingDetails&& done) { return std::move(done.meeting); });
  });
}

Result<Meeting> MeetingBookingService::confirm(const Actor& actor, MeetingId id, std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    if (details->meeting.status == MeetingStatus::scheduled) return std::move(details->meeting);
    if (details->meeting.status != MeetingStatus::pending) return fail(wrong_state(details->meeting.status));
    if (details->meeting.confirm_by && parts_.clock.now() >= *details->meeting.confirm_by)
      return fail(Code::too_late, "the request has expired");
    if (auto is_free = check_free(transaction, *details, details->meeting.host); !is_free)
      return fail(std::move(is_free.error()));
    auto changed = apply_transition(transaction, std::move(*details),
                                    {MeetingStatus::scheduled, CancelledBy::system, std::nullopt,
                                     MeetingEvent::confirmed, "confirmed", actor.id, std::string(request_id)});
    return std::move(changed).map([](MeetingDetails&& done) { return std::move(done.meeting); });
  });
}

Result<int> MeetingBookingService::expire_pending_meetings(int count) {
  const Instant now = parts_.clock.now();
  auto expired = parts_.transactions.reading(
      [&](Transaction& transaction) { return transaction.meetings().overdue_pending_meetings(now, count); });
  if (!expired) return fail(std::move(expired.error()));
  int done = 0;
  for (const MeetingId id : *expired) {
    auto changed =
        parts_.transactions.in_transaction([&](Transaction& transaction) { return expire(transaction, id, now); });
    if (!changed) return fail(std::move(changed.error()));
    done += *changed ? 1 : 0;
  }
  return done;
}

/// False when somebody answered in the meantime.
Result<bool> MeetingBookingService::expire(Transaction& transaction, MeetingId id, Instant now) const {
  auto meeting = transaction.meetings().find(id, Lock::for_update);
  if (!meeting) return fail(std::move(meeting.error()));
  const bool is_due = *meeting && (*meeting)->status == MeetingStatus::pending && (*meeting)->confirm_by &&
                      *(*meeting)->confirm_by <= now;
  if (!is_due) return false;
  auto details = load_meeting_details(transaction, std::move(**meeting));
  if (!details) return fail(std::move(details.error()));
  auto changed = apply_transition(transaction, std::move(*details),
                                  {.to = MeetingStatus::cancelled,
                                   .by = CancelledBy::system,
                                   .reason = CancelReason{CancelReasonKind::host_did_not_confirm_in_time, {}},
                                   .meeting_event = MeetingEvent::expired,
                                   .action = "expired",
                                   .user = {},
                                   .request_id = {}});
  if (!changed) return fail(std::move(changed.error()));
  return true;
}

Done MeetingBookingService::check_free(Transaction& transaction, const MeetingDetails& details, UserId host) const {
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

Result<Meeting> MeetingBookingService::record_outcome(const Actor& actor, MeetingId id, MeetingStatus to,
                                                      std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    const Meeting& meeting = details->meeting;
    auto allowed = may_record_outcome(meeting.status, to, meeting.time.start(), parts_.clock.now());
    if (!allowed) return fail(std::move(allowed.error()));
    if (meeting.status == to) return std::move(details->meeting);
    auto changed = apply_transition(
        transaction, std::move(*details),
        {to, CancelledBy::system, std::nullopt, std::nullopt, "outcome", actor.id, std::string(request_id)});
    return std::move(changed).map([](MeetingDetails&& done) { return std::move(done.meeting); });
  });
}

Result<Meeting> MeetingBookingService::reassign(const Actor& actor, MeetingId id, UserId host,
                                                std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto details = own(transaction, actor, id);
    if (!details) return fail(std::move(details.error()));
    Meeting& meeting = details->meeting;
    if (!is_live(meeting.status)) return fail(wrong_state(meeting.status));
    auto person = transaction.users().find(host);
    if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
    if (!person || !person->is_active)
      return fail(invalid_field("host_user_id", "invalid_option", "There is no such active user."));
    if (meeting.host == host) return std::move(meeting);
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
    return std::move(meeting);
  });
}

}  // namespace scheduling
