#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/integration/pg_fixture.hpp"

namespace crm::test {
namespace {

using namespace std::chrono_literals;
using sdk::FailureKind;
using sdk::RowReader;
using sdk::Statement;

constexpr Statement k_one{"one", "SELECT 1"};
constexpr Statement k_pid{"pid", "SELECT pg_backend_pid()"};

int backend_of(sdk::Session& session) {
  auto rows = session.run(k_pid);
  return rows ? RowReader(**rows, 0).next<int>() : 0;
}

app::PoolLimits at_most(int connections) {
  app::PoolLimits limits;
  limits.connections_max = connections;
  return limits;
}

TEST(Pool, LendsTheSameConnectionAgain) {
  TestDatabase db;
  const int first = backend_of(**db.database().acquire());
  EXPECT_EQ(backend_of(**db.database().acquire()), first);
  EXPECT_EQ(db.database().stats().open, 1);
  EXPECT_EQ(db.database().stats().idle, 1);
}

TEST(Pool, SessionsSpeakUtcAndIsoAndAreNamed) {
  TestDatabase db;
  auto session = std::move(*db.database().acquire());
  const auto rows = session->run({"settings",
                                  "SELECT current_setting('TimeZone'), current_setting('DateStyle'),"
                                  " current_setting('application_name'), current_setting('statement_timeout')"});
  ASSERT_TRUE(rows);
  EXPECT_EQ((*rows)->text(0, 0), "UTC");
  EXPECT_EQ((*rows)->text(0, 1), "ISO, MDY");
  EXPECT_EQ((*rows)->text(0, 2), app::PgDatabase::application_name());
  EXPECT_EQ((*rows)->text(0, 3), "30s");
}

TEST(Pool, WaitsForAFreeConnectionUntilTheDeadline) {
  TestDatabase db(Schema::empty, at_most(1));
  auto held = std::move(*db.database().acquire());
  const auto before = std::chrono::steady_clock::now();
  const auto none = db.database().acquire(100ms);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, FailureKind::unavailable);
  EXPECT_GE(std::chrono::steady_clock::now() - before, 100ms);
  std::jthread returns([&] {
    std::this_thread::sleep_for(50ms);
    held.reset();
  });
  EXPECT_TRUE(db.database().acquire(5s));
}

TEST(Pool, ManyThreadsShareFewConnections) {
  TestDatabase db(Schema::empty, at_most(3));
  std::atomic<int> served{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 16; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 50; ++i) {
          auto session = db.database().acquire(30s);
          if (session && (*session)->run(k_one)) ++served;
        }
      });
  }
  EXPECT_EQ(served, 16 * 50);
  EXPECT_LE(db.database().stats().open, 3);
}

TEST(Pool, ReplacesIdleConnectionsThatDiedUnseen) {
  TestDatabase db;
  const int victim = backend_of(**db.database().acquire());
  db.sql("SELECT pg_terminate_backend(" + std::to_string(victim) + ", 5000)");
  auto session = db.database().acquire();
  ASSERT_TRUE(session);
  EXPECT_TRUE((*session)->run(k_one)) << "the caller notices nothing";
  EXPECT_NE(backend_of(**session), victim);
  EXPECT_EQ(db.database().stats().replaced, 1u);
}

TEST(Pool, AConnectionThatDiesInUseIsUnavailableAndThenReplaced) {
  TestDatabase db;
  {
    auto session = std::move(*db.database().acquire());
    ASSERT_TRUE(session->begin());
    const int victim = backend_of(*session);
    db.sql("SELECT pg_terminate_backend(" + std::to_string(victim) + ", 5000)");
    const auto lost = session->run(k_one);
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().kind, FailureKind::unavailable);
    EXPECT_EQ(session->commit().error().kind, FailureKind::unavailable);
    EXPECT_FALSE(session->in_transaction());
  }
  EXPECT_TRUE((*db.database().acquire())->run(k_one));
}

