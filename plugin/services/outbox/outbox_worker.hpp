#pragma once
/// Handles the outbox messages of one kind (ADR-0010, ADR-0031). First it notes and commits that a row is about to be
/// handed over; then it takes the row, which marks it as done, has the handler hand it over, and commits. That commit
/// carries the note of the next row too, so a message costs one transaction. A process that dies anywhere before that
/// commit leaves the row waiting, with the note; only dying between the receiver's yes and the commit does it twice.
///
/// One worker for each kind: a kind whose server is away does not stop the others.
/// Thread:  any; several threads and instances share the work, each row is one's at a time.
/// Errors:  those of the database. What receivers refuse is settled in the outbox.
/// Source:  behaviour B-7, B-11.
#include <chrono>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "plugin/ports/crm/clock.hpp"
#include "plugin/services/outbox/outbox_handler.hpp"

namespace scheduling {

struct DeliveryRound {
  int sent = 0;
  int refused = 0;     ///< for now or for good
  bool more = false;   ///< the round was full
  std::string halted;  ///< why nothing can be sent at all; empty: it can
};

class OutboxWorker {
 public:
  OutboxWorker(Transactions& transactions, OutboxHandler& handler, const Clock& clock)
      : transactions_(transactions), handler_(handler), clock_(clock) {}

  /// Works off what is due, at most `count_max` messages.
  Result<DeliveryRound> deliver(std::stop_token stop, int count_max);
  /// Why nothing can be handed over, as far as this instance knows; empty: nothing is known to be in the way.
  std::string halted() const;

 private:
  enum class Step {
    idle,
    noted,
    passed,  ///< somebody else has the message
    sent,
    refused,
    dropped,
    halted,
  };
  /// One message on its way through a transaction.
  struct Turn {
    std::optional<ClaimedMessage> noted{};  ///< by this round, in the transaction before
    bool may_note_next = false;             ///< the round goes on after this one
    OutboxId claimed{};                     ///< whose fate this transaction decides
    int attempts = 0;                       ///< earlier ones of `claimed`
    std::optional<ClaimedMessage> next{};   ///< noted in this transaction
  };
  Result<Step> deliver_next(Turn turn, std::optional<ClaimedMessage>& noted);
  Result<Step> begin(Transaction& transaction, Turn& turn);
  Result<Step> go_on(Transaction& transaction, Turn& turn);
  Done note_next(Transaction& transaction, Turn& turn);
  Done take_back(OutboxId id);
  Result<Step> note_hand_over(Transaction& transaction, const ClaimedMessage& message);
  /// Whose note says that a message may have left: an earlier process may have died after the receiver's yes.
  enum class Note { own, earlier };
  Result<Step> deliver_claimed(Transaction& transaction, const ClaimedMessage& message);
  Result<Step> hand_over(Transaction& transaction, const ClaimedMessage& message, Note note);
  Result<Step> settle(Transaction& transaction, const ClaimedMessage& message, const HandlerOutcome& outcome,
                      Note note);
  Result<Step> postpone(Transaction& transaction, const ClaimedMessage& message, const HandlerOutcome& outcome) const;
  Done settle_failed(OutboxId id, int attempts, const Error& error);
  DeliveryOutcome after_failure(OutboxId id, int attempts, std::string why) const;

  /// While the receiving server cannot be used it is asked less and less often.
  bool is_resting() const;
  void rest(const std::string& why);
  void wake();

  Transactions& transactions_;
  OutboxHandler& handler_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::string halted_;
  std::chrono::seconds pause_{0};
  std::chrono::steady_clock::time_point until_{};
};

}  // namespace scheduling
