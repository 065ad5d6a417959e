// What administrators read and the log says about zone data: its version, and whom it disagrees with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "fake_host/fake_services.hpp"
#include "plugin/surface/health_notes.hpp"
#include "tests/booking/booking_world.hpp"
#include "tests/zone_data/zone_folder.hpp"

namespace scheduling::test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> said(const ZoneDataWatch& watch) {
  std::vector<std::string> lines;
  for (const auto& note : zone_notes(watch)) lines.push_back(std::string(to_string(note.level)) + ": " + note.text);
  return lines;
}

std::string system_version() {
  return TzZoneSource{"/usr/share/zoneinfo"}.version();
}

// EVIDENCE: B-1.4
TEST(ZoneWatching, TheSystemsOwnDataIsNamedAndAgreesWithTheDatabase) {
  BookingWorld world;
  ZoneDataWatch& watch = world.wiring().zone_data_watch;
  EXPECT_THAT(said(watch), Contains("warn: The database has not been asked for its zone rules yet."));
  ASSERT_TRUE(watch.compare_with_database());
  EXPECT_THAT(said(watch),
              testing::ElementsAre("ok: Zone data " + system_version() + " from /usr/share/zoneinfo is in use."));
}

TEST(ZoneWatching, ZonesInWhichTheDatabaseCountsOtherwiseAreNamed) {
  ZoneFolder folder("2099a");
  folder.change("America/New_York", "2025 Mar 1", "-5 - EST").change("Asia/Tokyo", "2026 O 1", "9:30 - JST").build();
  BookingWorld world(folder.path());
  ASSERT_TRUE(world.wiring().zone_data_watch.compare_with_database());
  EXPECT_THAT(said(world.wiring().zone_data_watch), Contains(AllOf(HasSubstr("warn: The database's zone rules differ"),
                                                                   HasSubstr("for: America/New_York, Asia/Tokyo."))));
}

TEST(ZoneWatching, AZoneThatTheDatabaseDoesNotKnowHarmsNoOther) {
  ZoneFolder folder("2099a");
  folder.link("Mars/Olympus", "Asia/Tokyo").change("America/New_York", "2025 Mar 1", "-5 - EST").build();
  std::ofstream(folder.file("zone.tab"), std::ios::app) << "US\t+0000+00000\tMars/Olympus\n";
  BookingWorld world(folder.path());
  ASSERT_TRUE(world.wiring().zone_data_watch.compare_with_database());
  EXPECT_THAT(said(world.wiring().zone_data_watch), Contains(HasSubstr("does not know these zones: Mars/Olympus.")));
  EXPECT_THAT(said(world.wiring().zone_data_watch),
              Contains(HasSubstr("differ from those in use for: America/New_York.")));
}

TEST(ZoneWatching, DataOlderThanTheSystemsIsReported) {
  ZoneFolder folder("2020a");
  folder.build();
  BookingWorld world(folder.path());
  EXPECT_THAT(
      said(world.wiring().zone_data_watch),
      Contains(HasSubstr("warn: The zone data in use is older than the system's, which is " + system_version())));
  ZoneFolder newer("2099a");
  newer.build();
  world.restart(newer.path());
  EXPECT_THAT(said(world.wiring().zone_data_watch), Not(Contains(HasSubstr("older than the system's"))));
}

TEST(ZoneWatching, DataThatChangesUnderTheProcessAsksForARestart) {
  ZoneFolder folder("2099a");
  folder.build();
  BookingWorld world(folder.path());
  const ZoneDataWatch& watch = world.wiring().zone_data_watch;
  EXPECT_THAT(said(watch), Not(Contains(HasSubstr("Restart"))));
  folder.rewrite_version("2099b");
  EXPECT_THAT(said(watch), Contains("warn: The zone data under " + folder.path() +
                                    " is 2099b now, and the CRM still uses 2099a. Restart it."));
  std::filesystem::remove(folder.file("tzdata.zi"));
  EXPECT_THAT(said(watch), Contains(HasSubstr("warn: There is no zone data under " + folder.path() + " any more")));
}

TEST(ZoneWatching, ABrokenFileIsAnErrorAndIsLogged) {
  ZoneFolder folder("2099a");
  folder.build();
  std::filesystem::remove(folder.file("Asia/Tokyo"));
  BookingWorld world(folder.path());
  ASSERT_TRUE(world.wiring().zone_data_watch.compare_with_database());
  EXPECT_THAT(said(world.wiring().zone_data_watch),
              Contains(HasSubstr("error: The rules of these zones cannot be read: Asia/Tokyo.")));
  EXPECT_EQ(world.get("/schedule/rosa/call/slots?date=2025-01-14&timezone=Asia/Tokyo").status, 422);
  const crm::sdk::Response booked = world.post(
      "/schedule/rosa/call/book",
      R"({"start":"2025-01-14T14:00:00Z","timezone":"Asia/Tokyo","attendee_name":"Ada","attendee_email":"ada@prospect.test"})");
  EXPECT_EQ(booked.status, 201) << "the instant is clear: " << booked.body;
  world.sql("UPDATE scheduling_schedules SET timezone = 'Asia/Tokyo'");
  EXPECT_EQ(world.get("/schedule/rosa/call/slots?date=2025-01-15").status, 500)
      << "the host's own hours cannot be told";
}

TEST(ZoneWatching, TheLogIsToldOfWhatIsNewAndOnlyThat) {
  ZoneFolder folder("2099a");
  folder.build();
  BookingWorld world(folder.path());
  crm::app::FakeLog log;
  CheckZoneRulesJob job(world.wiring().zone_data_watch, world.wiring().zone_rule_check, log);
  job.log_findings();
  EXPECT_THAT(log.lines(), testing::ElementsAre(HasSubstr("Zone data 2099a")));
  folder.rewrite_version("2099b");
  ASSERT_TRUE(job.run({}));
  ASSERT_TRUE(job.run({}));
  EXPECT_THAT(log.lines(), testing::ElementsAre(HasSubstr("Zone data 2099a"), HasSubstr("is 2099b now")));
}

TEST(ZoneWatching, ADatabaseThatDoesNotAnswerIsSaidAndStopsNothing) {
  BookingWorld world;
  crm::app::FakeDatabase gone;
  gone.answer = [](const crm::sdk::Statement&,
                   std::span<const crm::sdk::Param>) -> crm::sdk::Outcome<crm::sdk::RowsPtr> {
    return crm::sdk::fail(crm::sdk::FailureKind::unavailable, "gone");
  };
  PgTransactions transactions(gone, {});
  ZoneDataWatch watch(transactions, world.wiring().zones, world.wiring().clock);
  ZoneRuleCheck check(transactions, world.wiring().zones, world.wiring().clock);
  crm::app::FakeLog log;
  CheckZoneRulesJob job(watch, check, log);
  job.log_findings();
  EXPECT_THAT(log.lines(), Contains(HasSubstr("could not be asked")));
  EXPECT_THAT(said(watch), Contains("warn: The database has not been asked for its zone rules yet."));
  EXPECT_FALSE(job.run({})) << "tried again later";
}

}  // namespace
}  // namespace scheduling::test
