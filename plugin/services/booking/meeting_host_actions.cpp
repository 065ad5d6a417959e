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
Offer open_all_day(Offer offer) {
  std::vector<WeeklyRule> rules;
  const LocalTime midnight;
  const LocalTime end = *LocalTime::make(std::chrono::minutes{1440});
  for (unsigned day = 0; day < 7; ++day) rules.push_back({std::chrono::weekday{day}, LocalSpan{midnight, end}, true});
  auto calendar = std::make_shared<HostCalendar>(*offer.host);
  calendar->schedule.hours = WeeklyHours(std::move(rules));
  calendar->schedule.overrides.clear();
  offer.host = std::move(calendar);
  offer.rules.interval = std::chrono::minutes{1};
  offer.rules.align = Align::start;
  offer.rules.notice_min = std::chrono::minutes{0};
  offer.rules.advance_max.reset();
  offer.rules.bookable_from.reset();
  offer.rules.bookable_until.reset();
  offer.rules.drop_narrowing();
  return offer;
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

AuditEntry::Actor MeetingBookingService::actor_of(const Settling& settling) {
  if (settling.user) return AuditEntry::Actor::user;
  return settling.by == CancelledBy::attendee ? AuditEntry::Actor::attendee : AuditEntry::Actor::system;
}

Result<MeetingSheet> MeetingBookingService::settle(Transaction& transaction, MeetingSheet sheet,
                                                   const Settling& settling) const {
  const Instant now = parts_.clock.now();
  const bool is_cancel = settling.to == MeetingStatus::cancelled;
  const bool is_confirm = settling.to == MeetingStatus::scheduled;
  const MeetingStatus from = sheet.meeting.status;
  sheet.meeting.status = settling.to;
  sheet.meeting.updated_at = now;
  if (is_cancel) sheet.meeting.cancellation = Cancellation{now, settling.by, settling.reason};
  if (is_confirm) sheet.meeting.confirm_by.reset();
  if (is_cancel || is_confirm) ++sheet.meeting.ical_sequence;
  const EffectNotes notes{.previous_start = {}, .reason = settling.reason, .previous_host = {}};
  StatusChange change;
  change.id = sheet.meeting.id;
  change.from = from;
  change.to = settling.to;
  change.cancelled_by = settling.by;
  change.cancel_reason = settling.reason;
  change.audit = {settling.action, actor_of(settling), settling.user, settling.request_id, {}};
  if (settling.occasion) change.effects = effects_of(*settling.occasion, sheet, notes);
  change.now = now;
  if (is_confirm)
    change.reminders =
        plan_reminders(sheet.type.content.settings.reminders_or_default(), sheet.meeting.time.start(), now);
  auto changed = transaction.meetings().change_status(change);
  if (!changed) return fail(std::move(changed.error()));
  if (!*changed) return fail(Code::conflict, "the meeting changed meanwhile");
  if (auto logged = log_on_timeline(transaction, sheet, settling.user, notes); !logged)
    return fail(std::move(logged.error()));
  return sheet;
}

Result<MeetingSheet> MeetingBookingService::own(Transaction& transaction, const Actor& actor, MeetingId id) const {
  auto meeting = transaction.meetings().find(id, Lock::for_update);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting || !actor.may_touch((*meeting)->host)) return fail(Code::not_found);
  return load_sheet(transaction, std::move(**meeting));
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
    auto sheet = own(transaction, actor, id);
    if (!sheet) return fail(std::move(sheet.error()));
    if (sheet->meeting.status == MeetingStatus::cancelled) return std::move(sheet->meeting);
    if (!is_live(sheet->meeting.status)) return fail(wrong_state(sheet->meeting.status));
    auto settled = settle(transaction, std::move(*sheet),
                          {MeetingStatus::cancelled, CancelledBy::host, *checked, Occasion::cancelled, "cancelled",
                           actor.id, std::string(request_id)});
    return std::move(settled).map([](MeetingSheet&& done) { return std::move(done.meeting); });
  });
}

Result<Meeting> MeetingBookingService::decline(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                                               std::string_view request_id) {
  auto checked = check_reason(reason);
  if (!checked) return fail(std::move(checked.error()));
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto sheet = own(transaction, actor, id);
    if (!sheet) return fail(std::move(sheet.error()));
    if (sheet->meeting.status != MeetingStatus::pending) return fail(wrong_state(sheet->meeting.status));
    auto settled = settle(transaction, std::move(*sheet),
                          {MeetingStatus::cancelled, CancelledBy::host, *checked, Occasion::declined, "declined",
                           actor.id, std::string(request_id)});
    return std::move(settled).map([](MeetingSheet&& done) { return std::move(done.meeting); });
  });
}

Result<Meeting> MeetingBookingService::confirm(const Actor& actor, MeetingId id, std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto sheet = own(transaction, actor, id);
    if (!sheet) return fail(std::move(sheet.error()));
    if (sheet->meeting.status == MeetingStatus::scheduled) return std::move(sheet->meeting);
    if (sheet->meeting.status != MeetingStatus::pending) return fail(wrong_state(sheet->meeting.status));
    if (sheet->meeting.confirm_by && parts_.clock.now() >= *sheet->meeting.confirm_by)
      return fail(Code::too_late, "the request has expired");
    if (auto is_free = check_free(transaction, *sheet, sheet->meeting.host); !is_free)
      return fail(std::move(is_free.error()));
    auto settled = settle(transaction, std::move(*sheet),
                          {MeetingStatus::scheduled, CancelledBy::system, std::nullopt, Occasion::confirmed,
                           "confirmed", actor.id, std::string(request_id)});
    return std::move(settled).map([](MeetingSheet&& done) { return std::move(done.meeting); });
  });
}

