#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "plugin/adapters/icu/icu_time_formatter.hpp"
#include "plugin/adapters/phone/lib_phone_reader.hpp"
#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

// EVIDENCE: B-1.4
TEST(Zones, ComeFromTheSystemAndSayWhichVersion) {
  const TzZoneSource zones;
  EXPECT_GE(zones.version(), "2025b");
  EXPECT_TRUE(zones.find("America/New_York"));
  EXPECT_TRUE(zones.find("Asia/Calcutta")) << "an alias that browsers still report";
  EXPECT_TRUE(zones.find("UTC"));
  for (const char* name :
       {"Nowhere/Land", "EST", "../../etc/passwd", "/etc/localtime", "america/new_york", "tzdata.zi"}) {
    EXPECT_FALSE(zones.find(name)) << name;
  }
  EXPECT_EQ(zones.rules(*ZoneId::parse("Nowhere/Land")), nullptr);
  EXPECT_THROW(TzZoneSource{"/nonexistent"}, std::runtime_error);
}

TEST(Zones, ReadAFolderOfTheirOwn) {
  const TzZoneSource zones{"/usr/share/zoneinfo"};
  EXPECT_EQ(zones.rules(*zones.find("America/New_York"))->offset_at(at("2025-07-01T00:00:00Z")),
            std::chrono::hours{-4});
}

TEST(Zones, RulesReachFarBeyondTheFilesLastTransition) {
  const auto zone = zone_rules("America/New_York");
  EXPECT_EQ(zone->offset_at(at("2150-07-01T00:00:00Z")), std::chrono::hours{-4});
  EXPECT_EQ(zone->offset_at(at("2150-12-01T00:00:00Z")), std::chrono::hours{-5});
  EXPECT_EQ(zone->abbreviation_at(at("2150-12-01T00:00:00Z")), "EST");
  EXPECT_TRUE(zone->is_dst_at(at("2150-07-01T00:00:00Z")));
  EXPECT_EQ(zone_rules("UTC")->offset_at(at("2025-07-01T00:00:00Z")), std::chrono::seconds{0});
}

TEST(Zones, ChoicesAreOnePerPlaceAndAllLoad) {
  const TzZoneSource zones;
  EXPECT_GT(zones.choices().size(), 300u);
  EXPECT_TRUE(std::is_sorted(zones.choices().begin(), zones.choices().end()));
  for (const ZoneId& zone : zones.choices()) EXPECT_NE(zones.rules(zone), nullptr) << zone.name();
}

TEST(Zones, KnowTheirCountry) {
  const TzZoneSource zones;
  EXPECT_EQ(zones.region(*zones.find("America/New_York")), "US");
  EXPECT_EQ(zones.region(*zones.find("Asia/Calcutta")), "IN");
  EXPECT_EQ(zones.region(*zones.find("UTC")), "");
}

TEST(Zones, ManyThreadsGetOneTable) {
  const TzZoneSource zones;
  const ZoneId zone = *zones.find("Europe/Berlin");
  std::array<std::shared_ptr<const ZoneRules>, 8> found;
  {
    std::vector<std::jthread> threads;
    for (auto& each : found) threads.emplace_back([&zones, &zone, &each] { each = zones.rules(zone); });
  }
  for (const auto& each : found) EXPECT_EQ(each, found.front());
}

TEST(Words, SpeakTheReadersLanguage) {
  const IcuTimeFormatter words;
  const LocalDate date = day("2025-01-15");
  EXPECT_EQ(words.long_date(date, "en-US"), "Wednesday, January 15, 2025");
  EXPECT_EQ(words.long_date(date, "de"), "Mittwoch, 15. Januar 2025");
  EXPECT_EQ(words.short_date(date, "en-US"), "Wed, Jan 15");
  EXPECT_EQ(words.month(date, "en-US"), "January 2025");
  EXPECT_EQ(words.time(wall_time(date, *LocalTime::parse("09:00")), "en-US"), "9:00 AM");
  EXPECT_EQ(words.time(wall_time(date, *LocalTime::parse("14:30")), "de"), "14:30");
  EXPECT_EQ(words.long_date(date, "not a locale!"), words.long_date(date, "en-US"));
  EXPECT_EQ(words.long_date(date, "ar-EG-u-ca-islamic"), words.long_date(date, "ar-EG"));
  EXPECT_NE(words.long_date(date, "th-TH").find("2025"), std::string::npos) << "not the year 2568 of another calendar";
  EXPECT_EQ(words.month(date, "pt_BR"), "janeiro de 2025");
  EXPECT_EQ(words.long_date(date, "th-TH-u-nu-thai"), words.long_date(date, "th-TH"));
  EXPECT_EQ(words.long_date(date, ""), words.long_date(date, "en-US"));
}

