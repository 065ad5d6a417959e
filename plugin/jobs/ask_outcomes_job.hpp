#pragma once
/// Hosts are asked what came of the meetings that are over. Safe to run twice and on several instances: each batch
/// claims its rows, and a question and its mail change together.
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/insight/outcome_questions.hpp"

namespace scheduling {

class AskOutcomesJob {
 public:
  explicit AskOutcomesJob(OutcomeQuestions& questions) : questions_(questions) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  OutcomeQuestions& questions_;
};

}  // namespace scheduling
