#include "plugin/adapters/mail/crm_mailer.hpp"

#include <exception>
#include <utility>

#include "plugin/adapters/mail/mime_message.hpp"

namespace scheduling {
namespace {

using crm::sdk::DeliveryStatus;
using crm::sdk::FailureKind;

MailFate fate_of(DeliveryStatus status) {
  switch (status) {
    case DeliveryStatus::accepted: return MailFate::accepted;
    case DeliveryStatus::temporary: return MailFate::refused_for_now;
    case DeliveryStatus::permanent: return MailFate::refused;
  }
  return MailFate::refused_for_now;  // a newer host's status: sending twice is better than never
}

Error to_error(crm::sdk::Failure failure) {
  switch (failure.kind) {
    case FailureKind::unavailable:
    case FailureKind::retry: return make_error(Code::provider_unavailable, std::move(failure.message));
    case FailureKind::invalid: return make_error(Code::invalid_input, failure.field + ": " + failure.message);
    default: return make_error(Code::broken, std::move(failure.message));
  }
}

}  // namespace

Result<DeliveryResult> CrmMailer::send(const Mail& mail) {
  try {
    const auto sender = EmailAddress::parse(mailer_.sender());
    if (!sender) return fail(Code::provider_unavailable, "the CRM's mail sender is not an e-mail address");
    auto message = write_mime_message(mail, *sender);
    if (!message) return fail(std::move(message.error()));
    // An empty `from` is the CRM's sender: bounces are its business.
    auto delivery = mailer_.deliver({{}, {mail.to.text()}}, *message);
    if (!delivery) return fail(to_error(std::move(delivery.error())));
    return DeliveryResult{fate_of(delivery->status), std::move(delivery->reply)};
  } catch (const std::exception& error) {
    return fail(Code::broken, error.what());
  }
}

}  // namespace scheduling
