#pragma once
/// /api/v1/scheduling/availability
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/availability/availability_service.hpp"

namespace scheduling {

class Availability {
 public:
  Availability(AvailabilityService& service, crm::sdk::Log& log) : service_(service), log_(log) {}
  crm::sdk::Response get(const crm::sdk::Request& request);
  crm::sdk::Response save(const crm::sdk::Request& request);

 private:
  crm::sdk::Response answer(const crm::sdk::Request& request, const HostSchedule& schedule) const;
  AvailabilityService& service_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
