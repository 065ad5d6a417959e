#pragma once
/// /api/v1/scheduling/pages/{id}/mail-templates: a rep's own subject and body for the mails of a page.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/mail/mail_template_service.hpp"

namespace scheduling {

class MailTemplateRoutes {
 public:
  MailTemplateRoutes(MailTemplateService& templates, crm::sdk::Log& log) : templates_(templates), log_(log) {}
  crm::sdk::Response list(const crm::sdk::Request& request);
  crm::sdk::Response save(const crm::sdk::Request& request);
  crm::sdk::Response remove(const crm::sdk::Request& request);
  crm::sdk::Response preview(const crm::sdk::Request& request);
  crm::sdk::Response send_test(const crm::sdk::Request& request);

 private:
  crm::sdk::Response refuse_sending(const Error& error, const crm::sdk::Request& request);

  MailTemplateService& templates_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
