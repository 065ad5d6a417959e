#pragma once
/// /api/v1/scheduling/explain: why a start is not offered, in words and as facts (B-12). Hosts and admins only.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/catalog/scheduling_service.hpp"

namespace scheduling {

class Explain {
 public:
  Explain(SchedulingService& scheduling, AvailabilityService& availability, crm::sdk::Log& log)
      : scheduling_(scheduling), availability_(availability), log_(log) {}
  crm::sdk::Response get(const crm::sdk::Request& request);

 private:
  crm::sdk::Response of_team(const SchedulingPage& page, const MeetingType& type, ExplainedStart owners,
                             const crm::sdk::Request& request);

  SchedulingService& scheduling_;
  AvailabilityService& availability_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
