#include "plugin/services/outbox/outbox_worker.hpp"

#include <algorithm>

#include "plugin/core/text/header_text.hpp"

namespace scheduling {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds k_pause_first{2};
constexpr seconds k_pause_max{60};

/// The receiving server as a whole, not this message.
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

Result<DeliveryRound> OutboxWorker::deliver(std::stop_token stop, int count_max) {
  DeliveryRound round;
  round.halted = handler_.blocked();
  if (!round.halted.empty()) return round;
  OutboxId noted;
  while (!stop.stop_requested() && !is_resting()) {
    if (round.sent + round.refused >= count_max) {
      round.more = true;
      break;
    }
    auto step = deliver_next(noted);
    if (!step) return fail(std::move(step.error()));
    if (*step == Step::idle || *step == Step::halted) break;
    if (*step == Step::sent) ++round.sent;
    if (*step == Step::refused) ++round.refused;
  }
  round.halted = halted();
  return round;
}

Result<OutboxWorker::Step> OutboxWorker::deliver_next(OutboxId& noted) {
  OutboxId claimed;
  int attempts = 0;
  auto step = transactions_.once([&](Transaction& transaction) -> Result<Step> {
    auto message = transaction.outbox().claim(handler_.kind(), clock_.now(), handler_.retry().wait_max);
    if (!message) return fail(std::move(message.error()));
    if (!*message) return Step::idle;
    claimed = (*message)->id;
    attempts = (*message)->attempts;
    const bool is_noted = (*message)->may_have_left || !(*message)->unreadable.empty();
    if (!is_noted) return note_hand_over(transaction, **message);
    return deliver_claimed(transaction, **message, claimed == noted ? Note::own : Note::earlier);
  });
  if (step && *step == Step::noted) noted = claimed;
  if (step) return step;
  if (is_halt(step.error())) {
    rest(texts_of(step.error()));
    // What an earlier process noted stays: that one may have reached the receiver.
    if (claimed && claimed == noted) {
      auto back = transactions_.in_transaction(
          [&](Transaction& transaction) { return transaction.outbox().take_back_hand_over(claimed); });
      if (!back) return fail(std::move(back.error()));
    }
    return Step::halted;
  }
  // Database errors do not count as an attempt; anything else must not stop the messages behind this one.
  if (!claimed || step.error().code == Code::database_unavailable) return step;
  if (auto settled = settle_failed(claimed, attempts + 1, step.error()); !settled)
    return fail(std::move(settled.error()));
  return Step::refused;
}

/// Committed before anything leaves. Without it a process that dies after the receiver's yes would leave no trace of
/// what was told, and a cancellation would be dropped as news about something that nobody had heard of.
Result<OutboxWorker::Step> OutboxWorker::note_hand_over(Transaction& transaction, const ClaimedMessage& message) {
  auto why = handler_.obsolete(transaction, message);
  if (!why) return fail(std::move(why.error()));
  if (!why->empty()) return settle(transaction, message, {HandlerOutcome::End::obsolete, std::move(*why)}, Note::own);
  auto noted = transaction.outbox().note_hand_over(message.id, clock_.now());
  if (!noted) return fail(std::move(noted.error()));
  return Step::noted;
}

/// The two writes of a delivery, and why they are in this order. First the row is marked as done, then the message is
/// handed over, then the transaction commits. Until the commit nobody else sees the mark: a process that dies leaves
/// the row waiting. After the receiver's yes only the commit is left, so dying in that one round trip is the only way
/// to a second delivery. Marking after the hand-over would add a statement, its errors and its time to that gap;
/// committing the mark before the hand-over would lose the message of a process that dies in between.
Result<OutboxWorker::Step> OutboxWorker::deliver_claimed(Transaction& transaction, const ClaimedMessage& message,
                                                         Note note) {
  const int attempts = message.attempts + 1;
  if (!message.unreadable.empty()) {
    auto settled = transaction.outbox().settle(
        message.id, {OutboxStatus::dead, attempts, std::nullopt, HeaderText(message.unreadable).text(), clock_.now()});
    if (!settled) return fail(std::move(settled.error()));
    return Step::refused;
  }
  auto marked = transaction.outbox().settle(message.id, {OutboxStatus::done, attempts, std::nullopt, "", clock_.now()});
  if (!marked) return fail(std::move(marked.error()));
  auto outcome = handler_.handle(transaction, message);
  if (!outcome) return fail(std::move(outcome.error()));
  return settle(transaction, message, *outcome, note);
}

/// Takes the mark back where the message was not delivered after all.
Result<OutboxWorker::Step> OutboxWorker::settle(Transaction& transaction, const ClaimedMessage& message,
                                                const HandlerOutcome& outcome, Note note) {
  using End = HandlerOutcome::End;
  if (outcome.end == End::obsolete) {
    auto dropped = transaction.outbox().settle(message.id, {OutboxStatus::dropped, message.attempts, std::nullopt,
                                                            outcome.reason, clock_.now(), note == Note::own});
    if (!dropped) return fail(std::move(dropped.error()));
    return Step::dropped;
  }
  wake();  // a server that refuses is one that can be used
  if (outcome.end == End::done) return Step::sent;
  DeliveryOutcome failure = after_failure(message.id, message.attempts + 1, outcome.reason);
  if (outcome.end == End::refused_for_good) {
    failure.status = OutboxStatus::dead;
    failure.available_at.reset();
  }
  failure.did_leave_not = outcome.is_answered && note == Note::own;
  if (auto settled = transaction.outbox().settle(message.id, failure); !settled)
    return fail(std::move(settled.error()));
  if (failure.status == OutboxStatus::dead)
    if (auto told = handler_.give_up(transaction, message, outcome.reason); !told) return fail(std::move(told.error()));
  return Step::refused;
}

/// In a transaction of its own: the one that failed is gone with all it wrote.
Done OutboxWorker::settle_failed(OutboxId id, int attempts, const Error& error) {
  DeliveryOutcome outcome = after_failure(id, attempts, HeaderText(texts_of(error)).text());
  if (is_hopeless(error)) outcome.status = OutboxStatus::dead;
  return transactions_.in_transaction(
      [&](Transaction& transaction) { return transaction.outbox().settle_unsent(id, outcome); });
}

DeliveryOutcome OutboxWorker::after_failure(OutboxId id, int attempts, std::string why) const {
  const Instant now = clock_.now();
  const auto wait = wait_before_retry(handler_.retry(), attempts, static_cast<std::uint64_t>(id.value));
  DeliveryOutcome outcome{OutboxStatus::waiting, attempts, std::nullopt, std::move(why), now};
  if (wait)
    outcome.available_at = now + *wait;
  else
    outcome.status = OutboxStatus::dead;
  return outcome;
}

std::string OutboxWorker::halted() const {
  if (std::string why = handler_.blocked(); !why.empty()) return why;
  const std::lock_guard lock(mutex_);
  return halted_;
}

bool OutboxWorker::is_resting() const {
  const std::lock_guard lock(mutex_);
  return !halted_.empty() && steady_clock::now() < until_;
}

void OutboxWorker::rest(const std::string& why) {
  const std::lock_guard lock(mutex_);
  halted_ = why;
  pause_ = pause_ == seconds{0} ? k_pause_first : std::min(pause_ * 2, k_pause_max);
  until_ = steady_clock::now() + pause_;
}

void OutboxWorker::wake() {
  const std::lock_guard lock(mutex_);
  halted_.clear();
  pause_ = seconds{0};
}

}  // namespace scheduling
