#pragma once
/// The outbox's mails: writes each from the meeting as it is now, and gives it to the CRM's mailer.
///
/// Thread: any. Source: behaviour B-7, B-11.
#include "plugin/services/mail/mail_composer.hpp"
#include "plugin/services/outbox/outbox_handler.hpp"

namespace scheduling {

class MeetingMailHandler final : public OutboxHandler {
 public:
  MeetingMailHandler(const MailComposer& composer, Mailer& mailer, const Clock& clock)
      : composer_(composer), mailer_(mailer), clock_(clock) {}

  OutboxKind kind() const noexcept override { return OutboxKind::meeting_mail; }
  const RetryPolicy& retry() const noexcept override { return k_mail_retry; }
  std::string blocked() const override;
  void ask_ahead(Transaction& transaction, const ClaimedMessage& message) override;
  Result<std::string> obsolete(Transaction& transaction, const ClaimedMessage& message) override;
  Result<HandlerOutcome> handle(Transaction& transaction, const ClaimedMessage& message) override;
  /// The rep reads it with the meeting and on the contact's timeline.
  Done give_up(Transaction& transaction, const ClaimedMessage& message, const std::string& reason) override;

 private:
  const MailComposer& composer_;
  Mailer& mailer_;
  const Clock& clock_;
};

}  // namespace scheduling
