// EVIDENCE: B-9.1
// What CalDAV servers keep as text, expanded into what blocks.
#include "plugin/adapters/ical/ical_objects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/adapters/zones/tz_zone_source.hpp"

namespace scheduling::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

Instant at(std::string_view text) {
  return parse_instant(text).value();
}

std::string text_of(const RemoteTime& time) {
  if (const auto* instant = std::get_if<Instant>(&time)) return format_instant(*instant);
  if (const auto* date = std::get_if<LocalDate>(&time)) return date->text();
  const auto& wall = std::get<RemoteWallTime>(time);
  return format_wall(wall.wall) + " " + wall.zone;
}

class IcalObjectsTest : public ::testing::Test {
 protected:
  std::string calendar(const std::string& inside) const {
    std::string text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n" + inside + "END:VCALENDAR\n";
    std::string out;
    for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return out;
  }
  std::string event(const std::string& lines, const std::string& uid = "one") const {
    return "BEGIN:VEVENT\nUID:" + uid + "\nDTSTAMP:20260101T000000Z\n" + lines + "END:VEVENT\n";
  }
  /// "2026-02-02T10:00:00Z/2026-02-02T11:00:00Z" of each occurrence that blocks.
  std::vector<std::string> blocking(const std::string& text) const {
    std::vector<std::string> out;
    for (const RemoteEvent& each : expanded(text))
      if (blocks(each)) out.push_back(text_of(*each.start) + "/" + text_of(*each.end));
    std::ranges::sort(out);
    return out;
  }
  std::vector<RemoteEvent> expanded(const std::string& text) const {
    return objects->expand(text, window, {"rosa@example.com"}).value();
  }

  TzZoneSource zones;
  std::unique_ptr<CalendarObjects> objects = make_ical_objects(zones);
  TimeRange window{at("2026-02-01T00:00:00Z"), at("2026-05-01T00:00:00Z")};
};

TEST_F(IcalObjectsTest, OneEventInUtc) {
  const auto events = expanded(calendar(event("DTSTART:20260202T100000Z\nDTEND:20260202T110000Z\n")));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].id, "");
  EXPECT_EQ(events[0].mark, "one");
  EXPECT_EQ(text_of(*events[0].start), "2026-02-02T10:00:00Z");
  EXPECT_EQ(text_of(*events[0].end), "2026-02-02T11:00:00Z");
}

TEST_F(IcalObjectsTest, ADurationInsteadOfAnEnd) {
  EXPECT_THAT(blocking(calendar(event("DTSTART:20260202T100000Z\nDURATION:PT1H30M\n"))),
              ElementsAre("2026-02-02T10:00:00Z/2026-02-02T11:30:00Z"));
}

TEST_F(IcalObjectsTest, AWeeklySeriesKeepsItsWallTimeWhenTheClocksChange) {
  EXPECT_THAT(
      blocking(calendar(event("DTSTART;TZID=Europe/Berlin:20260316T090000\nDTEND;TZID=Europe/Berlin:20260316T100000\n"
                              "RRULE:FREQ=WEEKLY;COUNT=3\n"))),
      ElementsAre("2026-03-16T08:00:00Z/2026-03-16T09:00:00Z", "2026-03-23T08:00:00Z/2026-03-23T09:00:00Z",
                  "2026-03-30T07:00:00Z/2026-03-30T08:00:00Z"));
}

TEST_F(IcalObjectsTest, ASeriesThatBeganLongAgoIsExpandedInTheWindow) {
  EXPECT_EQ(blocking(calendar(event("DTSTART:20060102T100000Z\nDTEND:20060102T110000Z\nRRULE:FREQ=DAILY\n"))).size(),
            89U);
}

TEST_F(IcalObjectsTest, UntilIsInclusiveAndInUtc) {
  EXPECT_THAT(blocking(calendar(event("DTSTART;TZID=America/New_York:20260202T200000\nDURATION:PT1H\n"
                                      "RRULE:FREQ=DAILY;UNTIL=20260205T010000Z\n"))),
              ElementsAre("2026-02-03T01:00:00Z/2026-02-03T02:00:00Z", "2026-02-04T01:00:00Z/2026-02-04T02:00:00Z",
                          "2026-02-05T01:00:00Z/2026-02-05T02:00:00Z"));
}

TEST_F(IcalObjectsTest, ExceptionsAndAdditions) {
  EXPECT_THAT(blocking(calendar(event("DTSTART;TZID=America/New_York:20260202T100000\nDURATION:PT1H\n"
                                      "RRULE:FREQ=DAILY;COUNT=4\nEXDATE;TZID=America/New_York:20260203T100000\n"
                                      "EXDATE:20260204T150000Z\nRDATE;TZID=America/New_York:20260210T120000\n"
                                      "RDATE;VALUE=PERIOD:20260211T120000Z/20260211T140000Z\n"))),
              ElementsAre("2026-02-02T15:00:00Z/2026-02-02T16:00:00Z", "2026-02-05T15:00:00Z/2026-02-05T16:00:00Z",
                          "2026-02-10T17:00:00Z/2026-02-10T18:00:00Z", "2026-02-11T12:00:00Z/2026-02-11T14:00:00Z"));
}

