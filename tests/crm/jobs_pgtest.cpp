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
  TestDatabase db(Schema::host);
  host::JobRunner jobs(db.database(), db.clock(), db.log());
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

TEST(JobRunner, RunsAFullBatchAgainAtOnce) {
  TestDatabase db(Schema::host);
  host::JobRunner jobs(db.database(), db.clock(), db.log());
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
  TestDatabase db(Schema::host);
  std::atomic<int> inside{0}, most{0}, runs{0};
  const auto body = [&](std::stop_token) -> Outcome<JobReport> {
    most = std::max(most.load(), ++inside);
    std::this_thread::sleep_for(50ms);
    --inside;
    ++runs;
    return JobReport{};
  };
  host::JobRunner one(db.database(), db.clock(), db.log());
  host::JobRunner two(db.database(), db.clock(), db.log());
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
  TestDatabase db(Schema::host);
  host::JobRunner jobs(db.database(), db.clock(), db.log());
  std::atomic<bool> running{false}, ended{false};
  auto alive = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = alive;
  ASSERT_TRUE(jobs.add("module", {"LongJob", 1h, [&, held = std::move(alive)](std::stop_token stop) -> Outcome<JobReport> {
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
  TestDatabase db(Schema::host);
  host::JobRunner jobs(db.database(), db.clock(), db.log());
  const auto body = [](std::stop_token) -> Outcome<JobReport> { return JobReport{}; };
  EXPECT_TRUE(jobs.add("a", {"Job", 1s, body}));
  EXPECT_EQ(jobs.add("b", {"Job", 1s, body}).error().kind, sdk::FailureKind::conflict);
  EXPECT_EQ(jobs.add("b", {"Other", 0s, body}).error().kind, sdk::FailureKind::invalid);
  EXPECT_EQ(jobs.add("b", {"Other", 1s, nullptr}).error().kind, sdk::FailureKind::invalid);
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
  const Answer listed = crm.as(admin, "GET", "/api/v1/jobs");
  EXPECT_TRUE(listed.has(R"("name":"PurgeExpiredSessionsJob","owner":"host","interval_seconds":600)")) << listed.body;
  const Answer mailed = crm.as(admin, "POST", "/api/v1/mail/test", R"({"to":"me@example.test"})");
  EXPECT_EQ(mailed.status, 200) << mailed.body;
  ASSERT_EQ(crm.mailer.messages.size(), 1u);
  EXPECT_NE(crm.mailer.messages[0].find("To: <me@example.test>\r\nFrom: <crm@example.test>\r\n"), std::string::npos);
  EXPECT_EQ(crm.as(admin, "POST", "/api/v1/mail/test", R"({"to":"a@b.test\r\nBcc: x@y.test"})").status, 422);
  crm.mailer.trouble = sdk::Failure{sdk::FailureKind::unavailable, "535 who are you", {}, {}, {}};
  const Answer refused = crm.as(admin, "POST", "/api/v1/mail/test", R"({"to":"me@example.test"})");
  EXPECT_EQ(refused.status, 502);
  EXPECT_TRUE(refused.has(R"("code":"mail_unavailable")") && refused.has("535 who are you")) << refused.body;
}

}  // namespace
}  // namespace crm::test
