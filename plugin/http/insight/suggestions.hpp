#pragma once
/// /api/v1/scheduling/suggestions: what forms and changed records suggest.
#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/services/insight/suggestion_service.hpp"

namespace scheduling {

class Suggestions {
 public:
  Suggestions(SuggestionService& service, crm::sdk::Log& log) : service_(service), log_(log) {}
  crm::sdk::Response list(const crm::sdk::Request& request);
  crm::sdk::Response accept(const crm::sdk::Request& request);
  crm::sdk::Response dismiss(const crm::sdk::Request& request);

 private:
  crm::sdk::Response answer(const Result<Suggestion>& done, const crm::sdk::Request& request);

  SuggestionService& service_;
  crm::sdk::Log& log_;
};

}  // namespace scheduling