TEST(Words, NameWeekdaysFromTheLocalesFirst) {
  const IcuTimeFormatter words;
  EXPECT_EQ(words.first_weekday("en-US"), std::chrono::Sunday);
  EXPECT_EQ(words.first_weekday("de-DE"), std::chrono::Monday);
  EXPECT_EQ(words.weekdays(std::chrono::Monday, "en-US", false),
            (std::vector<std::string>{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}));
  EXPECT_EQ(words.weekdays(std::chrono::Wednesday, "ar-EG", false).front(), "ر") << "the week has narrow columns";
  EXPECT_EQ(words.weekdays(std::chrono::Sunday, "en-US", true).front(), "Sunday");
}

TEST(Words, NameZonesEvenThoseYoungerThanTheirData) {
  const IcuTimeFormatter words;
  EXPECT_EQ(words.zone_name(*ZoneId::parse("America/New_York"), "en-US"), "Eastern Time");
  EXPECT_EQ(words.zone_name(*ZoneId::parse("Asia/Kathmandu"), "en-US"), "Nepal Time");
  EXPECT_EQ(words.zone_name(*ZoneId::parse("America/Coyhaique"), "en-US"), "Coyhaique");
  EXPECT_EQ(words.zone_name(ZoneId::utc(), "en-US"), "UTC");
}

TEST(Words, AreTheSameFromManyThreadsAndLocales) {
  const IcuTimeFormatter words;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&words] {
      for (int i = 0; i < 200; ++i) {
        EXPECT_EQ(words.long_date(day("2025-01-15"), "en-US"), "Wednesday, January 15, 2025");
        EXPECT_FALSE(words.month(day("2025-01-15"), i % 2 == 0 ? "de" : "en-GB").empty());
      }
    });
  }
}

TEST(Phones, BecomeE164) {
  const LibPhoneReader phones;
  EXPECT_EQ(phones.read("+1 (212) 555-0123", ""), "+12125550123");
  EXPECT_EQ(phones.read("020 7946 0018", "GB"), "+442079460018");
  EXPECT_FALSE(phones.read("020 7946 0018", ""));
  EXPECT_FALSE(phones.read("+1 212 555", "US"));
  EXPECT_FALSE(phones.read("555 0123", "US")) << "a number inside its own town";
  EXPECT_FALSE(phones.read("", "US"));
  EXPECT_FALSE(phones.read(std::string(500, '1'), "US"));
}

// EVIDENCE: B-7.5
TEST(Phones, InServiceAreTakenWhateverTheTablesOfRangesSay) {
  const LibPhoneReader phones;
  for (const char* number : {"+61493812345", "+16452345678", "+19422345678"})
    EXPECT_EQ(phones.read(number, ""), number);
  EXPECT_EQ(phones.read("645 234 5678", "US"), "+16452345678");
  EXPECT_EQ(phones.read("\u202A+61 493 812 345\u202C", "GB"), "+61493812345");
}

TEST(Phones, AreShownAsPeopleReadThem) {
  const LibPhoneReader phones;
  EXPECT_EQ(phones.grouped("+12125550123"), "+1 212-555-0123");
  EXPECT_EQ(phones.grouped("+442079460018"), "+44 20 7946 0018");
  EXPECT_EQ(phones.grouped("by the door"), "by the door");
  EXPECT_EQ(phones.country_code("GB"), 44);
  EXPECT_EQ(phones.country_code("XX"), 0);
  EXPECT_EQ(phones.country_code("GBR"), 0);
}

}  // namespace
}  // namespace scheduling::testing
