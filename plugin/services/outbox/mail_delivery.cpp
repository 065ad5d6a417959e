#include "plugin/services/outbox/mail_delivery.hpp"

#include <algorithm>

#include "plugin/core/outbox/retry_plan.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/meeting/activity_entry.hpp"

namespace scheduling {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds k_pause_first{2};
constexpr seconds k_pause_max{60};

/// The server as a whole, not this mail.
bool is_halt(const Error& error) {
  return error.code == Code::provider_unavailable;
}

bool is_hopeless(const Error& error) {
  return error.code == Code::invalid_input || error.code == Code::provider_refused;
}

std::string texts_of(const Error& error) {
  if (!error.fields.empty()) return error.fields.front().field + ": " + error.fields.front().message;
  return error.detail.empty() ? std::string(name_of(error.code)) : error.detail;
}

}  // namespace

Result<DeliveryRound> MailDelivery::deliver(std::stop_token stop, int count_max) {
  DeliveryRound round;
  if (!mailer_.is_configured()) {
    round.halted = "no mail server is configured";
    return round;
  }
  while (!stop.stop_requested() && !is_resting()) {
    if (round.sent + round.refused >= count_max) {
      round.more = true;
      break;
    }
    auto step = deliver_next();
    if (!step) return fail(std::move(step.error()));
    if (*step == Step::idle || *step == Step::halted) break;
    if (*step == Step::sent) ++round.sent;
    if (*step == Step::refused) ++round.refused;
  }
  round.halted = halted();
  return round;
}

Result<MailDelivery::Step> MailDelivery::deliver_next() {
  OutboxId claimed;
  int attempts = 0;
  auto step = transactions_.once([&](Transaction& transaction) -> Result<Step> {
    auto message = transaction.outbox().claim(clock_.now(), k_retry_wait_max);
    if (!message) return fail(std::move(message.error()));
    if (!*message) return Step::idle;
    claimed = (*message)->id;
    attempts = (*message)->attempts;
    return deliver_claimed(transaction, **message);
  });
  if (step) return step;
  if (is_halt(step.error())) {
    rest(texts_of(step.error()));
    return Step::halted;
  }
  // Database errors do not count as a delivery attempt; anything else must not stop the mails behind this one.
  if (!claimed || step.error().code == Code::database_unavailable) return step;
  if (auto settled = settle_failed(claimed, attempts + 1, step.error()); !settled)
    return fail(std::move(settled.error()));
  return Step::refused;
}

Result<MailDelivery::Step> MailDelivery::deliver_claimed(Transaction& transaction, const ClaimedMessage& message) {
  auto written = composer_.write(transaction, message);
  if (!written) return fail(std::move(written.error()));
  if (const auto* obsolete = std::get_if<Obsolete>(&*written)) {
    auto dropped = transaction.outbox().settle(
        message.id, {OutboxStatus::dropped, false, std::nullopt, obsolete->why, clock_.now()});
    if (!dropped) return fail(std::move(dropped.error()));
    return Step::dropped;
  }
  return hand_over(transaction, message, std::get<WrittenMail>(*written));
}

Result<MailDelivery::Step> MailDelivery::hand_over(Transaction& transaction, const ClaimedMessage& message,
                                                   const WrittenMail& written) {
  // Written before the mail leaves: after the server's yes there is only the commit to do.
  const Instant now = clock_.now();
  if (auto marked = transaction.outbox().settle(message.id, {OutboxStatus::done, true, std::nullopt, "", now}); !marked)
    return fail(std::move(marked.error()));
  auto answer = mailer_.send(written.mail);
  if (!answer) return fail(std::move(answer.error()));
  wake();
  if (answer->fate == MailFate::accepted) {
    if (message.due_at) transaction.outbox().note_reminder_sent(message.meeting);
    return Step::sent;
  }
  const std::string reply = HeaderText(answer->reply).text();
  DeliveryOutcome outcome = after_failure(message.id, message.attempts + 1, reply);
  if (answer->fate == MailFate::refused) outcome = {OutboxStatus::dead, true, std::nullopt, reply, now};
  outcome.counts = false;  // it was counted when it was marked
  if (auto settled = transaction.outbox().settle(message.id, outcome); !settled)
    return fail(std::move(settled.error()));
  if (outcome.status == OutboxStatus::dead)
    if (auto told = give_up(transaction, message, written, reply); !told) return fail(std::move(told.error()));
  return Step::refused;
}

/// The rep reads it with the meeting and on the contact's timeline.
Done MailDelivery::give_up(Transaction& transaction, const ClaimedMessage& message, const WrittenMail& written,
                           const std::string& reply) {
  const Instant now = clock_.now();
  if (auto noted = transaction.outbox().note_refusal(message, written.mail.to.text(), reply, now); !noted) return noted;
  auto meeting = transaction.meetings().find(message.meeting, Lock::none);
  if (!meeting) return fail(std::move(meeting.error()));
  // An older half of a chain is not what the timeline shows.
  if (!*meeting || (*meeting)->status == MeetingStatus::rescheduled) return {};
  MeetingDetails details = written.details;
  details.meeting = std::move(**meeting);
  return write_activity_entry(transaction, details, {});
}

/// In a transaction of its own: the one that failed is gone with all it wrote.
Done MailDelivery::settle_failed(OutboxId id, int attempts, const Error& error) {
  DeliveryOutcome outcome = after_failure(id, attempts, HeaderText(texts_of(error)).text());
  if (is_hopeless(error)) outcome.status = OutboxStatus::dead;
  return transactions_.in_transaction(
      [&](Transaction& transaction) { return transaction.outbox().settle_unsent(id, outcome); });
}

DeliveryOutcome MailDelivery::after_failure(OutboxId id, int attempts, std::string why) const {
  const Instant now = clock_.now();
  const auto wait = wait_before_retry(attempts, static_cast<std::uint64_t>(id.value));
  DeliveryOutcome outcome{OutboxStatus::waiting, true, std::nullopt, std::move(why), now};
  if (wait)
    outcome.available_at = now + *wait;
  else
    outcome.status = OutboxStatus::dead;
  return outcome;
}

std::string MailDelivery::halted() const {
  if (!mailer_.is_configured()) return "no mail server is configured";
  const std::lock_guard lock(mutex_);
  return halted_;
}

bool MailDelivery::is_resting() const {
  const std::lock_guard lock(mutex_);
  return !halted_.empty() && steady_clock::now() < until_;
}

void MailDelivery::rest(const std::string& why) {
  const std::lock_guard lock(mutex_);
  halted_ = why;
  pause_ = pause_ == seconds{0} ? k_pause_first : std::min(pause_ * 2, k_pause_max);
  until_ = steady_clock::now() + pause_;
}

void MailDelivery::wake() {
  const std::lock_guard lock(mutex_);
  halted_.clear();
  pause_ = seconds{0};
}

}  // namespace scheduling
