#include "plugin/services/insight/privacy_service.hpp"

#include "plugin/core/booking/email_address.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/meeting/meeting_details.hpp"
#include "plugin/services/meeting/meeting_notifications.hpp"

namespace scheduling {
namespace {

Result<SoughtAddress> sought(const std::string& email) {
  const auto address = EmailAddress::parse(email);
  if (!address) return fail(invalid_field("email", "invalid_email", "Enter an e-mail address."));
  return SoughtAddress{address->key(), address->text()};
}

/// As the meeting stands in texts once nobody knows who it was with.
void forget_person(Meeting& meeting) {
  meeting.attendee_name = "(erased)";
  meeting.attendee_email.clear();
  meeting.phone.reset();
  meeting.notes.reset();
  meeting.answers.clear();
  meeting.guests.clear();
  meeting.utm.clear();
  meeting.mail_failures.clear();
  if (meeting.cancellation) meeting.cancellation->reason.reset();
}

/// Entries of a timeline are replaced under their key: what was booked or moved, and how it ended.
Result<std::int64_t> rewrite_activities(Transaction& transaction, const std::vector<Meeting>& meetings) {
  std::int64_t count = 0;
  for (const Meeting& stored : meetings) {
    if (!stored.contact) continue;
    auto details = load_meeting_details(transaction, stored);
    if (!details) return fail(std::move(details.error()));
    forget_person(details->meeting);
    const MeetingStatus end = details->meeting.status;
    std::vector<MeetingStatus> told{MeetingStatus::scheduled};
    if (end == MeetingStatus::pending) told = {end};
    if (end == MeetingStatus::cancelled || stored.outcome) told.push_back(end);
    for (const MeetingStatus status : told) {
      details->meeting.status = status;
      if (auto logged = transaction.records().log(activity_of(*details, {}, {}, {})); !logged)
        return fail(std::move(logged.error()));
      ++count;
    }
  }
  return count;
}

Result<Erasure> erase_chains(Transaction& transaction, const std::vector<MeetingId>& chains, GuestsToo guests,
                             Instant now) {
  if (chains.empty()) return Erasure{};
  auto meetings = transaction.privacy().meetings_of(chains);
  if (!meetings) return fail(std::move(meetings.error()));
  auto activities = rewrite_activities(transaction, *meetings);
  if (!activities) return fail(std::move(activities.error()));
  auto erased = transaction.privacy().erase(chains, guests, now);
  if (erased) erased->activities = *activities;
  return erased;
}

}  // namespace

Result<std::int64_t> PrivacyService::cancel_upcoming(const Actor& admin, const SoughtAddress& address,
                                                     const EraseCommand& command) {
  auto ahead = parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<std::vector<MeetingId>> {
    auto chains = transaction.privacy().chains_of(address);
    if (!chains) return chains;
    auto meetings = transaction.privacy().meetings_of(*chains);
    if (!meetings) return fail(std::move(meetings.error()));
    std::vector<MeetingId> live;
    for (const Meeting& meeting : *meetings)
      if (is_live(meeting.status) && meeting.time.end() > parts_.clock.now()) live.push_back(meeting.id);
    return live;
  });
  if (!ahead) return fail(std::move(ahead.error()));
  for (const MeetingId id : *ahead) {
    auto cancelled = parts_.booking.cancel(admin, id, std::nullopt, command.request_id);
    if (!cancelled && cancelled.error().code != Code::conflict) return fail(std::move(cancelled.error()));
  }
  // Told first: afterwards nobody knows whom to tell.
  if (!ahead->empty()) parts_.send_waiting_mails();
  return static_cast<std::int64_t>(ahead->size());
}

Result<Erasure> PrivacyService::erase(const Actor& admin, const EraseCommand& command) {
  auto address = sought(command.email);
  if (!address) return fail(std::move(address.error()));
  std::int64_t cancelled = 0;
  if (command.upcoming == Upcoming::cancel) {
    auto count = cancel_upcoming(admin, *address, command);
    if (!count) return fail(std::move(count.error()));
    cancelled = *count;
  }
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Erasure> {
    const Instant now = parts_.clock.now();
    auto chains = transaction.privacy().chains_of(*address);
    if (!chains) return fail(std::move(chains.error()));
    auto erased = erase_chains(transaction, *chains, GuestsToo::no, now);
    if (!erased) return erased;
    auto as_guest = transaction.privacy().erase_guest(*address, now);
    if (!as_guest) return as_guest;
    erased->guest_of = as_guest->guest_of;
    erased->mails += as_guest->mails;
    erased->calendar_events += as_guest->calendar_events;
    erased->cancelled = cancelled;
    if (auto noted = transaction.privacy().note({admin.id, command.request_id, *erased, now}); !noted)
      return fail(std::move(noted.error()));
    return erased;
  });
}

Result<std::string> PrivacyService::export_of(const std::string& email) {
  auto address = sought(email);
  if (!address) return fail(std::move(address.error()));
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<std::string> {
    auto chains = transaction.privacy().chains_of(*address);
    if (!chains) return fail(std::move(chains.error()));
    return transaction.privacy().export_of(*chains, *address);
  });
}

Result<int> PrivacyService::erase_old(int count) {
  const auto days = parts_.settings.current().retention_days;
  if (!days) return 0;
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<int> {
    const Instant now = parts_.clock.now();
    auto chains = transaction.privacy().old_chains(now - std::chrono::days{*days}, count);
    if (!chains) return fail(std::move(chains.error()));
    auto erased = erase_chains(transaction, *chains, GuestsToo::yes, now);
    if (!erased) return fail(std::move(erased.error()));
    if (!chains->empty())
      if (auto noted = transaction.privacy().note({{}, "", *erased, now}); !noted)
        return fail(std::move(noted.error()));
    return static_cast<int>(chains->size());
  });
}

}  // namespace scheduling
