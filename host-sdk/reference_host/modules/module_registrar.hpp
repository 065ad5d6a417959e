#pragma once
/// Puts a module's registrations into the route table, the hook table and the job runner, and takes them out.
#include "reference_host/database/pg_database.hpp"
#include "reference_host/http/route_table.hpp"
#include "reference_host/jobs/job_runner.hpp"
#include "reference_host/modules/registration_target.hpp"
#include "reference_host/records/hook_table.hpp"

namespace crm::app {

class ModuleRegistrar final : public RegistrationTarget {
 public:
  ModuleRegistrar(PgDatabase& database, sdk::Clock& clock, sdk::Log& log, RouteTable& routes, HookTable& hooks,
                  JobRunner& jobs)
      : database_(database), clock_(clock), log_(log), routes_(routes), hooks_(hooks), jobs_(jobs) {}

  sdk::Done migrate(const Manifest& manifest, const std::string& folder) override;
  sdk::Done go_live(const Manifest& manifest, const std::string& folder, Registrations& registrations) override;
  void switch_off(const Manifest& manifest) override;

 private:
  sdk::Done add_routes(const std::string& id, const std::string& folder, Registrations& registrations);
  sdk::Done add_hooks(const std::string& id, Registrations& registrations);
  sdk::Done add_jobs(const std::string& id, Registrations& registrations);

  PgDatabase& database_;
  sdk::Clock& clock_;
  sdk::Log& log_;
  RouteTable& routes_;
  HookTable& hooks_;
  JobRunner& jobs_;
};

}  // namespace crm::app
