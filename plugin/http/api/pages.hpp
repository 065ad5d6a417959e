#pragma once
/// /api/v1/scheduling/pages
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/catalog/scheduling_service.hpp"

namespace scheduling {

class Pages {
 public:
  Pages(SchedulingService& service, crm::sdk::Site& site, crm::sdk::Log& log)
      : service_(service), site_(site), log_(log) {}
  crm::sdk::Response list(const crm::sdk::Request& request);
  crm::sdk::Response create(const crm::sdk::Request& request);
  crm::sdk::Response get(const crm::sdk::Request& request);
  crm::sdk::Response update(const crm::sdk::Request& request);
  crm::sdk::Response remove(const crm::sdk::Request& request);
  /// What a colour becomes on a page, before anybody saves it.
  crm::sdk::Response colors(const crm::sdk::Request& request);
  crm::sdk::Response release_slug(const crm::sdk::Request& request);

 private:
  crm::sdk::Response answer(int status, const SchedulingPage& page) const;
  SchedulingService& service_;
  crm::sdk::Site& site_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
