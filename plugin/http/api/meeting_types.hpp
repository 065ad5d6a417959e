#pragma once
/// /api/v1/scheduling/meeting-types
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/catalog/scheduling_service.hpp"

namespace scheduling {

class MeetingTypes {
 public:
  MeetingTypes(SchedulingService& service, crm::sdk::Log& log) : service_(service), log_(log) {}
  crm::sdk::Response list(const crm::sdk::Request& request);
  crm::sdk::Response create(const crm::sdk::Request& request);
  crm::sdk::Response get(const crm::sdk::Request& request);
  crm::sdk::Response update(const crm::sdk::Request& request);
  crm::sdk::Response remove(const crm::sdk::Request& request);

 private:
  SchedulingService& service_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
