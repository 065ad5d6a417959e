// Names and files of zone data: what is found under which name, and what happens when files lie or lack.
#include <gtest/gtest.h>

#include <fstream>

#include "plugin/adapters/icu/icu_time_formatter.hpp"
#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "plugin/core/time/zone_text.hpp"
#include "tests/zone_data/zone_folder.hpp"

namespace scheduling::test {
namespace {

Instant instant(std::string_view text) {
  return parse_instant(text).value();
}

std::string found(const TzZoneSource& zones, std::string_view name) {
  const auto zone = zones.find(name);
  return zone ? zone->name() : "(none)";
}

// EVIDENCE: B-1.4
TEST(ZoneNames, AnAliasGivesTheZoneItStandsFor) {
  const TzZoneSource zones;
  EXPECT_EQ(found(zones, "Asia/Calcutta"), "Asia/Kolkata");
  EXPECT_EQ(found(zones, "US/Eastern"), "America/New_York");
  EXPECT_EQ(found(zones, "Europe/Kiev"), "Europe/Kyiv");
  for (const char* name : {"UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "Universal", "UCT"})
    EXPECT_EQ(found(zones, name), "UTC") << name;
  EXPECT_EQ(found(zones, "America/New_York"), "America/New_York");
}

TEST(ZoneNames, EveryPlaceOfZoneTabKeepsItsName) {
  const TzZoneSource zones;
  for (const ZoneId& zone : zones.choices()) EXPECT_EQ(found(zones, zone.name()), zone.name());
}

TEST(ZoneNames, APlaceStaysWhatItIsWhereTheDataLinksItToAnother) {
  ZoneFolder folder("2099a");
  folder.link("Europe/Stockholm", "Europe/Berlin").link("Old/Stockholm", "Europe/Stockholm").build();
  const TzZoneSource zones(folder.path());
  EXPECT_EQ(found(zones, "Europe/Stockholm"), "Europe/Stockholm");
  EXPECT_EQ(found(zones, "Old/Stockholm"), "Europe/Stockholm") << "a link to a place ends there";
  EXPECT_EQ(zones.region(*zones.find("Europe/Stockholm")), "SE");
}

TEST(ZoneNames, OffsetsInDisguiseAndUnknownNamesAreRefused) {
  const TzZoneSource zones;
  for (const char* name : {"EST", "HST", "MST", "Factory", "", "UTC+2", "+02:00", "Nowhere/Land", "posixrules",
                           "right/UTC", "../zoneinfo/UTC", "zone.tab"})
    EXPECT_EQ(found(zones, name), "(none)") << name;
}

TEST(ZoneNames, NamesWithRulesThatMachinesReportAreZones) {
  const TzZoneSource zones;
  for (const char* name : {"CET", "CST6CDT", "EET", "EST5EDT", "MET", "MST7MDT", "PST8PDT", "WET"}) {
    const auto zone = zones.find(name);
    ASSERT_TRUE(zone) << name;
    const auto rules = zones.rules(*zone);
    ASSERT_NE(rules, nullptr) << name;
    EXPECT_EQ(rules->offset_at(instant("2025-07-01T00:00:00Z")) - rules->offset_at(instant("2025-01-01T00:00:00Z")),
              std::chrono::hours{1})
        << name;
  }
  EXPECT_EQ(zones.rules(*zones.find("EST5EDT"))->offset_at(instant("2025-01-01T00:00:00Z")), std::chrono::hours{-5});
  EXPECT_EQ(found(zones, "GMT+0"), found(zones, "Etc/GMT"));
}

TEST(ZoneNames, DataThatLinksANameToAPlaceGivesThePlace) {
  ZoneFolder folder("2099a");
  folder.link("CET", "Europe/Berlin").link("EST", "America/Panama").build();
  const TzZoneSource zones(folder.path());
  EXPECT_EQ(found(zones, "CET"), "Europe/Berlin");
  EXPECT_EQ(found(zones, "EST"), "(none)") << "an offset in disguise, whatever the data says";
}

TEST(ZoneNames, LinksThatGoInCirclesNameNothing) {
  ZoneFolder folder("2099a");
  folder.build();
  std::ofstream(folder.file("tzdata.zi"), std::ios::app) << "L Here/There There/Here\nL There/Here Here/There\n";
  const TzZoneSource zones(folder.path());
  EXPECT_EQ(found(zones, "Here/There"), "(none)");
  EXPECT_EQ(zones.rules(*ZoneId::parse("Here/There")), nullptr);
}

TEST(ZoneFiles, AnAliasWhoseFileIsMissingWorksAndSoDoesOneStoredBefore) {
  ZoneFolder folder("2099a");
  folder.build();
  std::filesystem::remove(folder.file("Asia/Calcutta"));
  std::filesystem::remove_all(folder.file("US"));
  const TzZoneSource zones(folder.path());
  EXPECT_EQ(found(zones, "Asia/Calcutta"), "Asia/Kolkata");
  const auto stored = zones.rules(*ZoneId::parse("Asia/Calcutta"));
  ASSERT_NE(stored, nullptr);
  EXPECT_EQ(stored->offset_at(instant("2025-07-01T00:00:00Z")), std::chrono::minutes{330});
  EXPECT_EQ(stored, zones.rules(*zones.find("Asia/Kolkata"))) << "one table for all its names";
  EXPECT_NE(zones.rules(*ZoneId::parse("US/Eastern")), nullptr);
}

TEST(ZoneFiles, APlaceWithoutAFileTakesThatOfThePlaceItIsLinkedTo) {
  ZoneFolder folder("2099a");
  folder.link("Europe/Stockholm", "Europe/Berlin").build();
  std::filesystem::remove(folder.file("Europe/Stockholm"));
  const TzZoneSource zones(folder.path());
  const auto rules = zones.rules(*zones.find("Europe/Stockholm"));
  ASSERT_NE(rules, nullptr);
  EXPECT_EQ(rules->offset_at(instant("2025-07-01T00:00:00Z")), std::chrono::hours{2});
}

TEST(ZoneFiles, AMissingOrDamagedFileIsReportedOnceAndHarmsNoOther) {
  ZoneFolder folder("2099a");
  folder.build();
  std::filesystem::remove(folder.file("Asia/Tokyo"));
  std::ofstream(folder.file("Asia/Seoul")) << "TZif2 and then nothing that makes sense";
  std::ofstream(folder.file("Asia/Manila")).flush();
  std::filesystem::resize_file(folder.file("Europe/Berlin"), 200);
  std::vector<std::string> complaints;
  const TzZoneSource zones(folder.path(), [&](const std::string& zone) { complaints.push_back(zone); });
  for (int round = 0; round < 2; ++round)
    for (const char* name : {"Asia/Tokyo", "Asia/Seoul", "Asia/Manila", "Europe/Berlin"})
      EXPECT_EQ(zones.rules(*zones.find(name)), nullptr) << name;
  EXPECT_EQ(complaints, (std::vector<std::string>{"Asia/Tokyo", "Asia/Seoul", "Asia/Manila", "Europe/Berlin"}));
  EXPECT_EQ(zones.facts().broken,
            (std::vector<std::string>{"Asia/Manila", "Asia/Seoul", "Asia/Tokyo", "Europe/Berlin"}));
  EXPECT_NE(zones.rules(*zones.find("Europe/Paris")), nullptr);
}

TEST(ZoneFiles, OnlyNamesOfTheDataReachTheFileSystem) {
  ZoneFolder folder("2099a");
  folder.build();
  std::filesystem::copy(folder.file("Asia/Tokyo"), folder.file("Asia/Secret"));
  std::vector<std::string> complaints;
  const TzZoneSource zones(folder.path(), [&](const std::string& zone) { complaints.push_back(zone); });
  EXPECT_EQ(zones.rules(*ZoneId::parse("Asia/Secret")), nullptr) << "a file, but no name of the data";
  EXPECT_TRUE(complaints.empty());
}

// EVIDENCE: B-1.4
TEST(ZoneVersions, TellWhatIsInUseWhatARestartWouldReadAndWhatTheSystemHas) {
  ZoneFolder folder("2020a");
  folder.build();
  const TzZoneSource zones(folder.path());
  EXPECT_EQ(zones.version(), "2020a");
  EXPECT_EQ(zones.facts().in_folder, "2020a");
  EXPECT_EQ(zones.facts().of_system, TzZoneSource{"/usr/share/zoneinfo"}.version());
  folder.rewrite_version("2099z");
  EXPECT_EQ(zones.facts().in_use, "2020a");
  EXPECT_EQ(zones.facts().in_folder, "2099z");
  std::filesystem::remove(folder.file("tzdata.zi"));
  EXPECT_EQ(zones.facts().in_folder, "");
  EXPECT_EQ(TzZoneSource{"/usr/share/zoneinfo"}.facts().of_system, "") << "the system's own is no other folder";
}

TEST(ZoneWords, AZoneYoungerThanTheLanguageDataIsItsCityAndOffset) {
  const TzZoneSource zones;
  const IcuTimeFormatter words;
  for (const auto& [name, city, offset] : {std::tuple{"America/Ciudad_Juarez", "Ciudad Juarez", "UTC\u221206:00"},
                                           std::tuple{"America/Coyhaique", "Coyhaique", "UTC\u221203:00"}}) {
    const auto zone = zones.find(name);
    ASSERT_TRUE(zone) << name;
    EXPECT_EQ(words.zone_name(*zone, "en-US"), city);
    EXPECT_EQ(words.zone_name(*zone, "de"), city);
    EXPECT_EQ(offset_text(zones.rules(*zone)->offset_at(instant("2026-07-01T12:00:00Z"))), offset);
  }
}

}  // namespace
}  // namespace scheduling::test