TEST_F(IcalObjectsTest, AnExceptionMayNameTheDayAlone) {
  EXPECT_THAT(blocking(calendar(event("DTSTART:20260202T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\n"
                                      "EXDATE;VALUE=DATE:20260203\n"))),
              ElementsAre("2026-02-02T10:00:00Z/2026-02-02T11:00:00Z"));
}

TEST_F(IcalObjectsTest, AnOccurrenceThatWasMovedKeepsItsId) {
  const auto events = expanded(
      calendar(event("DTSTART:20260202T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\n") +
               event("RECURRENCE-ID:20260203T100000Z\nDTSTART:20260203T150000Z\nDURATION:PT2H\n") +
               event("RECURRENCE-ID:20260204T100000Z\nDTSTART:20260204T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED\n")));
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].id, "#20260203T1000");
  EXPECT_EQ(text_of(*events[0].start), "2026-02-03T15:00:00Z");
  EXPECT_TRUE(events[1].is_cancelled);
  EXPECT_EQ(events[2].id, "#20260202T1000");
}

TEST_F(IcalObjectsTest, AChangeOfThisAndFutureHoldsForAllThatFollow) {
  const std::string series = event("DTSTART:20260202T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=5\n");
  const std::string later =
      event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260204T100000Z\nDTSTART:20260204T150000Z\nDURATION:PT2H\n");
  EXPECT_THAT(
      blocking(calendar(series + later)),
      UnorderedElementsAre("2026-02-02T10:00:00Z/2026-02-02T11:00:00Z", "2026-02-03T10:00:00Z/2026-02-03T11:00:00Z",
                           "2026-02-04T15:00:00Z/2026-02-04T17:00:00Z", "2026-02-05T15:00:00Z/2026-02-05T17:00:00Z",
                           "2026-02-06T15:00:00Z/2026-02-06T17:00:00Z"));
  const auto events = expanded(calendar(series + later));
  EXPECT_EQ(std::ranges::count(events, "#20260205T1000", &RemoteEvent::id), 1) << "ids stay";
  const std::string single = event("RECURRENCE-ID:20260205T100000Z\nDTSTART:20260205T080000Z\nDURATION:PT1H\n");
  const std::string free = event(
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20260206T100000Z\nDTSTART:20260206T100000Z\nDURATION:PT1H\nTRANSP:"
      "TRANSPARENT\n");
  EXPECT_THAT(
      blocking(calendar(series + later + single + free)),
      UnorderedElementsAre("2026-02-02T10:00:00Z/2026-02-02T11:00:00Z", "2026-02-03T10:00:00Z/2026-02-03T11:00:00Z",
                           "2026-02-04T15:00:00Z/2026-02-04T17:00:00Z", "2026-02-05T08:00:00Z/2026-02-05T09:00:00Z"))
      << "what was changed by itself goes its own way, and the last change counts";
}

TEST_F(IcalObjectsTest, ASeriesThatWasShiftedFarIsFoundWhereItIsNow) {
  EXPECT_THAT(
      blocking(calendar(
          event("DTSTART:20250102T100000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;COUNT=2\n") +
          event("RECURRENCE-ID;RANGE=THISANDFUTURE:20250102T100000Z\nDTSTART:20250202T100000Z\nDURATION:PT1H\n"))),
      ElementsAre("2026-02-02T10:00:00Z/2026-02-02T11:00:00Z"))
      << "the second occurrence stood on 2 January, before the window";
}

TEST_F(IcalObjectsTest, AllDayAndFloatingTimesHaveNoZone) {
  EXPECT_THAT(blocking(calendar(event("DTSTART;VALUE=DATE:20260202\n"))), ElementsAre("2026-02-02/2026-02-03"));
  EXPECT_THAT(
      blocking(calendar(event("DTSTART;VALUE=DATE:20260202\nDTEND;VALUE=DATE:20260205\nRRULE:FREQ=WEEKLY;COUNT=2\n"))),
      ElementsAre("2026-02-02/2026-02-05", "2026-02-09/2026-02-12"));
  EXPECT_THAT(blocking(calendar(event("DTSTART:20260202T090000\nDTEND:20260202T093000\n"))),
              ElementsAre("2026-02-02T09:00 /2026-02-02T09:30 "));
}

TEST_F(IcalObjectsTest, AZoneIsKnownByItsNameOrByItsDefinition) {
  EXPECT_THAT(
      blocking(calendar(event("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260202T090000\nDURATION:PT1H\n"))),
      ElementsAre("2026-02-02T08:00:00Z/2026-02-02T09:00:00Z"));
  const std::string zone =
      "BEGIN:VTIMEZONE\nTZID:Office\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"
      "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:19700329T020000\n"
      "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
  EXPECT_THAT(
      blocking(calendar(
          zone + event("DTSTART;TZID=Office:20260327T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=3;COUNT=2\n"))),
      ElementsAre("2026-03-27T08:00:00Z/2026-03-27T09:00:00Z", "2026-03-30T07:00:00Z/2026-03-30T08:00:00Z"));
  EXPECT_THAT(blocking(calendar(event("DTSTART;TZID=Nowhere:20260202T090000\nDURATION:PT1H\n"))),
              ElementsAre("2026-02-02T09:00 /2026-02-02T10:00 "));
}

