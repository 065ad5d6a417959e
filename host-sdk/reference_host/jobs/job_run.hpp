#pragma once
/// One run of a job's body.
#include <chrono>
#include <stop_token>

#include "crm/sdk/jobs.hpp"
#include "crm/sdk/services.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/jobs/job_table.hpp"

namespace crm::app {

struct JobSurroundings {
  PgDatabase& database;
  sdk::Clock& clock;
  sdk::Log& log;
};

struct FinishedRun {
  sdk::Outcome<sdk::JobReport> report;
  RunRecord record;
};

/// What the body throws becomes a failure.
FinishedRun run_job(const JobSurroundings& surroundings, const sdk::Job& job, std::stop_token stop);

}  // namespace crm::app
