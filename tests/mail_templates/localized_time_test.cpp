#include <gtest/gtest.h>

#include "tests/mail_templates/mail_world.hpp"

namespace scheduling::testing {
namespace {

std::string span(const char* zone, const char* start, const char* end, const char* locale = "en-US") {
  return world().times.span(world().zone(zone), TimeRange(at(start), at(end)), locale);
}

TEST(LocalizedTime, SayWhenInThreeZones) {
  const auto in = [](const char* zone) { return span(zone, "2025-01-15T17:30:00Z", "2025-01-15T18:30:00Z"); };
  EXPECT_EQ(in("America/New_York"), "Wednesday, January 15, 2025, 12:30 PM \u2013 1:30 PM");
  EXPECT_EQ(in("Europe/Berlin"), "Wednesday, January 15, 2025, 6:30 PM \u2013 7:30 PM");
  EXPECT_EQ(in("Asia/Kathmandu"), "Wednesday, January 15, 2025, 11:15 PM \u2013 Thursday, January 16, 2025, 12:15 AM");
}

TEST(LocalizedTime, CountAMeetingUntilMidnightToTheDayItEnds) {
  EXPECT_EQ(span("Europe/Berlin", "2025-01-15T22:30:00Z", "2025-01-15T23:00:00Z", "de"),
            "Mittwoch, 15. Januar 2025, 23:30 \u2013 00:00 Uhr");
}

// EVIDENCE: B-1.3
TEST(LocalizedTime, NameTheOffsetsWhenTheClocksChangeMeanwhile) {
  EXPECT_EQ(span("Europe/Berlin", "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z", "en-GB"),
            "Sunday, 26 October 2025, 02:30 (UTC+02:00) \u2013 02:30 (UTC+01:00)");
  EXPECT_EQ(span("America/New_York", "2025-03-09T06:30:00Z", "2025-03-09T07:30:00Z"),
            "Sunday, March 9, 2025, 1:30 AM (UTC\u221205:00) \u2013 3:30 AM (UTC\u221204:00)");
  EXPECT_EQ(span("America/New_York", "2025-03-09T14:00:00Z", "2025-03-09T15:00:00Z"),
            "Sunday, March 9, 2025, 10:00 AM \u2013 11:00 AM");
}

TEST(LocalizedTime, NameTheZoneAsItIsAtThatInstant) {
  const SpokenZone york = world().zone("America/New_York");
  const auto texts = [&](const char* when) { return world().times.zone_label(york, at(when), "en-US"); };
  EXPECT_EQ(texts("2025-03-09T06:59:59Z"), "Eastern Time, America/New_York (UTC\u221205:00)");
  EXPECT_EQ(texts("2025-03-09T07:00:00Z"), "Eastern Time, America/New_York (UTC\u221204:00)");
}

TEST(LocalizedTime, NameZonesInTheReadersLanguage) {
  const auto texts = [](const char* zone, const char* locale) {
    return world().times.zone_label(world().zone(zone), at("2025-01-15T00:00:00Z"), locale);
  };
  EXPECT_EQ(texts("Europe/Berlin", "de"), "Mitteleurop\u00e4ische Zeit, Europe/Berlin (UTC+01:00)");
  EXPECT_EQ(texts("America/New_York", "pt-BR"), "Hor\u00e1rio do Leste, America/New_York (UTC\u221205:00)");
  EXPECT_EQ(texts("America/Coyhaique", "en-US"), "Coyhaique, America/Coyhaique (UTC\u221203:00)")
      << "younger than ICU's data";
  EXPECT_EQ(texts("UTC", "fr"), "UTC");
  EXPECT_EQ(texts("Nowhere/Land", "en"), "UTC");
}

TEST(LocalizedTime, NeverMixLanguages) {
  EXPECT_EQ(world().times.locale_for("de-AT"), "de-AT");
  EXPECT_EQ(world().times.locale_for("en-GB"), "en-GB");
  EXPECT_EQ(world().times.locale_for("it-IT"), "en-US");
  EXPECT_EQ(world().times.locale_for(""), "en-US");
  EXPECT_EQ(span("Europe/Rome", "2025-01-15T14:00:00Z", "2025-01-15T14:30:00Z", "it"),
            "Wednesday, January 15, 2025, 3:00 PM \u2013 3:30 PM");
}

TEST(LocalizedTime, SayHowLong) {
  using std::chrono::minutes;
  const auto in = [](const char* locale, int count) { return world().times.duration(minutes{count}, locale); };
  EXPECT_EQ(in("en-US", 30), "30 min");
  EXPECT_EQ(in("en-US", 60), "1 hour");
  EXPECT_EQ(in("en-US", 90), "1 hour 30 min");
  EXPECT_EQ(in("en-US", 120), "2 hours");
  EXPECT_EQ(in("en-US", 0), "0 min");
  EXPECT_EQ(in("de", 135), "2 Stunden 15 Min.");
  EXPECT_EQ(in("fr", 60), "1 heure");
  EXPECT_EQ(in("ja", 90), "1\u6642\u959330\u5206");
}

TEST(LocalizedTime, CountDaysOnTheReadersCalendar) {
  const auto lead = [](const char* zone, const char* now, const char* start) {
    return world().times.lead(world().zone(zone), {at(now), at(start), {}}, "en");
  };
  EXPECT_EQ(lead("America/New_York", "2025-01-15T03:00:00Z", "2025-01-15T18:00:00Z"), "Tomorrow");
  EXPECT_EQ(lead("Europe/Berlin", "2025-01-15T03:00:00Z", "2025-01-15T18:00:00Z"), "Today");
  EXPECT_EQ(lead("Asia/Kathmandu", "2025-01-15T03:00:00Z", "2025-01-15T18:30:00Z"), "Tomorrow");
  EXPECT_EQ(lead("Europe/Berlin", "2025-03-29T12:00:00Z", "2025-03-31T08:00:00Z"), "In 2 days");
  EXPECT_EQ(lead("Europe/Berlin", "2025-01-15T03:00:00Z", "2025-01-15T04:45:00Z"), "In 105 minutes");
  EXPECT_EQ(lead("Europe/Berlin", "2025-01-15T03:00:00Z", "2025-01-15T05:45:00Z"), "In 2 hours");
}

}  // namespace
}  // namespace scheduling::testing
