#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/integration/pg_fixture.hpp"

namespace crm::test {
namespace {

using namespace std::chrono_literals;
using app::EmbeddedPostgres;

std::string answer(const std::string& url, const std::string& sql) {
  MemoryLog log;
  app::PgDatabase database(url, {}, log);
  auto connection = database.connect_direct();
  if (!connection) return "no connection: " + connection.error().message;
  auto rows = (*connection)->query(sql);
  return rows ? std::string((*rows)->text(0, 0)) : rows.error().message;
}

pid_t postmaster(const std::string& folder) {
  std::ifstream in(folder + "/postgres/data/postmaster.pid");
  pid_t pid = 0;
  in >> pid;
  return pid;
}

bool is_gone(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/cmdline");
  return in.peek() == std::ifstream::traits_type::eof();
}

class Embedded : public ::testing::Test {
 protected:
  std::unique_ptr<EmbeddedPostgres> start() {
    auto started = EmbeddedPostgres::start(folder_.path(), log_);
    if (!started) throw std::runtime_error(started.error().message);
    return std::move(*started);
  }
  MemoryLog log_;
  TemporaryFolder folder_;
};

TEST_F(Embedded, IsPrivateDurableAndNoSuperuser) {
  const auto cluster = start();
  EXPECT_EQ(answer(cluster->url(), "SELECT current_setting('listen_addresses')"), "");
  EXPECT_EQ(answer(cluster->url(), "SELECT current_setting('fsync') || current_setting('synchronous_commit')"), "onon");
  EXPECT_EQ(answer(cluster->url(), "SELECT current_setting('is_superuser')"), "off");
  EXPECT_EQ(answer(cluster->url(), "CREATE EXTENSION btree_gist; SELECT 'trusted'"), "trusted");
  struct stat about {};
  ASSERT_EQ(::stat((folder_.path() + "/postgres").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700u);
  std::string url;
  std::ifstream(folder_.path() + "/database-url") >> url;
  EXPECT_EQ(url, cluster->url());
}

TEST_F(Embedded, StopsWithItsHostAndKeepsItsData) {
  auto cluster = start();
  answer(cluster->url(), "CREATE TABLE kept AS SELECT 'kept' AS word; SELECT 1");
  const pid_t pid = postmaster(folder_.path());
  cluster.reset();
  EXPECT_TRUE(is_gone(pid));
  EXPECT_EQ(answer(start()->url(), "SELECT word FROM kept"), "kept");
}

TEST_F(Embedded, OutlivesAKilledHostAndIsFoundAgain) {
  start()->release();  // a killed host runs no destructor either
  const pid_t pid = postmaster(folder_.path());
  ASSERT_FALSE(is_gone(pid));
  const auto again = start();
  EXPECT_EQ(postmaster(folder_.path()), pid);
  EXPECT_TRUE(log_.has("postgres.found"));
}

TEST_F(Embedded, AKilledServerIsStartedAgainWithEverythingAcknowledged) {
  const auto cluster = start();
  answer(cluster->url(), "CREATE TABLE kept AS SELECT 'kept' AS word; SELECT 1");
  for (int round = 0; round < 2; ++round) {
    const pid_t pid = postmaster(folder_.path());
    ASSERT_EQ(::kill(pid, SIGKILL), 0);
    const auto running = [&] { return cluster->ensure_running(); };
    sdk::Done done = running();
    for (int i = 0; i < 20 && postmaster(folder_.path()) == pid; ++i) {
      ::usleep(100'000);  // until the kill has arrived, the server still counts as running
      done = running();
    }
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_NE(postmaster(folder_.path()), pid);
    EXPECT_EQ(answer(cluster->url(), "SELECT word FROM kept"), "kept");
  }
}

TEST_F(Embedded, AZombieOrAStrangerInALockFileIsNoServer) {
  start().reset();
  const std::string pid_file = folder_.path() + "/postgres/data/postmaster.pid";
  const pid_t zombie = ::fork();
  if (zombie == 0) ::_exit(0);
  ::usleep(50'000);
  for (const pid_t pid : {zombie, ::getppid()}) {
    const std::string text = std::to_string(pid) + "\n" + folder_.path() + "/postgres/data\n0\n5432\n";
    std::ofstream(pid_file) << text << "\n\n0 0\nready\n";
    std::ofstream(folder_.path() + "/postgres/.s.PGSQL.5432.lock") << text;
    const auto cluster = start();
    EXPECT_EQ(answer(cluster->url(), "SELECT 'up'"), "up");
  }
  ::waitpid(zombie, nullptr, 0);
}

TEST_F(Embedded, AHalfMadeDataFolderIsMadeAnew) {
  std::filesystem::create_directories(folder_.path() + "/postgres/data.unfinished/base");
  std::filesystem::create_directories(folder_.path() + "/postgres/data");
  std::ofstream(folder_.path() + "/postgres/data/PG_VERSION") << "15\n";
  const auto cluster = start();
  EXPECT_EQ(answer(cluster->url(), "SELECT 'up'"), "up");
  EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/postgres/data.unusable-1/PG_VERSION")) << "kept, not deleted";
}

TEST_F(Embedded, TheLastHostOfADirectoryStopsTheServer) {
  auto first = start();
  auto second = start();
  const pid_t pid = postmaster(folder_.path());
  first.reset();
  EXPECT_FALSE(is_gone(pid)) << "the second host still uses it";
  second.reset();
  EXPECT_TRUE(is_gone(pid));
}

TEST_F(Embedded, AHostConnectedByUrlKeepsTheServerAlive) {
  auto cluster = start();
  const pid_t pid = postmaster(folder_.path());
  const pid_t other = ::fork();
  if (other == 0) {
    const std::string name = "application_name=crm-host:" + std::to_string(::getpid());
    const std::string url = cluster->url() + "&" + name;
    ::execl("/usr/bin/psql", "psql", url.c_str(), "-qc", "SELECT pg_sleep(30)", nullptr);
    ::_exit(127);
  }
  for (int i = 0; i < 100; ++i) {
    if (answer(cluster->url(), "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'") == "1")
      break;
    ::usleep(50'000);
  }
  cluster.reset();
  EXPECT_FALSE(is_gone(pid));
  EXPECT_TRUE(log_.has("postgres.left_running"));
  ::kill(other, SIGKILL);
  ::waitpid(other, nullptr, 0);
  cluster = start();
  for (int i = 0; i < 200; ++i) {  // the server notices a dead client within two seconds
    if (answer(cluster->url(), "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'") == "0")
      break;
    ::usleep(50'000);
  }
  cluster.reset();
  EXPECT_TRUE(is_gone(pid));
}

TEST_F(Embedded, LongAndOddPathsGetASocketElsewhere) {
  const std::string deep = folder_.path() + "/with space/" + std::string(100, 'd');
  auto cluster = EmbeddedPostgres::start(deep, log_);
  ASSERT_TRUE(cluster) << cluster.error().message;
  EXPECT_EQ(answer((*cluster)->url(), "SELECT 'up'"), "up");
  app::PgDatabase pooled((*cluster)->url(), {}, log_);
  EXPECT_TRUE(pooled.acquire());
}

TEST_F(Embedded, InheritsNoDescriptorsOfTheHost) {
  const std::string held = folder_.path() + "/held";
  const int fd = ::open(held.c_str(), O_RDWR | O_CREAT, 0600);  // without O_CLOEXEC, as sockets of libraries are
  const auto cluster = start();
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc/" + std::to_string(postmaster(folder_.path())) + "/fd")) {
    std::error_code error;
    EXPECT_NE(std::filesystem::read_symlink(entry.path(), error).string(), held);
  }
  ::close(fd);
}

TEST_F(Embedded, SaysWhatIsWrongWithTheDirectory) {
  std::ofstream(folder_.path() + "/file") << "x";
  const auto failed = EmbeddedPostgres::start(folder_.path() + "/file", log_);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, sdk::FailureKind::invalid);
  EXPECT_NE(failed.error().message.find("--data-dir"), std::string::npos);
}

}  // namespace
}  // namespace crm::test
