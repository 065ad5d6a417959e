#include "plugin/services/booking/status_transition.hpp"

#include <algorithm>

#include "plugin/core/mail/reminder_plan.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/ports/storage/calendar_repository.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/meeting/activity_entry.hpp"
#include "plugin/services/meeting/meeting_notifications.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_reason_length_max = 1000;

AuditEntry::Actor actor_of(const StatusTransition& transition) {
  if (transition.user) return AuditEntry::Actor::user;
  return transition.by == CancelledBy::attendee ? AuditEntry::Actor::attendee : AuditEntry::Actor::system;
}

}  // namespace

Result<MeetingDetails> apply_transition(Transaction& transaction, MeetingDetails details,
                                        const StatusTransition& transition, Instant now) {
  const bool is_cancel = transition.to == MeetingStatus::cancelled;
  const bool is_confirm = transition.to == MeetingStatus::scheduled;
  const MeetingStatus from = details.meeting.status;
  details.meeting.status = transition.to;
  details.meeting.updated_at = now;
  if (is_cancel) details.meeting.cancellation = Cancellation{now, transition.by, transition.reason};
  if (is_confirm) {
    details.meeting.confirm_by.reset();
    details.meeting.held_for_review.clear();
    details.meeting.awaits_verification = false;
  }
  if (transition.to == MeetingStatus::completed || transition.to == MeetingStatus::no_show)
    details.meeting.outcome = RecordedOutcome{transition.to, transition.user, now};
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

void set_confirmation_deadline(Meeting& meeting, const MeetingType& type) {
  meeting.confirm_by.reset();
  if (meeting.status != MeetingStatus::pending) return;
  std::chrono::seconds window = type.content.settings.confirmation_window_or_default();
  if (meeting.awaits_verification) window = k_verification_window;
  meeting.confirm_by = std::min(meeting.time.start(), meeting.created_at + window);
}

std::vector<std::chrono::minutes> planned_reminders(const Meeting& meeting, const MeetingType& type) {
  if (meeting.status != MeetingStatus::scheduled) return {};
  return plan_reminders(type.content.settings.reminders_or_default(), meeting.time.start(), meeting.created_at);
}

MeetingStatus first_status(const Meeting& meeting, const MeetingType& type,
                           std::optional<BrokenCalendarAction> unreadable) {
  const bool waits = meeting.is_unheard() || type.content.settings.requires_confirmation.value_or(false) ||
                     unreadable == BrokenCalendarAction::request;
  return waits ? MeetingStatus::pending : MeetingStatus::scheduled;
}

Done note_unchecked(Transaction& transaction, MeetingId meeting, std::optional<BrokenCalendarAction> unreadable) {
  return unreadable == BrokenCalendarAction::warn ? transaction.calendars().note_unchecked(meeting) : Done{};
}

MeetingEvent first_meeting_event(const Meeting& meeting) {
  if (meeting.awaits_verification) return MeetingEvent::verify;
  return meeting.status == MeetingStatus::pending ? MeetingEvent::requested : MeetingEvent::booked;
}

Error wrong_state(MeetingStatus status) {
  return make_error(Code::conflict, "the meeting is " + std::string(name_of(status)));
}

Result<std::optional<std::string>> check_reason(const std::optional<std::string>& reason) {
  FieldErrors errors;
  auto text =
      check_text(errors, "reason", reason.value_or(""), {.length_max = k_reason_length_max, .lines = Lines::many});
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

}  // namespace scheduling
