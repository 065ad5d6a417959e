#pragma once
/// /api/v1/scheduling/privacy: forgetting people, and telling what is held on them. For administrators.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/insight/privacy_service.hpp"

namespace scheduling {

class Privacy {
 public:
  Privacy(PrivacyService& service, crm::sdk::Log& log) : service_(service), log_(log) {}
  crm::sdk::Response erase(const crm::sdk::Request& request);
  crm::sdk::Response export_all(const crm::sdk::Request& request);

 private:
  PrivacyService& service_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
