#include "reference_host/auth/account_mail.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/html_pages/html_page_routes.hpp"
#include "reference_host/html_pages/local_time.hpp"
#include "reference_host/mail/clean_line.hpp"
#include "reference_host/mail/mail_state.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

PageData waiting_rows(const std::vector<WaitingMail>& mails, const std::string& zone) {
  PageData rows = page_list();
  for (const WaitingMail& mail : mails) {
    PageData row;
    row.set("email", mail.email_key);
    row.set("what", mail.is_invitation ? "Invitation" : "Reset of the password");
    row.set("since", local_time_text(mail.since, zone));
    row.set("why", mail.last_error.empty() ? std::string("not tried yet") : mail.last_error);
    rows << row;
  }
  return rows;
}

Response mail_page(const PageServices& services, const Request& request, int status, PageData data) {
  const CrmServices& crm = services.crm;
  auto session = crm.database.acquire();
  if (!session) return failure_page(services, request, session.error());
  const auto waiting = waiting_account_mails(**session);
  if (!waiting) return failure_page(services, request, waiting.error());
  std::vector<HealthLine> lines;
  for (const sdk::HealthNote& note : mail_health(crm.mailer)) lines.push_back({"Mail", note.level, note.text});
  data.set("health", health_entries(lines));
  data.set("is_configured", crm.mailer.is_configured());
  data.set("own_address", request.principal->email);
  data.set("has_waiting", !waiting->empty());
  data.set("waiting", waiting_rows(*waiting, request.principal->timezone));
  return render_page(services, request, status, "mail", "Mail", data);
}

Response show(const PageServices& services, const Request& request) {
  return mail_page(services, request, 200, {});
}

/// To the admin's own address: a form that mails anybody would be a way to mail strangers.
Response test(const PageServices& services, const Request& request) {
  CrmServices& crm = services.crm;
  const std::string& to = request.principal->email;
  PageData data;
  if (!crm.mailer.is_configured()) {
    data.set("refused", "Nothing was sent: mail is not set up.");
    return mail_page(services, request, 409, data);
  }
  const auto delivery = send_test(crm.mailer, to, crm.options.public_url, crm.clock.now());
  if (delivery && delivery->status == sdk::DeliveryStatus::accepted) {
    data.set("sent",
             "The mail server took a test mail to " + to +
                 ". If it does not arrive, look into the folder for spam and ask whoever runs the mail server.");
    return mail_page(services, request, 200, data);
  }
  const std::string words = clean_line(delivery ? delivery->reply : delivery.error().message);
  data.set("refused", (delivery ? "The mail server did not take the test mail: "
                                : std::string("The mail server cannot be used: ")) +
                          words);
  return mail_page(services, request, 502, data);
}

}  // namespace

void add_mail_pages(const PageServices& services, std::vector<sdk::Route>& routes) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  routes.push_back({get, "/admin/mail", Access::admin, RateClass::normal, page_handler(services, show), 0});
  routes.push_back({post, "/admin/mail/test", Access::admin, RateClass::normal, page_handler(services, test)});
}

}  // namespace crm::app