TEST_F(IcalObjectsTest, WhatDoesNotBlock) {
  for (const std::string line :
       {"TRANSP:TRANSPARENT\n", "STATUS:CANCELLED\n", "ATTENDEE;PARTSTAT=DECLINED:mailto:Rosa@Example.com\n"})
    EXPECT_THAT(blocking(calendar(event("DTSTART:20260202T100000Z\nDURATION:PT1H\n" + line))), IsEmpty()) << line;
  for (const std::string line :
       {"TRANSP:OPAQUE\n", "STATUS:TENTATIVE\n", "ATTENDEE;PARTSTAT=DECLINED:mailto:bob@example.com\n",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:rosa@example.com\n"})
    EXPECT_EQ(blocking(calendar(event("DTSTART:20260202T100000Z\nDURATION:PT1H\n" + line))).size(), 1U) << line;
}

TEST_F(IcalObjectsTest, BrokenAndHostileTextIsNoEvent) {
  EXPECT_FALSE(objects->expand("", window, {}));
  EXPECT_FALSE(objects->expand("<html>", window, {}));
  EXPECT_FALSE(objects->expand(std::string(3 * 1024 * 1024, 'x'), window, {}));
  EXPECT_THAT(expanded(calendar(event("SUMMARY:no time\n"))), IsEmpty());
  EXPECT_THAT(blocking(calendar(event("DTSTART:20260202T100000Z\nDTEND:20260202T090000Z\n"))), IsEmpty());
  EXPECT_LE(expanded(calendar(event("DTSTART:20260202T100000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY\n"))).size(), 5000U);
  EXPECT_THAT(blocking(calendar(event("DTSTART:20260202T100000Z\nDURATION:PT1H\nRRULE:FREQ=NEVER\n"))),
              ElementsAre("2026-02-02T10:00:00Z/2026-02-02T11:00:00Z"));
}

class WrittenObject : public IcalObjectsTest {
 protected:
  WrittenObject() {
    draft.mark = "uid@meeting-scheduler";
    draft.start = at("2026-02-02T10:00:00Z");
    draft.end = at("2026-02-02T10:30:00Z");
    draft.summary = "Call; with, Ada\\\nEND:VEVENT";
    draft.description = "line\nline";
  }
  std::string write() const { return objects->write({draft, "rosa@example.com", at("2026-01-01T00:00:00Z")}); }
  EventDraft draft;
};

TEST_F(WrittenObject, ReadsBackAsItWasMeant) {
  const auto read = objects->read(write(), {});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->mark, draft.mark);
  EXPECT_EQ(text_of(*read->start), "2026-02-02T10:00:00Z");
  EXPECT_EQ(text_of(*read->end), "2026-02-02T10:30:00Z");
  EXPECT_THAT(write(), Not(HasSubstr("METHOD")));
  EXPECT_THAT(write(), Not(HasSubstr("ATTENDEE")));
  EXPECT_THAT(write(), HasSubstr("Call\\; with\\, Ada"));
}

TEST_F(WrittenObject, InvitesOnlyWhereTheServerDoes) {
  draft.tells_attendees = true;
  draft.attendees = {{"ada@example.com", "Ada"}};
  EXPECT_THAT(write(), HasSubstr("ORGANIZER:mailto:rosa@example.com"));
  EXPECT_THAT(write(), HasSubstr("ada@example.com"));
}

TEST_F(WrittenObject, ChangedItKeepsWhatItsOwnerAdded) {
  std::string text = write();
  text.replace(text.rfind("END:VEVENT\r\n"), 0,
               "CATEGORIES:blue\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n");
  draft.start += std::chrono::hours{2};
  draft.end += std::chrono::hours{2};
  const auto changed = objects->rewrite(text, {draft, {}, at("2026-01-01T00:00:00Z")});
  ASSERT_TRUE(changed);
  EXPECT_THAT(*changed, HasSubstr("CATEGORIES:blue"));
  EXPECT_THAT(*changed, HasSubstr("BEGIN:VALARM"));
  EXPECT_THAT(*changed, HasSubstr("SEQUENCE:1"));
  EXPECT_EQ(text_of(*objects->read(*changed, {})->start), "2026-02-02T12:00:00Z");
}

TEST_F(IcalObjectsTest, ACalendarsZone) {
  EXPECT_EQ(objects->zone_in(calendar("BEGIN:VTIMEZONE\nTZID:Europe/"
                                      "Berlin\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:"
                                      "+0100\nEND:STANDARD\nEND:VTIMEZONE\n")),
            "Europe/Berlin");
  EXPECT_EQ(objects->zone_in(""), "");
}

}  // namespace
}  // namespace scheduling::testing
