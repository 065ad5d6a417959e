#pragma once
#include "crm/sdk/services.hpp"
#include "plugin/adapters/crm/crm_record_book.hpp"
#include "plugin/ports/crm/site.hpp"

namespace scheduling {

class CrmSite final : public Site {
 public:
  explicit CrmSite(crm::sdk::Site& site) : site_(site) {}
  std::string public_url() const override { return site_.public_url(); }
  std::string contact_url(ContactId id) const override {
    return site_.record_url(k_contacts, crm::sdk::RecordId{id.value});
  }

 private:
  crm::sdk::Site& site_;
};

}  // namespace scheduling
