#pragma once
/// Meetings that took place become `completed`. Safe to run twice and on several instances: each batch
/// claims its rows.
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/services/booking/meeting_completion.hpp"

namespace scheduling {

class CompleteMeetingsJob {
 public:
  explicit CompleteMeetingsJob(MeetingCompletion& completion) : completion_(completion) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  MeetingCompletion& completion_;
};

}  // namespace scheduling
