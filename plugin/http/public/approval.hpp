#pragma once
/// /schedule/manage/request/{token}: where a host confirms or declines a pending meeting, from a link in a mail.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/http/public/public_views.hpp"
#include "plugin/services/booking/meeting_approval.hpp"

namespace scheduling {

class Approval {
 public:
  Approval(MeetingApproval& approval, const HtmlPages& pages, crm::sdk::Log& log)
      : approval_(approval), pages_(pages), log_(log) {}

  crm::sdk::Response show(const crm::sdk::Request& request);
  crm::sdk::Response confirm(const crm::sdk::Request& request);
  crm::sdk::Response decline(const crm::sdk::Request& request);

 private:
  struct PageNotice {  ///< what the page says on top; keys of the text table
    std::string tone{};
    std::string title{};
    std::string text{};
    std::optional<FieldError> reason_error{};
  };
  /// How things stand after a decision, or why it was refused.
  crm::sdk::Response after(const crm::sdk::Request& request, const Done& done, const char* title, const char* text);
  crm::sdk::Response refused_form(const crm::sdk::Request& request, const Error& error);
  /// Its reader is the host, whatever language the attendee speaks.
  PublicViews views(const crm::sdk::Request& request) const;
  crm::sdk::Response page(int status, const crm::sdk::Request& request, const PageNotice& page_notice);
  crm::sdk::Response refuse(const Error& error, const crm::sdk::Request& request);

  MeetingApproval& approval_;
  const HtmlPages& pages_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
