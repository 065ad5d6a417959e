#pragma once
/// /api/v1/scheduling/overrides
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/availability/availability_service.hpp"

namespace scheduling {

class Overrides {
 public:
  Overrides(AvailabilityService& service, crm::sdk::Log& log) : service_(service), log_(log) {}
  crm::sdk::Response list(const crm::sdk::Request& request);
  crm::sdk::Response create(const crm::sdk::Request& request);
  crm::sdk::Response remove(const crm::sdk::Request& request);

 private:
  AvailabilityService& service_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