TEST(Pool, AnAbandonedTransactionIsRolledBackBeforeTheNextBorrower) {
  TestDatabase db(Schema::empty, at_most(1));
  {
    auto session = std::move(*db.database().acquire());
    ASSERT_TRUE(session->run({"make", "CREATE TABLE left_behind (a INT)"}));
    ASSERT_TRUE(session->begin());
    session->post({"add", "INSERT INTO left_behind VALUES (1)"}, {});
  }
  auto session = std::move(*db.database().acquire());
  EXPECT_EQ((*session->run({"count", "SELECT count(*) FROM left_behind"}))->text(0, 0), "0");
}

TEST(Pool, StatementsThatRunTooLongAreCut) {
  app::PoolLimits limits;
  limits.statement_timeout = 200ms;
  TestDatabase db(Schema::empty, limits);
  auto session = std::move(*db.database().acquire());
  const auto slow = session->run({"sleep", "SELECT pg_sleep(20)"});
  ASSERT_FALSE(slow);
  EXPECT_EQ(slow.error().sqlstate, "57014");
  EXPECT_TRUE(session->run(k_one));
}

/// Every process of the server stands still, as when its machine hangs.
class FrozenServer {
 public:
  explicit FrozenServer(int backend) : server_(parent_of(backend)) {
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      const int pid = std::atoi(entry.path().filename().c_str());
      if (pid > 0 && (pid == server_ || parent_of(pid) == server_)) stopped_.push_back(pid);
    }
    for (const int pid : stopped_) ::kill(pid, SIGSTOP);
  }
  ~FrozenServer() { thaw(); }
  void thaw() {
    for (const int pid : stopped_) ::kill(pid, SIGCONT);
    stopped_.clear();
  }

 private:
  static int parent_of(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text(std::istreambuf_iterator<char>(file), {});
    const auto end = text.rfind(") ");
    return end == std::string::npos ? 0 : std::atoi(text.c_str() + end + 4);
  }
  int server_;
  std::vector<int> stopped_;
};

TEST(Pool, AServerThatHangsIsNoticedByAllAndItsConnectionsAreThrownAway) {
  TestDatabase db;
  ASSERT_TRUE(db.database().answers(5s));
  auto held = std::move(*db.database().acquire());
  auto transaction = std::move(*db.database().acquire());
  ASSERT_TRUE(transaction->begin());
  const int before = backend_of(*held);
  ASSERT_EQ(backend_of(*transaction) == before, false);
  FrozenServer frozen(before);
  EXPECT_FALSE(db.database().answers(800ms));
  const auto lost = held->run(k_one);
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().kind, FailureKind::unavailable);
  EXPECT_EQ(transaction->commit().error().kind, FailureKind::unavailable);
  EXPECT_TRUE(db.database().is_away());
  EXPECT_FALSE(db.database().answers(800ms));
  held.reset();
  transaction.reset();
  EXPECT_FALSE(db.database().acquire(50ms)) << "nobody tries a server that hangs";
  frozen.thaw();
  auto again = db.database().acquire(20s);
  ASSERT_TRUE(again) << "the watch finds it, and who waits is told";
  EXPECT_NE(backend_of(**again), before);
  EXPECT_TRUE(db.log().has("database.away"));
  EXPECT_TRUE(db.log().has("database.back"));
  const auto lines = db.log().lines();
  EXPECT_EQ(std::ranges::count_if(lines, [](const auto& line) { return line.starts_with("database.away"); }), 1);
}

TEST(Pool, ALimitGivesUpOneConnectionAndNotTheServer) {
  TestDatabase db;
  {
    auto session = std::move(*db.database().acquire());
    session->limit_waits(100ms);
    const auto slow = session->run({"sleep", "SELECT pg_sleep(20)"});
    ASSERT_FALSE(slow);
    EXPECT_EQ(slow.error().kind, FailureKind::unavailable);
  }
  EXPECT_TRUE(db.database().answers(5s));
  EXPECT_TRUE((*db.database().acquire())->run(k_one));
}

