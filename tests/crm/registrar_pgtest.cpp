// Where a module's functions go when it is switched on, and that they are gone when it is switched off.
#include "reference_host/modules/module_registrar.hpp"
#include "tests/crm/crm_fixture.hpp"

namespace crm::test {
namespace {

TEST(ModuleRegistrar, TakeBothKindsOfJobsAndLetThemGo) {
  TestDatabase db(Schema::crm);
  app::RouteTable routes;
  app::HookTable hooks(db.log());
  app::JobRunner jobs(db.database(), db.clock(), db.log());
  app::ModuleRegistrar target(db.database(), db.clock(), db.log(), routes, hooks, jobs);
  app::Manifest manifest;
  manifest.id = "module";
  const auto job = [](const char* name) {
    return sdk::Job{name, std::chrono::hours(1), [](std::stop_token) {
                      return sdk::Outcome<sdk::JobReport>({1, false, ""});
                    }};
  };
  app::Registrations registrations;
  registrations.jobs.push_back(job("CentralJob"));
  registrations.jobs.push_back(job("EverywhereJob"));
  registrations.jobs.back().runs_on = sdk::RunsOn::every_instance;
  ASSERT_TRUE(target.go_live(manifest, "", registrations));
  EXPECT_TRUE(registrations.jobs.empty()) << "none stays with the loader";
  const auto states = jobs.states();
  ASSERT_TRUE(states && states->size() == 2);
  EXPECT_EQ(states->at(0).runs_on, sdk::RunsOn::one_instance);
  EXPECT_EQ(states->at(1).runs_on, sdk::RunsOn::every_instance);
  EXPECT_EQ(jobs.run_once("EverywhereJob")->handled, 1);
  target.switch_off(manifest);
  EXPECT_TRUE(jobs.states()->empty());
  registrations.jobs = {job("AnyJob"), job("AnyJob")};
  EXPECT_EQ(target.go_live(manifest, "", registrations).error().kind, sdk::FailureKind::conflict);
  EXPECT_TRUE(jobs.states()->empty()) << "all or nothing";
}

}  // namespace
}  // namespace crm::test