Result<int> MeetingBookingService::expire_requests(int count) {
  const Instant now = parts_.clock.now();
  auto expired = parts_.transactions.reading(
      [&](Transaction& transaction) { return transaction.meetings().expired_requests(now, count); });
  if (!expired) return fail(std::move(expired.error()));
  int done = 0;
  for (const MeetingId id : *expired) {
    auto settled =
        parts_.transactions.in_transaction([&](Transaction& transaction) { return expire(transaction, id, now); });
    if (!settled) return fail(std::move(settled.error()));
    done += *settled ? 1 : 0;
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
  auto sheet = load_sheet(transaction, std::move(**meeting));
  if (!sheet) return fail(std::move(sheet.error()));
  auto settled = settle(transaction, std::move(*sheet),
                        {.to = MeetingStatus::cancelled,
                         .by = CancelledBy::system,
                         .reason = "The host did not confirm in time.",
                         .occasion = Occasion::expired,
                         .action = "expired",
                         .user = {},
                         .request_id = {}});
  if (!settled) return fail(std::move(settled.error()));
  return true;
}

Done MeetingBookingService::check_free(Transaction& transaction, const MeetingSheet& sheet, UserId host) const {
  const Meeting& meeting = sheet.meeting;
  std::vector<UserId> hosts{meeting.host};
  if (host != meeting.host) hosts.push_back(host);
  if (auto locked = transaction.meetings().lock_hosts(hosts); !locked) return locked;
  auto offer = parts_.availability.load_offer(transaction, sheet.type, host, meeting.time, meeting.id);
  if (!offer) return fail(std::move(offer.error()));
  Offer relaxed = open_all_day(std::move(*offer));
  relaxed.rules.duration = std::chrono::floor<std::chrono::minutes>(meeting.time.length());
  const auto refusal = judge(relaxed, meeting.time.start());
  if (!refusal) return {};
  if (*refusal == Refusal::notice) return fail(Code::too_late, "the meeting has begun");
  return fail(Code::slot_taken, std::string(name_of(*refusal)));
}

Result<Meeting> MeetingBookingService::record_outcome(const Actor& actor, MeetingId id, MeetingStatus to,
                                                      std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto sheet = own(transaction, actor, id);
    if (!sheet) return fail(std::move(sheet.error()));
    const Meeting& meeting = sheet->meeting;
    auto allowed = may_record_outcome(meeting.status, to, meeting.time.start(), parts_.clock.now());
    if (!allowed) return fail(std::move(allowed.error()));
    if (meeting.status == to) return std::move(sheet->meeting);
    auto settled =
        settle(transaction, std::move(*sheet),
               {to, CancelledBy::system, std::nullopt, std::nullopt, "outcome", actor.id, std::string(request_id)});
    return std::move(settled).map([](MeetingSheet&& done) { return std::move(done.meeting); });
  });
}

Result<Meeting> MeetingBookingService::reassign(const Actor& actor, MeetingId id, UserId host,
                                                std::string_view request_id) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Meeting> {
    auto sheet = own(transaction, actor, id);
    if (!sheet) return fail(std::move(sheet.error()));
    Meeting& meeting = sheet->meeting;
    if (!is_live(meeting.status)) return fail(wrong_state(meeting.status));
    auto person = transaction.users().find(host);
    if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
    if (!person || !person->is_active)
      return fail(invalid_field("host_user_id", "invalid_option", "There is no such active user."));
    if (meeting.host == host) return std::move(meeting);
    if (auto is_free = check_free(transaction, *sheet, host); !is_free) return fail(std::move(is_free.error()));

    const UserId from = meeting.host;
    const EffectNotes notes{.previous_start = {}, .reason = {}, .previous_host = sheet->host};
    meeting.host = host;
    meeting.updated_at = parts_.clock.now();
    ++meeting.ical_sequence;
    sheet->host = std::move(*person);
    auto clocks = clocks_with_host(transaction, parts_.zones, meeting.time.start(), meeting.clocks, sheet->host);
    if (!clocks) return fail(std::move(clocks.error()));
    take_clocks(meeting, std::move(*clocks));
    const AuditEntry audit{"reassigned",
                           AuditEntry::Actor::user,
                           actor.id,
                           std::string(request_id),
                           {{"from", std::to_string(from.value)}, {"to", std::to_string(host.value)}}};
    auto done =
        transaction.meetings().reassign({meeting.id, from, host, audit, effects_of(Occasion::reassigned, *sheet, notes),
                                         meeting.updated_at, meeting.clocks});
    if (!done) return fail(std::move(done.error()));
    if (!*done) return fail(Code::conflict, "the meeting changed meanwhile");
    if (auto logged = log_on_timeline(transaction, *sheet, actor.id); !logged) return fail(std::move(logged.error()));
    return std::move(meeting);
  });
}

}  // namespace scheduling