TEST(Pool, AServerThatTakesNoWritesIsUnavailable) {
  TestDatabase db;
  auto session = std::move(*db.database().acquire());
  ASSERT_TRUE(session->run({"read_only", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"}));
  const auto refused = session->run({"write", "CREATE TABLE written (a INT)"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::unavailable);
  const int before = backend_of(*session);
  session.reset();
  EXPECT_NE(backend_of(**db.database().acquire()), before) << "the next one finds the server that takes writes";
}

TEST(Pool, AServerThatIsNotThereIsUnavailableAndLeaksNothing) {
  MemoryLog log;
  app::PgDatabase database("postgresql://nobody@127.0.0.1:1/none", {}, log);
  for (int i = 0; i < 3; ++i) {
    const auto session = database.acquire(100ms);
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().kind, FailureKind::unavailable);
  }
  EXPECT_EQ(database.stats().open, 0);
}

TEST(Pool, APasswordNeverReachesTheLog) {
  MemoryLog log;
  app::PgDatabase database("postgresql://user:s3cr3t@127.0.0.1:1/none", {}, log);
  EXPECT_FALSE(database.acquire(100ms));
  app::PgDatabase broken("postgresql://user:s3cr3t@[::1/none", {}, log);
  EXPECT_FALSE(broken.acquire(100ms));
  EXPECT_FALSE(log.has("s3cr3t"));
}

TEST(InTransaction, RetriesTheLoserOfADeadlock) {
  TestDatabase db;
  db.sql("CREATE TABLE accounts (id INT PRIMARY KEY, n INT); INSERT INTO accounts VALUES (1, 0), (2, 0); SELECT 1");
  constexpr Statement bump{"bump", "UPDATE accounts SET n = n + 1 WHERE id = $1"};
  std::atomic<int> attempts{0};
  std::atomic<int> first_rounds{0};
  const auto in_order = [&](int first, int second) {
    return sdk::in_transaction(db.database(), [&](sdk::Session& session) -> sdk::Done {
      ++attempts;
      if (auto done = session.run(bump, {first}); !done) return sdk::fail(done.error());
      // Both hold their first row before either asks for its second.
      ++first_rounds;
      for (int i = 0; i < 4000 && first_rounds < 2; ++i) std::this_thread::sleep_for(5ms);
      if (auto done = session.run(bump, {second}); !done) return sdk::fail(done.error());
      return {};
    });
  };
  sdk::Done other;
  std::thread thread([&] { other = in_order(2, 1); });
  const sdk::Done mine = in_order(1, 2);
  thread.join();
  EXPECT_TRUE(mine) << (mine ? "" : mine.error().message);
  EXPECT_TRUE(other) << (other ? "" : other.error().message);
  EXPECT_GE(attempts, 3);
  EXPECT_EQ(db.sql("SELECT sum(n) FROM accounts"), "4");
}

TEST(InTransaction, RetriesASerialisationFailure) {
  TestDatabase db;
  db.sql("CREATE TABLE t (a INT); INSERT INTO t VALUES (1); SELECT 1");
  int attempts = 0;
  const auto done = sdk::in_transaction(db.database(), [&](sdk::Session& session) -> sdk::Done {
    session.post({"serializable", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"}, {});
    if (auto read = session.run({"read", "SELECT a FROM t"}); !read) return sdk::fail(read.error());
    if (++attempts == 1) db.sql("UPDATE t SET a = a + 10 RETURNING a");
    if (auto write = session.run({"write", "UPDATE t SET a = a + 1"}); !write) return sdk::fail(write.error());
    return {};
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(attempts, 2);
  EXPECT_EQ(db.sql("SELECT a FROM t"), "12");
}

TEST(Direct, HearsNotificationsAndNoticesDeath) {
  TestDatabase db;
  auto listener = std::move(*db.database().connect_direct());
  ASSERT_TRUE(listener->execute("LISTEN modules"));
  EXPECT_EQ(*listener->wait_notification(20ms), "");
  db.sql("SELECT pg_notify('modules', 'changed')");
  EXPECT_EQ(*listener->wait_notification(5s), "changed");
  db.sql("SELECT pg_notify('modules', '')");
  EXPECT_EQ(*listener->wait_notification(5s), "modules");
  const std::string pid((*listener->query("SELECT pg_backend_pid()"))->text(0, 0));
  db.sql("SELECT pg_terminate_backend(" + pid + ", 5000)");
  EXPECT_EQ(listener->wait_notification(5s).error().kind, FailureKind::unavailable);
}

}  // namespace
}  // namespace crm::test
