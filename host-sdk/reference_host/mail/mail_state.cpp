#include "reference_host/mail/mail_state.hpp"

#include "crm/sdk/instant_text.hpp"
#include "reference_host/mail/plain_mail.hpp"

namespace crm::app {

std::vector<sdk::HealthNote> mail_health(const sdk::Mailer& mailer) {
  using enum sdk::HealthLevel;
  if (!mailer.is_configured())
    return {{warn,
             "Mail is not set up: invitations, resets and whatever modules send wait in the database. Start crm-host "
             "with --smtp-url, and with the sender's address in CRM_SMTP_FROM."}};
  if (!mailer.has_sender())
    return {{warn, "There is no sender: mail leaves as " + mailer.sender() +
                       ", which most mail servers refuse or mark as spam, and nobody can answer it. Start crm-host "
                       "with your address in CRM_SMTP_FROM."}};
  return {{ok, "Mail leaves as " + mailer.sender() + "."}};
}

sdk::Outcome<sdk::Delivery> send_test(sdk::Mailer& mailer, const std::string& to, const std::string& site,
                                      sdk::Micros now) {
  const PlainMail mail{mailer.sender(), to, "Test mail from the CRM",
                       "This is a test. Mail from " + site + " reaches you.\nSent at " + sdk::instant_text(now) + ".\n",
                       "test." + std::to_string(now.time_since_epoch().count())};
  return mailer.deliver({"", {to}}, plain_mail(mail, now));
}

}  // namespace crm::app
