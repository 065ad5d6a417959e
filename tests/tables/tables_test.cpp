/// Reads the tables beside this file: one line, one case.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

struct Line {
  std::size_t number;
  std::vector<std::string> words;
};

std::vector<Line> read_table(const std::string& name) {
  std::ifstream file(std::string(TABLES_FOLDER) + "/" + name);
  EXPECT_TRUE(file.good()) << name;
  std::vector<Line> lines;
  std::string text;
  for (std::size_t number = 1; std::getline(file, text); ++number) {
    std::istringstream words(text.substr(0, text.find('#')));
    Line line{number, {}};
    for (std::string word; words >> word;) line.words.push_back(word);
    if (!line.words.empty()) lines.push_back(std::move(line));
  }
  EXPECT_GT(lines.size(), 10u) << name << " has lost its cases";
  return lines;
}

/// "-14:00Z": 14:00 UTC on the date before `date`.
std::string relative(Instant instant, LocalDate date) {
  const auto utc = LocalDate::of(WallTime{instant.time_since_epoch()});
  const std::string time = format_instant(instant).substr(11, 5) + "Z";
  return utc < date ? "-" + time : date < utc ? "+" + time : time;
}

std::string slots_on(const std::string& zone, LocalDate date, const std::string& span, const std::string& step) {
  OfferDraft offer = offer_in(zone, {hours(span.substr(0, 5), span.substr(6))});
  offer.now = k_instant_min;
  offer.rules.duration = offer.rules.interval = std::chrono::minutes{std::stoi(step)};
  const TimeRange window{Instant{date.days().time_since_epoch()} - std::chrono::days{2},
                         Instant{date.days().time_since_epoch()} + std::chrono::days{3}};
  // Only this date's hours, so that what is listed is this date's grid.
  const WeeklyRule rule{date.weekday(), hours(span.substr(0, 5), span.substr(6)), true};
  offer.host.hours = WeeklyHours{{rule}};
  std::string text;
  for (const TimeRange& slot : offered_starts(offer, window)) {
    text += (text.empty() ? "" : " ") + relative(slot.start(), date);
    EXPECT_FALSE(judge(offer, slot.start()));
  }
  return text.empty() ? "none" : text;
}

// EVIDENCE: B-1.3, B-3.1
TEST(Tables, SlotsOnChangeDays) {
  for (const Line& line : read_table("slots_on_change_days.txt")) {
    ASSERT_GE(line.words.size(), 5u) << "line " << line.number;
    std::string want = line.words[4];
    for (std::size_t i = 5; i < line.words.size(); ++i) want += " " + line.words[i];
    EXPECT_EQ(slots_on(line.words[0], day(line.words[1]), line.words[2], line.words[3]), want)
        << "line " << line.number << ": " << line.words[0] << " " << line.words[1];
  }
}

// EVIDENCE: B-1.3
TEST(Tables, WallTimes) {
  for (const Line& line : read_table("wall_times.txt")) {
    ASSERT_EQ(line.words.size(), 3u) << "line " << line.number;
    const auto time = LocalTime::parse(line.words[1].substr(11));
    ASSERT_TRUE(time) << "line " << line.number;
    const Instant instant = zone_rules(line.words[0])->to_instant(day(line.words[1].substr(0, 10)), *time);
    EXPECT_EQ(format_instant(instant), line.words[2]) << "line " << line.number << ": " << line.words[0];
  }
}

}  // namespace
}  // namespace scheduling::testing
