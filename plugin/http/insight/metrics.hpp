#pragma once
/// /api/v1/scheduling/metrics: the figures of scheduling, as JSON or CSV.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/insight/metrics_service.hpp"

namespace scheduling {

class MetricsRoutes {
 public:
  MetricsRoutes(MetricsService& service, crm::sdk::Log& log) : service_(service), log_(log) {}
  crm::sdk::Response get(const crm::sdk::Request& request);

 private:
  MetricsService& service_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
