#include "plugin/adapters/mail/crm_mailer.hpp"

#include <exception>
#include <utility>

#include "plugin/adapters/mail/mime_message.hpp"
#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

using crm::sdk::DeliveryStatus;

MailFate fate_of(DeliveryStatus status) {
  switch (status) {
    case DeliveryStatus::accepted: return MailFate::accepted;
    case DeliveryStatus::temporary: return MailFate::refused_for_now;
    case DeliveryStatus::permanent: return MailFate::refused;
  }
  return MailFate::refused_for_now;  // a newer host's status: sending twice is better than never
}

}  // namespace

Result<DeliveryResult> CrmMailer::send(const Mail& mail) {
  try {
    const auto sender = EmailAddress::parse(mailer_.sender());
    if (!sender) return fail(Code::provider_unavailable, "the CRM's mail sender is not an e-mail address");
    auto message = write_mime_message(mail, *sender);
    if (!message) return fail(std::move(message.error()));
    // An empty `from` is the CRM's sender: bounces are its business.
    auto delivery = mailer_.deliver({{}, {mail.to.ascii()}}, *message);
    if (!delivery) return fail(to_error(delivery.error(), Peer::provider));
    return DeliveryResult{fate_of(delivery->status), std::move(delivery->reply)};
  } catch (const std::exception& error) {
    return fail(Code::broken, error.what());
  }
}

}  // namespace scheduling
