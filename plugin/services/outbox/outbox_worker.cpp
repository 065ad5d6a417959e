#include "plugin/services/outbox/outbox_worker.hpp"

#include <algorithm>
#include <utility>

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
  std::optional<ClaimedMessage> noted;
  while (!stop.stop_requested() && !is_resting()) {
    const int tried = round.sent + round.refused;
    if (tried >= count_max) {
      round.more = true;
      break;
    }
    auto step =
        deliver_next({.noted = std::exchange(noted, std::nullopt), .may_note_next = tried + 1 < count_max}, noted);
    if (!step) return fail(std::move(step.error()));
    if (*step == Step::idle || *step == Step::halted) break;
    if (*step == Step::sent) ++round.sent;
    if (*step == Step::refused) ++round.refused;
  }
  // Told to stop between note and hand-over.
  if (noted)
    if (auto back = take_back(noted->id); !back) return fail(std::move(back.error()));
  round.halted = halted();
  return round;
}

Result<OutboxWorker::Step> OutboxWorker::deliver_next(Turn turn, std::optional<ClaimedMessage>& noted) {
  auto step = transactions_.once([&](Transaction& transaction) -> Result<Step> {
    return turn.noted ? go_on(transaction, turn) : begin(transaction, turn);
  });
  if (step) {
    noted = std::move(turn.next);
    return step;
  }
  if (is_halt(step.error())) {
    rest(texts_of(step.error()));
    // What an earlier process noted stays: that one may have reached the receiver.
    if (turn.noted)
      if (auto back = take_back(turn.noted->id); !back) return fail(std::move(back.error()));
    return Step::halted;
  }
  // Database errors do not count as an attempt; anything else must not stop the messages behind this one.
  if (!turn.claimed || step.error().code == Code::database_unavailable) return step;
  if (auto settled = settle_failed(turn.claimed, turn.attempts + 1, step.error()); !settled)
    return fail(std::move(settled.error()));
  return Step::refused;
}

/// The first message of a round, and one that an earlier process noted.
Result<OutboxWorker::Step> OutboxWorker::begin(Transaction& transaction, Turn& turn) {
  auto message = transaction.outbox().claim(handler_.kind(), clock_.now(), handler_.retry().wait_max);
  if (!message) return fail(std::move(message.error()));
  if (!*message) return Step::idle;
  turn.claimed = (*message)->id;
  turn.attempts = (*message)->attempts;
  if ((*message)->may_have_left || !(*message)->unreadable.empty()) return deliver_claimed(transaction, **message);
  auto step = note_hand_over(transaction, **message);
  if (step && *step == Step::noted) turn.next = std::move(**message);
  return step;
}

/// The message that the transaction before noted. All questions travel together: who has the row, what the text needs,
/// which row comes next.
Result<OutboxWorker::Step> OutboxWorker::go_on(Transaction& transaction, Turn& turn) {
  const ClaimedMessage& message = *turn.noted;
  const Instant now = clock_.now();
  transaction.outbox().ask_take(message, now);
  handler_.ask_ahead(transaction, message);
  if (turn.may_note_next)
    if (auto done = note_next(transaction, turn); !done) return fail(std::move(done.error()));
  auto taken = transaction.outbox().take(message, now);
  if (!taken) return fail(std::move(taken.error()));
  if (!*taken) return Step::passed;
  turn.claimed = message.id;
  turn.attempts = message.attempts;
  auto step = hand_over(transaction, message, Note::own);
  if (!step || *step == Step::sent || !turn.next) return step;
  // The next one was chosen as if this one had been told; and one person's messages keep their order.
  auto back = transaction.outbox().take_back_hand_over(turn.next->id);
  if (!back) return fail(std::move(back.error()));
  turn.next.reset();
  return step;
}

/// Notes the next message in this message's transaction. What is special about a row is left to begin().
Done OutboxWorker::note_next(Transaction& transaction, Turn& turn) {
  auto message = transaction.outbox().claim(handler_.kind(), clock_.now(), handler_.retry().wait_max);
  if (!message) return fail(std::move(message.error()));
  if (!*message || (*message)->may_have_left || !(*message)->unreadable.empty()) return {};
  auto why = handler_.obsolete(transaction, **message);
  if (!why && why.error().code == Code::database_unavailable) return fail(std::move(why.error()));
  if (!why || !why->empty()) return {};
  auto noted = transaction.outbox().note_hand_over((*message)->id, clock_.now());
  if (!noted) return noted;
  turn.next = std::move(**message);
  return {};
}

Done OutboxWorker::take_back(OutboxId id) {
  return transactions_.in_transaction(
      [&](Transaction& transaction) { return transaction.outbox().take_back_hand_over(id); });
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
Result<OutboxWorker::Step> OutboxWorker::deliver_claimed(Transaction& transaction, const ClaimedMessage& message) {
  const int attempts = message.attempts + 1;
  if (!message.unreadable.empty()) {
    auto settled = transaction.outbox().settle(
        message.id, {OutboxStatus::dead, attempts, std::nullopt, HeaderText(message.unreadable).text(), clock_.now()});
    if (!settled) return fail(std::move(settled.error()));
    return Step::refused;
  }
  auto marked = transaction.outbox().settle(message.id, {OutboxStatus::done, attempts, std::nullopt, "", clock_.now()});
  if (!marked) return fail(std::move(marked.error()));
  return hand_over(transaction, message, Note::earlier);
}

/// Of a row that is marked as done.
Result<OutboxWorker::Step> OutboxWorker::hand_over(Transaction& transaction, const ClaimedMessage& message, Note note) {
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
  if (outcome.end == End::postponed) return postpone(transaction, message, outcome);
  wake();  // a server that refuses is one that can be used
  if (outcome.end == End::done) return Step::sent;
  DeliveryOutcome failure = after_failure(message.id, message.attempts + 1, outcome.reason);
  if (outcome.end == End::refused_for_good) {
    failure.status = OutboxStatus::dead;
    failure.available_at.reset();
  }
  if (failure.available_at && outcome.retry_after)
    failure.available_at = std::max(*failure.available_at, clock_.now() + *outcome.retry_after);
  failure.did_leave_not = outcome.is_answered && note == Note::own;
  if (auto settled = transaction.outbox().settle(message.id, failure); !settled)
    return fail(std::move(settled.error()));
  if (failure.status == OutboxStatus::dead)
    if (auto told = handler_.give_up(transaction, message, outcome.reason); !told) return fail(std::move(told.error()));
  return Step::refused;
}

Result<OutboxWorker::Step> OutboxWorker::postpone(Transaction& transaction, const ClaimedMessage& message,
                                                  const HandlerOutcome& outcome) const {
  const Instant now = clock_.now();
  auto settled = transaction.outbox().settle(
      message.id, {OutboxStatus::waiting, message.attempts, now + outcome.retry_after.value_or(k_pause_first), "", now,
                   !message.may_have_left});
  if (!settled) return fail(std::move(settled.error()));
  return Step::dropped;
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
