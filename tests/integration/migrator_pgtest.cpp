#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "reference_host/database/migrator.hpp"
#include "tests/integration/pg_fixture.hpp"

namespace crm::test {
namespace {

class Migrator : public ::testing::Test {
 protected:
  void write(const std::string& name, const std::string& sql) { std::ofstream(folder_.path() + '/' + name) << sql; }
  sdk::Outcome<int> migrate() { return app::migrate(db_.database(), db_.clock(), db_.log(), "host", folder_.path()); }
  TestDatabase db_;
  TemporaryFolder folder_;
};

TEST_F(Migrator, AppliesEachFileOnceInOrder) {
  write("0002_second.sql", "INSERT INTO steps VALUES ('second');");
  write("0001_first.sql", "CREATE TABLE steps (name TEXT); INSERT INTO steps VALUES ('first');");
  EXPECT_EQ(migrate(), 2);
  EXPECT_EQ(migrate(), 0);
  write("0003_third.sql", "INSERT INTO steps VALUES ('it''s third');");
  EXPECT_EQ(migrate(), 1);
  EXPECT_EQ(db_.sql("SELECT string_agg(name, ',') FROM steps"), "first,second,it's third");
}

TEST_F(Migrator, AFailingFileLeavesNothingAndIsNamed) {
  write("0001_half.sql", "CREATE TABLE half (a INT); SELECT 1/0;");
  const auto failed = migrate();
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().message.find("host/0001_half.sql"), std::string::npos) << failed.error().message;
  EXPECT_EQ(db_.sql("SELECT to_regclass('half') IS NULL"), "t");
  write("0001_half.sql", "CREATE TABLE half (a INT);");
  EXPECT_EQ(migrate(), 1) << "repaired before it was ever applied";
}

TEST_F(Migrator, RefusesAFileThatWasChangedOrRemovedAfterwards) {
  write("0001_first.sql", "CREATE TABLE a (a INT);");
  ASSERT_EQ(migrate(), 1);
  write("0001_first.sql", "CREATE TABLE b (b INT);");
  EXPECT_NE(migrate().error().message.find("0001_first.sql was changed"), std::string::npos);
  std::remove((folder_.path() + "/0001_first.sql").c_str());
  EXPECT_NE(migrate().error().message.find("0001_first.sql was applied"), std::string::npos);
}

TEST_F(Migrator, RefusesAFileThatEndsItsTransaction) {
  write("0001_sly.sql", "CREATE TABLE sly (a INT); COMMIT; BEGIN;");
  const auto failed = migrate();
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().message.find("ends its transaction"), std::string::npos) << failed.error().message;
}

TEST_F(Migrator, RefusesOddNames) {
  write("1_short.sql", "SELECT 1;");
  EXPECT_NE(migrate().error().message.find("1_short.sql"), std::string::npos);
}

TEST_F(Migrator, ADatabaseKilledInTheMiddleLosesOnlyTheFileAtHand) {
  write("0001_first.sql", "CREATE TABLE first (a INT);");
  write("0002_killed.sql", "CREATE TABLE killed (a INT); SELECT pg_terminate_backend(pg_backend_pid());");
  const auto failed = migrate();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, sdk::FailureKind::unavailable);
  EXPECT_EQ(db_.sql("SELECT to_regclass('killed') IS NULL"), "t");
  write("0002_killed.sql", "CREATE TABLE killed (a INT);");
  EXPECT_EQ(migrate(), 1) << "the first file stayed applied, the second is new";
}

TEST_F(Migrator, ASecondHostWaitsForTheFirst) {
  write("0001_slow.sql", "SELECT pg_sleep(0.3); CREATE TABLE slow (a INT);");
  sdk::Outcome<int> other;
  std::thread second([&] { other = migrate(); });
  const sdk::Outcome<int> mine = migrate();
  second.join();
  ASSERT_TRUE(mine) << mine.error().message;
  ASSERT_TRUE(other) << other.error().message;
  EXPECT_EQ(*mine + *other, 1) << "applied by one of them";
}

TEST(Schema, OfHostAndModuleIsWhole) {
  TestDatabase db(Schema::crm_and_module);
  EXPECT_EQ(db.sql("SELECT count(*) > 0 FROM schema_migrations WHERE source = 'host'"), "t");
  EXPECT_EQ(db.sql("SELECT count(*) FROM pg_constraint WHERE conname = 'meeting_hosts_no_overlap'"), "1");
}

}  // namespace
}  // namespace crm::test
