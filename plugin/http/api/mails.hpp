#pragma once
/// /api/v1/scheduling/mails and mail-health: what was written to whom, and how that went.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/outbox/mail_overview.hpp"

namespace scheduling {

class Mails {
 public:
  Mails(MailOverview& overview, const ZoneSource& zones, crm::sdk::Log& log)
      : overview_(overview), zones_(zones), log_(log) {}
  crm::sdk::Response list(const crm::sdk::Request& request);
  crm::sdk::Response retry(const crm::sdk::Request& request);
  crm::sdk::Response health(const crm::sdk::Request& request);

 private:
  MailOverview& overview_;
  const ZoneSource& zones_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
