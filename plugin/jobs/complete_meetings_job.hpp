#pragma once
/// Meetings that took place become `completed`. Safe to run twice and on several hosts: each batch
/// claims its rows.
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

class CompleteMeetingsJob {
 public:
  CompleteMeetingsJob(Transactions& transactions, const Clock& clock) : transactions_(transactions), clock_(clock) {}
  crm::sdk::Outcome<crm::sdk::JobReport> run(std::stop_token stop);

 private:
  Transactions& transactions_;
  const Clock& clock_;
};

}  // namespace scheduling
