#pragma once
/// Works the outbox off: each mail is claimed, written, marked as sent and handed over, and then committed. A process
/// that dies anywhere before the commit leaves the mail waiting for the next one; only dying between the mail server's
/// yes and the commit sends it twice.
///
/// Thread:  any; several threads and hosts share the work, each mail is one's at a time.
/// Errors:  those of the database. What mail servers refuse is settled in the outbox.
/// Source:  behaviour B-7, B-11.
#include <chrono>
#include <mutex>
#include <stop_token>
#include <string>

#include "plugin/services/mail/mail_composer.hpp"

namespace scheduling {

struct DeliveryRound {
  int sent = 0;
  int refused = 0;     ///< for now or for good
  bool more = false;   ///< the round was full
  std::string halted;  ///< why nothing can be sent at all; empty: it can
};

class MailDelivery {
 public:
  MailDelivery(Transactions& transactions, const MailComposer& composer, Mailer& mailer, const Clock& clock)
      : transactions_(transactions), composer_(composer), mailer_(mailer), clock_(clock) {}

  /// Sends what is due, at most `count_max` mails.
  Result<DeliveryRound> deliver(std::stop_token stop, int count_max);
  /// Why nothing can be sent, as far as this host knows; empty: nothing is known to be in the way.
  std::string halted() const;

 private:
  enum class Step { idle, sent, refused, dropped, halted };
  Result<Step> deliver_next();
  Result<Step> deliver_claimed(Transaction& transaction, const ClaimedMessage& message);
  Result<Step> hand_over(Transaction& transaction, const ClaimedMessage& message, const WrittenMail& written);
  Done give_up(Transaction& transaction, const ClaimedMessage& message, const WrittenMail& written,
               const std::string& reply);
  Done settle_failed(OutboxId id, int attempts, const Error& error);
  DeliveryOutcome after_failure(OutboxId id, int attempts, std::string why) const;

  /// While a mail server cannot be used it is asked less and less often.
  bool is_resting() const;
  void rest(const std::string& why);
  void wake();

  Transactions& transactions_;
  const MailComposer& composer_;
  Mailer& mailer_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::string halted_;
  std::chrono::seconds pause_{0};
  std::chrono::steady_clock::time_point until_{};
};

}  // namespace scheduling
