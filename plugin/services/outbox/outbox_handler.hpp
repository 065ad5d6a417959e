#pragma once
/// What one kind of outbox message means: how it is done, and how often it is tried. OutboxWorker does the rest.
///
/// Thread: any; several workers may call one handler at once.
/// Source: behaviour B-7, B-11.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "plugin/core/outbox/retry_policy.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/storage/outbox_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

/// What became of a message that was handed over, or why it was not.
struct HandlerOutcome {
  enum class End : std::uint8_t {
    done,
    obsolete,          ///< nobody wants it any more; nothing was handed over
    refused_for_now,   ///< tried again as the policy says
    refused_for_good,  ///< given up
    postponed,         ///< not tried, because what it waits for is about to come; no attempt
  };
  End end = End::done;
  std::string reason{};      ///< of all but `done`; one line
  bool is_answered = false;  ///< of a refusal: the receiver said no; else nobody knows what became of the message
  std::optional<std::chrono::seconds> retry_after{};  ///< at the earliest, as the receiver asks
};

class OutboxHandler {
 public:
  virtual ~OutboxHandler() = default;
  virtual OutboxKind kind() const noexcept = 0;
  virtual const RetryPolicy& retry() const noexcept = 0;
  /// Why no message of this kind can be handed over at present; empty: nothing is known to be in the way.
  virtual std::string blocked() const = 0;

  /// Queues what handle() will ask about the message, so that one round trip answers it all.
  virtual void ask_ahead(Transaction&, const ClaimedMessage&) {}
  /// Why nobody wants the message any more; empty: it is wanted. Asked before the hand-over is noted.
  virtual Result<std::string> obsolete(Transaction&, const ClaimedMessage&) { return std::string(); }
  /// Does what the message says, once. The row is already marked as done in `transaction`, and only the commit follows:
  /// what is written here commits with the mark.
  /// Errors: the provider's `provider_unavailable` when other messages would fare the same, which ends the round and
  ///         does not count as an attempt; `invalid_input` and `provider_refused` when trying again is pointless. All
  ///         errors roll the transaction back.
  virtual Result<HandlerOutcome> handle(Transaction& transaction, const ClaimedMessage& message) = 0;
  /// The message was refused for good or too often. Writes who must know of it, in the transaction that gives it up.
  virtual Done give_up(Transaction& transaction, const ClaimedMessage& message, const std::string& reason) = 0;
};

}  // namespace scheduling
