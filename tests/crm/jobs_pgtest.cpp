#include <atomic>
#include <thread>

#include "tests/crm/crm_fixture.hpp"

namespace crm::test {
namespace {

using namespace std::chrono_literals;
using sdk::JobReport;
using sdk::Outcome;

template <class Condition>
bool comes_true(Condition&& condition, std::chrono::seconds within = 10s) {
  const auto end = std::chrono::steady_clock::now() + within;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(10ms);
  }
  return true;
}

TEST(JobRunner, RunsDueJobsAndSaysHowTheyWent) {
  TestDatabase db(Schema::crm);
  app::JobRunner jobs(db.database(), db.clock(), db.log());
  std::atomic<int> runs{0};
  ASSERT_TRUE(jobs.add("host", {"CountJob", 1s, [&](std::stop_token) -> Outcome<JobReport> {
                                  ++runs;
                                  return JobReport{3, false, "three rows"};
                                }}));
  ASSERT_TRUE(jobs.add("module", {"FailingJob", 1h, [](std::stop_token) -> Outcome<JobReport> {
                                    throw std::runtime_error("thrown across the border");
                                  }}));
  jobs.start();
  EXPECT_TRUE(comes_true([&] { return runs >= 2; })) << "again after its interval";
  EXPECT_TRUE(comes_true([&] { return db.sql("SELECT count(*) FROM job_runs WHERE error <> ''") == "1"; }));
  const auto states = jobs.states();
  ASSERT_TRUE(states);
  ASSERT_EQ(states->size(), 2u);
  EXPECT_EQ(states->at(0).name, "CountJob");
  EXPECT_EQ(states->at(0).last_note, "three rows");
  EXPECT_GE(states->at(0).handled_total, 6);
  EXPECT_EQ(states->at(1).owner, "module");
  EXPECT_NE(states->at(1).last_error, "");
  EXPECT_TRUE(db.log().has("thrown across the border"));
}

TEST(NudgedJob, RunsAtOnceAndAgainWhenNudgedWhileItRan) {
  for (const auto runs_on : {sdk::RunsOn::one_instance, sdk::RunsOn::every_instance}) {
    TestDatabase db(Schema::crm);
    app::JobRunner jobs(db.database(), db.clock(), db.log());
    std::atomic<int> runs{0};
    std::atomic<bool> go{true};
    ASSERT_TRUE(jobs.add("module", {"OutboxJob", 1h,
                                    [&](std::stop_token) -> Outcome<JobReport> {
                                      ++runs;
                                      while (!go) std::this_thread::sleep_for(1ms);
                                      return JobReport{};
                                    },
                                    runs_on}));
    jobs.start();
    ASSERT_TRUE(comes_true([&] { return runs == 1; }));
    go = false;
    jobs.nudge("OutboxJob");
    ASSERT_TRUE(comes_true([&] { return runs == 2; }, 2s)) << "an hour was not waited for";
    for (int i = 0; i < 5; ++i) jobs.nudge("OutboxJob");
    jobs.nudge("NoSuchJob");
    go = true;
    EXPECT_TRUE(comes_true([&] { return runs == 3; }, 2s)) << "the run had begun before that work was there";
    std::this_thread::sleep_for(300ms);
    EXPECT_EQ(runs, 3) << "many nudges are one run";
  }
}

TEST(NudgedJob, WaitsForTheInstanceThatRunsIt) {
  TestDatabase db(Schema::crm);
  std::atomic<int> runs{0};
  std::atomic<bool> go{false};
  const auto body = [&](std::stop_token) -> Outcome<JobReport> {
    ++runs;
    while (!go) std::this_thread::sleep_for(1ms);
    return JobReport{};
  };
  app::JobRunner here(db.database(), db.clock(), db.log());
  app::JobRunner there(db.database(), db.clock(), db.log());
  ASSERT_TRUE(there.add("module", {"OutboxJob", 1h, body}));
  there.start();
  ASSERT_TRUE(comes_true([&] { return runs == 1; }));
  ASSERT_TRUE(here.add("module", {"OutboxJob", 1h, body}));
  here.start();
  here.nudge("OutboxJob");
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(runs, 1) << "never at the same time";
  go = true;
  EXPECT_TRUE(comes_true([&] { return runs == 2; }, 3s));
}

TEST(JobRunner, RunsAFullBatchAgainAtOnce) {
  TestDatabase db(Schema::crm);
  app::JobRunner jobs(db.database(), db.clock(), db.log());
  std::atomic<int> runs{0};
  ASSERT_TRUE(jobs.add("host", {"BatchJob", 1h, [&](std::stop_token) -> Outcome<JobReport> {
                                  return JobReport{1, ++runs < 4, ""};
                                }}));
  jobs.start();
  EXPECT_TRUE(comes_true([&] { return runs == 4; }));
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(runs, 4);
}

TEST(JobRunner, OfTwoHostsRunsAJobOnOne) {
  TestDatabase db(Schema::crm);
  std::atomic<int> inside{0}, most{0}, runs{0};
  const auto body = [&](std::stop_token) -> Outcome<JobReport> {
    most = std::max(most.load(), ++inside);
    std::this_thread::sleep_for(50ms);
    --inside;
    ++runs;
    return JobReport{};
  };
  app::JobRunner one(db.database(), db.clock(), db.log());
  app::JobRunner two(db.database(), db.clock(), db.log());
  ASSERT_TRUE(one.add("host", {"SharedJob", 1s, body}));
  ASSERT_TRUE(two.add("host", {"SharedJob", 1s, body}));
  std::thread at_once([&] { EXPECT_TRUE(one.run_once("SharedJob")); });
  EXPECT_TRUE(two.run_once("SharedJob")) << "waits for the other";
  at_once.join();
  one.start();
  two.start();
  EXPECT_TRUE(comes_true([&] { return runs >= 5; }, 20s));
  EXPECT_EQ(most, 1);
}

TEST(JobRunner, StopsARunningJobBeforeItsOwnerLeaves) {
  TestDatabase db(Schema::crm);
  app::JobRunner jobs(db.database(), db.clock(), db.log());
  std::atomic<bool> running{false}, ended{false};
  auto alive = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = alive;
  ASSERT_TRUE(
      jobs.add("module", {"LongJob", 1h, [&, held = std::move(alive)](std::stop_token stop) -> Outcome<JobReport> {
                            running = true;
                            while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
                            ended = true;
                            return JobReport{};
                          }}));
  jobs.start();
  ASSERT_TRUE(comes_true([&] { return running.load(); }));
  jobs.remove_owner("module");
  EXPECT_TRUE(ended);
  EXPECT_TRUE(watch.expired());
  EXPECT_EQ(jobs.run_once("LongJob").error().kind, sdk::FailureKind::not_found);
}

TEST(JobRunner, RefusesNamesThatAreTakenAndJobsThatAreNone) {
  TestDatabase db(Schema::crm);
  app::JobRunner jobs(db.database(), db.clock(), db.log());
  const auto body = [](std::stop_token) -> Outcome<JobReport> { return JobReport{}; };
  EXPECT_TRUE(jobs.add("a", {"Job", 1s, body}));
  EXPECT_EQ(jobs.add("b", {"Job", 1s, body}).error().kind, sdk::FailureKind::conflict);
  EXPECT_EQ(jobs.add("b", {"Other", 0s, body}).error().kind, sdk::FailureKind::invalid);
  EXPECT_EQ(jobs.add("b", {"Other", 1s, nullptr}).error().kind, sdk::FailureKind::invalid);
}

/// The state of the only job.
app::JobState only_state(app::JobRunner& jobs) {
  const auto states = jobs.states();
  EXPECT_TRUE(states && states->size() == 1);
  return states && !states->empty() ? states->front() : app::JobState{};
}

TEST(JobRunner, CatchesUpAfterDowntimeWithOneRun) {
  TestDatabase db(Schema::crm);
  db.sql(
      "INSERT INTO job_runs (name, owner, started_at, ended_wall) "
      "VALUES ('HourlyJob', 'host', now() - interval '3 days', now() - interval '3 days')");
  app::JobRunner jobs(db.database(), db.clock(), db.log());
  std::atomic<int> runs{0};
  ASSERT_TRUE(jobs.add("host", {"HourlyJob", 1h, [&](std::stop_token) -> Outcome<JobReport> {
                                  ++runs;
                                  return JobReport{};
                                }}));
  jobs.start();
  EXPECT_TRUE(comes_true([&] { return runs == 1; }));
  std::this_thread::sleep_for(500ms);
  EXPECT_EQ(runs, 1) << "not once for each tick that was missed";
}

TEST(JobRunner, TellsWhatRunsNowAndWhatIsDueWhen) {
  TestDatabase db(Schema::crm);
  db.clock().set(sdk::Micros{std::chrono::sys_days{std::chrono::year{2025} / 3 / 3}});
  app::JobRunner here(db.database(), db.clock(), db.log());
  app::JobRunner there(db.database(), db.clock(), db.log());
  std::atomic<bool> go{false};
  const auto body = [&](std::stop_token) -> Outcome<JobReport> {
    while (!go) std::this_thread::sleep_for(1ms);
    return JobReport{};
  };
  ASSERT_TRUE(here.add("host", {"SlowJob", 1h, body}));
  ASSERT_TRUE(there.add("host", {"SlowJob", 1h, body}));
  EXPECT_EQ(only_state(here).next_due_at, db.clock().now()) << "it never ran";
  EXPECT_FALSE(only_state(here).last_started_at);
  std::thread running([&] { EXPECT_TRUE(there.run_once("SlowJob")); });
  EXPECT_TRUE(comes_true([&] { return only_state(here).is_running; })) << "the run of another instance is seen";
  EXPECT_FALSE(only_state(here).next_due_at);
  go = true;
  running.join();
  EXPECT_TRUE(comes_true([&] { return !only_state(here).is_running; }));
  const auto state = only_state(here);
  EXPECT_EQ(state.runs_on, sdk::RunsOn::one_instance);
  EXPECT_EQ(state.last_started_at, db.clock().now());
  ASSERT_TRUE(state.next_due_at);
  EXPECT_GT(*state.next_due_at, db.clock().now() + 59min);
  EXPECT_LE(*state.next_due_at, db.clock().now() + 60min);
}

TEST(JobRunner, AFailureIsShownUntilARunSucceeds) {
  TestDatabase db(Schema::crm);
  app::JobRunner jobs(db.database(), db.clock(), db.log());
  std::atomic<int> runs{0};
  std::atomic<bool> go{false};
  ASSERT_TRUE(jobs.add("host", {"MoodyJob", 1h, [&](std::stop_token) -> Outcome<JobReport> {
                                  if (++runs == 1) return sdk::fail(sdk::FailureKind::unavailable, "no network");
                                  while (!go) std::this_thread::sleep_for(1ms);
                                  return JobReport{};
                                }}));
  EXPECT_FALSE(jobs.run_once("MoodyJob"));
  EXPECT_EQ(only_state(jobs).last_error, "no network");
  std::thread second([&] { EXPECT_TRUE(jobs.run_once("MoodyJob")); });
  EXPECT_TRUE(comes_true([&] { return runs == 2; }));
  EXPECT_EQ(only_state(jobs).last_error, "no network") << "also while it tries again";
  go = true;
  second.join();
  EXPECT_EQ(only_state(jobs).last_error, "");
}

TEST(EverywhereJob, RunsOnAllHostsAtTheSameTime) {
  TestDatabase db(Schema::crm);
  app::JobRunner one(db.database(), db.clock(), db.log(), "one");
  app::JobRunner two(db.database(), db.clock(), db.log(), "two");
  std::atomic<int> inside{0}, most{0};
  const auto body = [&](std::stop_token stop) -> Outcome<JobReport> {
    most = std::max(most.load(), ++inside);
    for (int i = 0; i < 300 && most < 2 && !stop.stop_requested(); ++i) std::this_thread::sleep_for(10ms);
    --inside;
    return JobReport{};
  };
  ASSERT_TRUE(one.add("module", {"ClaimingJob", 1s, body, sdk::RunsOn::every_instance}));
  ASSERT_TRUE(two.add("module", {"ClaimingJob", 1s, body, sdk::RunsOn::every_instance}));
  one.start();
  two.start();
  EXPECT_TRUE(comes_true([&] { return most == 2; }));
  EXPECT_EQ(only_state(one).runs_on, sdk::RunsOn::every_instance);
}

TEST(EverywhereJob, RunsInOneThreadOnEachHost) {
  TestDatabase db(Schema::crm);
  app::JobRunner jobs(db.database(), db.clock(), db.log());
  std::atomic<int> inside{0}, most{0}, runs{0};
  ASSERT_TRUE(jobs.add("module", {"ClaimingJob", 1s,
                                  [&](std::stop_token) -> Outcome<JobReport> {
                                    most = std::max(most.load(), ++inside);
                                    std::this_thread::sleep_for(50ms);
                                    --inside;
                                    ++runs;
                                    return JobReport{2, false, "two rows"};
                                  },
                                  sdk::RunsOn::every_instance}));
  jobs.start();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(jobs.run_once("ClaimingJob")->handled, 2);
  EXPECT_TRUE(comes_true([&] { return runs >= 7; })) << "its own ticks go on";
  EXPECT_EQ(most, 1);
  jobs.stop();
  EXPECT_EQ(db.sql("SELECT handled_total = 2 * " + std::to_string(runs.load()) + " FROM job_runs"), "t");
}

TEST(EverywhereJob, WritesNothingWhileItIdles) {
  TestDatabase db(Schema::crm);
  app::JobRunner jobs(db.database(), db.clock(), db.log());
  std::atomic<int> runs{0}, handled{0};
  ASSERT_TRUE(jobs.add("module", {"IdleJob", 1s,
                                  [&](std::stop_token) -> Outcome<JobReport> {
                                    ++runs;
                                    return JobReport{handled, false, ""};
                                  },
                                  sdk::RunsOn::every_instance}));
  const auto written = [&] { return db.sql("SELECT coalesce(max(xmin::text), '') FROM job_runs"); };
  ASSERT_TRUE(jobs.run_once("IdleJob"));
  const std::string first = written();
  EXPECT_NE(first, "") << "the first run shows that it lives";
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(jobs.run_once("IdleJob"));
  EXPECT_EQ(written(), first);
  handled = 3;
  ASSERT_TRUE(jobs.run_once("IdleJob"));
  EXPECT_NE(written(), first);
  EXPECT_EQ(db.sql("SELECT handled_total || ' ' || runs_total FROM job_runs"), "3 7") << "idle runs are counted later";
  const auto state = only_state(jobs);
  EXPECT_EQ(state.last_started_at.has_value(), true);
  EXPECT_FALSE(state.is_running);
}

TEST(EverywhereJob, SaysWhereItFailsUntilItSucceedsThere) {
  TestDatabase db(Schema::crm);
  app::JobRunner good(db.database(), db.clock(), db.log(), "good");
  app::JobRunner bad(db.database(), db.clock(), db.log(), "bad");
  std::atomic<bool> works{false};
  ASSERT_TRUE(good.add("module", {"MailJob", 1s,
                                  [](std::stop_token) -> Outcome<JobReport> {
                                    return JobReport{1, false, ""};
                                  },
                                  sdk::RunsOn::every_instance}));
  ASSERT_TRUE(bad.add("module", {"MailJob", 1s,
                                 [&](std::stop_token) -> Outcome<JobReport> {
                                   if (!works) return sdk::fail(sdk::FailureKind::unavailable, "no network");
                                   return JobReport{};
                                 },
                                 sdk::RunsOn::every_instance}));
  EXPECT_FALSE(bad.run_once("MailJob"));
  EXPECT_TRUE(good.run_once("MailJob"));
  for (app::JobRunner* jobs : {&good, &bad}) EXPECT_EQ(only_state(*jobs).last_error, "no network (on bad)");
  EXPECT_EQ(db.sql("SELECT handled_total FROM job_runs"), "1") << "the success counts all the same";
  EXPECT_FALSE(bad.run_once("MailJob"));
  std::size_t failures = 0;
  for (const std::string& line : db.log().lines()) failures += line.find("job.failed") != std::string::npos;
  EXPECT_EQ(failures, 1u) << "the same failure is news once a minute";
  works = true;
  EXPECT_TRUE(bad.run_once("MailJob"));
  for (app::JobRunner* jobs : {&good, &bad}) EXPECT_EQ(only_state(*jobs).last_error, "");
  works = false;
  EXPECT_FALSE(bad.run_once("MailJob"));
  db.sql("UPDATE job_runs SET failed_wall = failed_wall - interval '4 minutes'");
  EXPECT_TRUE(good.run_once("MailJob"));
  EXPECT_EQ(only_state(good).last_error, "") << "a host that is gone does not fail for ever";
}

TEST(EverywhereJob, StopsWithItsOwner) {
  TestDatabase db(Schema::crm);
  app::JobRunner jobs(db.database(), db.clock(), db.log());
  std::atomic<bool> running{false};
  ASSERT_TRUE(jobs.add("module", {"LongJob", 1s,
                                  [&](std::stop_token stop) -> Outcome<JobReport> {
                                    running = true;
                                    while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
                                    return JobReport{};
                                  },
                                  sdk::RunsOn::every_instance}));
  jobs.start();
  ASSERT_TRUE(comes_true([&] { return running.load(); }));
  EXPECT_TRUE(only_state(jobs).is_running);
  EXPECT_FALSE(only_state(jobs).next_due_at);
  jobs.remove_owner("module");
  EXPECT_EQ(jobs.run_once("LongJob").error().kind, sdk::FailureKind::not_found);
}

TEST(Operation, RunsJobsAndMovesTheClockInDevelopment) {
  TestCrm crm;
  const std::string admin = crm.token_of(crm.add_user("admin@example.test", sdk::Role::admin));
  const HeaderList json = {{"Content-Type", "application/json"}};
  EXPECT_EQ(crm.call("POST", "/api/v1/dev/jobs/PurgeExpiredSessionsJob/run").member("handled"), "0");
  EXPECT_EQ(crm.call("POST", "/api/v1/dev/jobs/NoSuchJob/run").status, 404);
  EXPECT_EQ(crm.call("POST", "/api/v1/dev/clock", R"({"now":"2025-07-01T00:00:00+02:00"})", json).member("now"),
            "2025-06-30T22:00:00Z");
  EXPECT_TRUE(crm.call("POST", "/api/v1/dev/clock", R"({"now":"tomorrow"})", json).has("invalid_instant"));
  TestResponse listed;
  // By the new time the job is due; it may be running for a moment.
  EXPECT_TRUE(comes_true([&] {
    listed = crm.as(admin, "GET", "/api/v1/jobs");
    return listed.has(R"("name":"PurgeExpiredSessionsJob","owner":"host","interval_seconds":600,"runs_on":"one_host",)"
                      R"("is_running":false,)");
  })) << listed.body;
  const TestResponse mailed = crm.as(admin, "POST", "/api/v1/mail/test", R"({"to":"me@example.test"})");
  EXPECT_EQ(mailed.status, 200) << mailed.body;
  ASSERT_EQ(crm.mailer.messages.size(), 1u);
  EXPECT_TRUE(crm.mailer.messages[0].starts_with("Date: Mon, 30 Jun 2025 22:00:00 GMT\r\nMessage-ID: <test."));
  EXPECT_NE(crm.mailer.messages[0].find("To: <me@example.test>\r\nFrom: <crm@example.test>\r\n"), std::string::npos);
  EXPECT_EQ(crm.as(admin, "POST", "/api/v1/mail/test", R"({"to":"a@b.test\r\nBcc: x@y.test"})").status, 422);
  crm.mailer.trouble = sdk::Failure{sdk::FailureKind::unavailable, "535 who are you", {}, {}, {}};
  const TestResponse refused = crm.as(admin, "POST", "/api/v1/mail/test", R"({"to":"me@example.test"})");
  EXPECT_EQ(refused.status, 502);
  EXPECT_TRUE(refused.has(R"("code":"mail_unavailable")") && refused.has("535 who are you")) << refused.body;
}

}  // namespace
}  // namespace crm::test
