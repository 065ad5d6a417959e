#pragma once
/// /api/v1/scheduling/preview: what other rules would give, take and leave outside. Nothing is written.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/availability/availability_service.hpp"

namespace scheduling {

class Preview {
 public:
  Preview(AvailabilityService& service, crm::sdk::Log& log) : service_(service), log_(log) {}
  crm::sdk::Response compare(const crm::sdk::Request& request);

 private:
  AvailabilityService& service_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
