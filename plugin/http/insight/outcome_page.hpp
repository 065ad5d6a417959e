#pragma once
/// /schedule/manage/outcome/{token}: where a host says what came of a meeting, from a link in a mail.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/http/public/public_views.hpp"
#include "plugin/services/insight/outcome_questions.hpp"

namespace scheduling {

class OutcomePage {
 public:
  OutcomePage(OutcomeQuestions& questions, const HtmlPages& pages, crm::sdk::Log& log)
      : questions_(questions), pages_(pages), log_(log) {}

  /// Programs that open the links of mails change nothing.
  crm::sdk::Response show(const crm::sdk::Request& request);
  crm::sdk::Response record(const crm::sdk::Request& request);

 private:
  PublicViews views(const crm::sdk::Request& request) const;
  crm::sdk::Response answer(const crm::sdk::Request& request, const MeetingDetails& details, bool is_recorded) const;
  crm::sdk::Response refuse(const Error& error, const crm::sdk::Request& request) const;

  OutcomeQuestions& questions_;
  const HtmlPages& pages_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
