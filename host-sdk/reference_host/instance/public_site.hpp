#pragma once
/// How the CRM is reached from outside.
#include <string>

#include "crm/sdk/services.hpp"

namespace crm::app {

class PublicSite final : public sdk::Site {
 public:
  /// `url`: without trailing slash.
  PublicSite(std::string url, bool is_demonstration, bool has_limits)
      : url_(std::move(url)), is_demonstration_(is_demonstration), has_limits_(has_limits) {}
  std::string public_url() const noexcept override { return url_; }
  bool is_demonstration() const noexcept override { return is_demonstration_; }
  bool has_default_limits() const noexcept override { return has_limits_; }
  /// Contacts have a page (html_pages/contact_pages.cpp), other records have none.
  std::string record_url(std::string_view module, sdk::RecordId id) const noexcept override {
    return module == "contacts" && id ? url_ + "/contacts/" + std::to_string(id.value) : std::string();
  }

 private:
  std::string url_;
  bool is_demonstration_;
  bool has_limits_;
};

}  // namespace crm::app
