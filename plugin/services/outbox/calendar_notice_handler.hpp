#pragma once
/// Tells a host that their calendar is no longer connected.
///
/// Thread: any. Source: behaviour B-9, B-11.
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/mailer.hpp"
#include "plugin/ports/crm/site.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"
#include "plugin/services/outbox/outbox_handler.hpp"

namespace scheduling {

class CalendarNoticeHandler final : public OutboxHandler {
 public:
  CalendarNoticeHandler(const HtmlRenderer& renderer, const MessageCatalog& messages, Mailer& mailer, const Site& site,
                        const Clock& clock)
      : renderer_(renderer), messages_(messages), mailer_(mailer), site_(site), clock_(clock) {}

  OutboxKind kind() const noexcept override { return OutboxKind::calendar_notice; }
  const RetryPolicy& retry() const noexcept override { return k_mail_retry; }
  std::string blocked() const override {
    return mailer_.is_configured() ? std::string() : "no mail server is configured";
  }
  /// Who connected the account again meanwhile, or removed it, needs no mail.
  Result<HandlerOutcome> handle(Transaction& transaction, const ClaimedMessage& message) override;
  /// The settings page says it too.
  Done give_up(Transaction&, const ClaimedMessage&, const std::string&) override { return {}; }

 private:
  Result<Mail> write(Transaction& transaction, OutboxId id, const CalendarNotice& notice) const;

  const HtmlRenderer& renderer_;
  const MessageCatalog& messages_;
  Mailer& mailer_;
  const Site& site_;
  const Clock& clock_;
};

}  // namespace scheduling
