/// Reads the tables beside this file: one line, one case.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "plugin/core/catalog/slug.hpp"
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

/// "06:00Z 07:00Z", or "none". What is listed must also be accepted.
std::string written(const SlotContext& context, TimeRange window, LocalDate date) {
  std::string text;
  for (const TimeRange& slot : find_slots(context, window)) {
    text += (text.empty() ? "" : " ") + relative(slot.start(), date);
    EXPECT_FALSE(check_slot(context, slot.start()));
  }
  return text.empty() ? "none" : text;
}

/// The words of a line from `first` on, as they were written.
std::string rest_of(const Line& line, std::size_t first) {
  std::string text;
  for (std::size_t i = first; i < line.words.size(); ++i) text += (text.empty() ? "" : " ") + line.words[i];
  return text;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::istringstream stream(text);
  std::vector<std::string> parts;
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

/// "09:00-12:00,13:00-17:00"
std::vector<LocalSpan> spans_of(const std::string& text) {
  std::vector<LocalSpan> spans;
  for (const std::string& span : split(text, ',')) spans.push_back(hours(span.substr(0, 5), span.substr(6)));
  return spans;
}

/// Open at these hours every day, and asked about as if it were long ago.
SlotContextDraft context_of(const std::string& zone, const std::string& daily, const std::string& step) {
  SlotContextDraft context = context_in(zone, spans_of(daily));
  context.now = k_instant_min;
  context.rules.duration = context.rules.interval = std::chrono::minutes{std::stoi(step)};
  return context;
}

std::string slots_on(const std::string& zone, LocalDate date, const std::string& span, const std::string& step) {
  SlotContextDraft context = context_of(zone, span, step);
  const TimeRange window{Instant{date.days().time_since_epoch()} - std::chrono::days{2},
                         Instant{date.days().time_since_epoch()} + std::chrono::days{3}};
  // Only this date's hours, so that what is listed is this date's grid.
  context.host.hours = WeeklyHours{{{date.weekday(), spans_of(span).front(), true}}};
  return written(context, window, date);
}

// EVIDENCE: B-1.3, B-3.1
TEST(Tables, SlotsOnChangeDays) {
  for (const Line& line : read_table("slots_on_change_days.txt")) {
    ASSERT_GE(line.words.size(), 5u) << "line " << line.number;
    EXPECT_EQ(slots_on(line.words[0], day(line.words[1]), line.words[2], line.words[3]), rest_of(line, 4))
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

// EVIDENCE: B-1.2, B-1.3
TEST(Tables, BookerDays) {
  for (const Line& line : read_table("booker_days.txt")) {
    ASSERT_GE(line.words.size(), 6u) << "line " << line.number;
    const LocalDate date = day(line.words[4]);
    const auto window = window_of_dates(*zone_rules(line.words[3]), date, date);
    const SlotContextDraft context = context_of(line.words[0], line.words[1], line.words[2]);
    EXPECT_EQ(window ? written(context, *window, date) : "none", rest_of(line, 5))
        << "line " << line.number << ": " << line.words[3] << " " << line.words[4];
  }
}

/// "2025-01-16T04:00Z" with its seconds.
std::string in_full(const std::string& text) {
  return text.substr(0, 16) + ":00Z";
}

/// "2025-01-16T04:00Z", "no_show:2025-01-16T04:00Z"
BookedMeeting meeting_of(const std::string& text, std::int64_t id, SlotContextDraft& context) {
  const std::size_t mark_length = text.front() < 'a' ? 0 : text.find(':');
  const std::string mark = text.substr(0, mark_length);
  const Instant start = at(in_full(text.substr(mark.empty() ? 0 : mark_length + 1)));
  BookedMeeting meeting{MeetingId{id}, context.type, {start, start + std::chrono::hours{1}}, {}, {}, {}};
  meeting.status = MeetingStatus::scheduled;
  if (mark == "moving") {
    context.moving = meeting.id;
  } else if (mark == "other") {
    meeting.type = MeetingTypeId{2};
  } else if (!mark.empty()) {
    const auto status = meeting_status_of(mark);
    EXPECT_TRUE(status) << mark;
    meeting.status = status.value_or(meeting.status);
  }
  return meeting;
}

/// "type_daily=1"
void set_limit(SlotContextDraft& context, const std::string& text) {
  const std::size_t sign = text.find('=');
  const std::string name = text.substr(0, sign);
  const std::int32_t limit = std::stoi(text.substr(sign + 1));
  if (name == "type_daily") {
    context.rules.daily_limit = limit;
  } else if (name == "type_weekly") {
    context.rules.weekly_limit = limit;
  } else if (name == "host_daily") {
    context.host.daily_limit = limit;
  } else {
    EXPECT_EQ(name, "host_weekly");
    context.host.weekly_limit = limit;
  }
}

// EVIDENCE: B-6.1, B-12.1
TEST(Tables, Limits) {
  for (const Line& line : read_table("limits.txt")) {
    ASSERT_EQ(line.words.size(), 6u) << "line " << line.number;
    SlotContextDraft context = context_of(line.words[0], "00:00-24:00", "60m");
    context.rules.interval = std::chrono::minutes{15};
    context.host.week_start = line.words[1] == "Sunday" ? std::chrono::Sunday : std::chrono::Monday;
    for (const std::string& limit : split(line.words[2], ',')) set_limit(context, limit);
    std::int64_t id = 0;
    for (const std::string& text : split(line.words[3], ','))
      context.meetings.push_back(meeting_of(text, ++id, context));
    EXPECT_EQ(verdict(context, in_full(line.words[4])), line.words[5])
        << "line " << line.number << ": " << line.words[0] << " " << line.words[4];
  }
}

TEST(Tables, Slugs) {
  for (const Line& line : read_table("slugs.txt"))
    EXPECT_EQ(Slug::derive(rest_of(line, 1)).text(), line.words[0]) << "slugs.txt:" << line.number;
}

}  // namespace
}  // namespace scheduling::testing
