#pragma once
/// /api/v1/scheduling/audit: who changed what. For administrators.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/insight/audit_service.hpp"

namespace scheduling {

class Audit {
 public:
  Audit(AuditService& service, const ZoneSource& zones, crm::sdk::Log& log)
      : service_(service), zones_(zones), log_(log) {}
  crm::sdk::Response list(const crm::sdk::Request& request);

 private:
  AuditService& service_;
  const ZoneSource& zones_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
