/// Our calendar files keep RFC 5545 and 5546, says libical, and say what was put in, says another reader.
#include <gtest/gtest.h>
#include <libical/ical.h>

#include <algorithm>
#include <memory>

#include "tests/mail/sample_mail.hpp"
#include "tests/mail/second_reader.hpp"

namespace scheduling::test {
namespace {

constexpr CalendarMethod k_methods[] = {CalendarMethod::publish, CalendarMethod::request, CalendarMethod::cancel};
constexpr const char* k_event = "VCALENDAR/VEVENT";
constexpr const char* k_alarm = "VCALENDAR/VEVENT/VALARM";

/// What libical's restriction check says; empty when all is well.
std::string objections(const std::string& file) {
  const std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> calendar(icalparser_parse_string(file.c_str()),
                                                                          icalcomponent_free);
  if (!calendar) return "cannot be parsed";
  std::string out = icalrestriction_check(calendar.get()) != 0 ? "" : "restrictions are broken; ";
  if (icalcomponent_count_errors(calendar.get()) != 0) out += icalcomponent_as_ical_string(calendar.get());
  return out;
}

Json read_one(const std::string& file) {
  Json read = read_calendars({file}).front();
  EXPECT_EQ(faults(read), "") << file;
  EXPECT_EQ(objections(file), "") << file;
  return read;
}

std::vector<std::string> values(const Json& calendar, const std::string& component, const std::string& name) {
  std::vector<std::string> out;
  for (const Property& one : properties(calendar, component, name)) out.push_back(one.value);
  return out;
}

/// "CN=Ada;ROLE=…" in the order of their names.
std::string params_of(const Property& property) {
  std::string out;
  for (const auto& [name, value] : *property.params)
    out += (out.empty() ? "" : ";") + name + "=" + value.convert<std::string>();
  return out;
}

TEST(Calendar, KeepsTheRulesForEveryMethodAndStatus) {
  for (const CalendarMethod method : k_methods)
    for (const bool is_tentative : {false, true})
      for (const bool is_cancelled : {false, true})
        for (const bool has_alarm : {false, true})
          for (const bool has_texts : {false, true}) {
            CalendarEvent event = sample_event();
            event.is_tentative = is_tentative;
            event.is_cancelled = is_cancelled;
            if (has_alarm) event.alarm_before = std::chrono::minutes(15);
            if (!has_texts) event.description = event.location = event.url = "";
            EXPECT_EQ(objections(written(method, event)), "");
          }
}

TEST(Calendar, TheGateItselfFindsWhatIsBroken) {
  CalendarEvent event = sample_event();
  event.organizer = {};
  EXPECT_NE(objections(written(CalendarMethod::request, event)), "");
  event = sample_event();
  event.attendees.clear();
  EXPECT_NE(objections(written(CalendarMethod::request, event)), "");
}

TEST(Calendar, InvitesTheBookerAndTheGuests) {
  CalendarEvent event = sample_event();
  event.attendees.push_back({"Rosa Rep", "rosa@crm.test", true});
  const Json read = read_one(written(CalendarMethod::request, event));
  EXPECT_EQ(property(read, "VCALENDAR", "METHOD"), "REQUEST");
  EXPECT_EQ(property(read, "VCALENDAR", "VERSION"), "2.0");
  EXPECT_EQ(property(read, k_event, "UID"), "0190-77@crm.test");
  EXPECT_EQ(property(read, k_event, "SEQUENCE"), "3");
  EXPECT_EQ(property(read, k_event, "DTSTAMP"), "20250114T140005Z");
  EXPECT_EQ(property(read, k_event, "DTSTART"), "20250330T003000Z");
  EXPECT_EQ(property(read, k_event, "DTEND"), "20250330T011500Z");
  EXPECT_EQ(property(read, k_event, "STATUS"), "CONFIRMED");
  EXPECT_EQ(property(read, k_event, "URL"), event.url);
  EXPECT_EQ(property(read, k_event, "ORGANIZER"), "mailto:rosa@crm.test");
  EXPECT_EQ(params_of(properties(read, k_event, "ORGANIZER").front()), "CN=Rosa Rep");
  const auto attendees = properties(read, k_event, "ATTENDEE");
  ASSERT_EQ(attendees.size(), 3U);
  EXPECT_EQ(attendees[0].value, "mailto:ada@prospect.test");
  EXPECT_EQ(params_of(attendees[0]), "CN=Ada Lovelace;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE");
  EXPECT_EQ(attendees[1].value, "mailto:guest@prospect.test");
  EXPECT_EQ(params_of(attendees[1]), "PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE");
  EXPECT_EQ(attendees[2].value, "mailto:rosa@crm.test");
  EXPECT_EQ(params_of(attendees[2]), "CN=Rosa Rep;PARTSTAT=ACCEPTED;ROLE=CHAIR");
}

TEST(Calendar, SaysWhetherItIsCertain) {
  CalendarEvent event = sample_event();
  event.is_tentative = true;
  EXPECT_EQ(property(read_one(written(CalendarMethod::request, event)), k_event, "STATUS"), "TENTATIVE");
  EXPECT_EQ(property(read_one(written(CalendarMethod::publish, event)), k_event, "STATUS"), "TENTATIVE");
  event.is_cancelled = true;
  EXPECT_EQ(property(read_one(written(CalendarMethod::publish, event)), k_event, "STATUS"), "CANCELLED");
  EXPECT_EQ(property(read_one(written(CalendarMethod::request, event)), k_event, "STATUS"), "TENTATIVE");
}

TEST(Calendar, CancelsForEverybodyWithoutAnAlarm) {
  CalendarEvent event = sample_event();
  event.alarm_before = std::chrono::minutes(10);
  const Json read = read_one(written(CalendarMethod::cancel, event));
  EXPECT_EQ(property(read, "VCALENDAR", "METHOD"), "CANCEL");
  EXPECT_EQ(property(read, k_event, "STATUS"), "CANCELLED");
  EXPECT_EQ(property(read, k_event, "UID"), "0190-77@crm.test");
  EXPECT_EQ(property(read, k_event, "SEQUENCE"), "3");
  EXPECT_EQ(property(read, k_alarm, "ACTION"), "(none)");
  EXPECT_EQ(values(read, k_event, "ATTENDEE"),
            (std::vector<std::string>{"mailto:ada@prospect.test", "mailto:guest@prospect.test"}));
  EXPECT_EQ(params_of(properties(read, k_event, "ATTENDEE")[0]), "CN=Ada Lovelace;ROLE=REQ-PARTICIPANT");
}

TEST(Calendar, PublishesWithoutNamingAttendees) {
  const Json read = read_one(written(CalendarMethod::publish, sample_event()));
  EXPECT_EQ(property(read, "VCALENDAR", "METHOD"), "PUBLISH");
  EXPECT_EQ(property(read, k_event, "ATTENDEE"), "(none)");
  EXPECT_EQ(property(read, k_event, "ORGANIZER"), "mailto:rosa@crm.test");
}

TEST(Calendar, RingsBeforeTheMeeting) {
  const std::vector<std::pair<int, std::string>> triggers = {{0, "PT0S"},    {5, "-PT5M"},    {90, "-PT1H30M"},
                                                             {1440, "-P1D"}, {10080, "-P1W"}, {11580, "-P8DT1H"}};
  std::vector<std::string> files;
  for (const auto& [minutes, trigger] : triggers) {
    CalendarEvent event = sample_event();
    event.alarm_before = std::chrono::minutes(minutes);
    for (const CalendarMethod method : {CalendarMethod::request, CalendarMethod::publish}) {
      files.push_back(written(method, event));
      EXPECT_EQ(objections(files.back()), "");
    }
  }
  const auto all = read_calendars(files);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(faults(all[i]), "");
    EXPECT_EQ(property(all[i], k_alarm, "ACTION"), "DISPLAY");
    EXPECT_EQ(property(all[i], k_alarm, "DESCRIPTION"), "Discovery Call");
    EXPECT_EQ(property(all[i], k_alarm, "TRIGGER"), triggers[i / 2].second);
    EXPECT_EQ(property(all[i], k_event, "DESCRIPTION"), "Bring numbers.");
  }
  EXPECT_EQ(property(read_one(written(CalendarMethod::request, sample_event())), k_alarm, "ACTION"), "(none)");
}

TEST(Calendar, CarriesEveryText) {
  std::vector<std::string> texts = one_line_texts();
  for (const char* text : {"a\n", "one\ntwo\n\nfour\n", "\n x", "\\n is no break, \\\\n neither", "a;b,c:d", "\\",
                           "\\;\\,\\\\", "C:\\new\\table", "\"quoted\"", "=3D",
                           "DESCRIPTION:x\nBEGIN:VALARM\nEND:VALARM", " leading and trailing ", "tab-less", "^n ^' ^^"})
    texts.emplace_back(text);
  texts.emplace_back(10'000, 'x');
  texts.push_back(repeated("日", 10'000));
  texts.push_back(repeated("🎉é\n", 3'000));
  texts.push_back(repeated(";,\\\n\"", 2'000));
  for (int filler = 55; filler < 80; ++filler)
    texts.push_back(std::string(static_cast<std::size_t>(filler), 'x') + "🎉日é\\;,\n end");
  for (int filler = 55; filler < 80; ++filler)
    texts.push_back(std::string(static_cast<std::size_t>(filler), 'x') + "  two blanks");
  std::vector<std::string> files;
  for (const std::string& text : texts) {
    CalendarEvent event = sample_event();
    event.summary = event.description = event.location = text;
    event.alarm_before = std::chrono::minutes(10);
    files.push_back(written(CalendarMethod::request, event));
    EXPECT_EQ(objections(files.back()), "");
  }
  const auto read = read_calendars(files);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(faults(read[i]), "");
    for (const char* name : {"SUMMARY", "DESCRIPTION", "LOCATION"})
      EXPECT_EQ(property(read[i], k_event, name), texts[i]) << name;
    EXPECT_EQ(property(read[i], k_alarm, "DESCRIPTION"), texts[i]);
    EXPECT_EQ(properties(read[i], k_event, "ATTENDEE").size(), 2U);
  }
}

TEST(Calendar, NormalisesWhatATextMayNotHold) {
  CalendarEvent event = sample_event();
  event.description =
      "a\r\nb\rc\nd\te\x01\x7f"
      "f\xffg\u202Eh";
  EXPECT_EQ(property(read_one(written(CalendarMethod::request, event)), k_event, "DESCRIPTION"),
            "a\nb\nc\nd ef\uFFFDgh");
}

TEST(Calendar, AlwaysHasASummary) {
  for (const char* blank : {"", " ", "\n", "\x01", " \t\r\n"}) {
    CalendarEvent event = sample_event();
    event.summary = event.description = event.location = blank;
    event.alarm_before = std::chrono::minutes(10);
    const Json read = read_one(written(CalendarMethod::request, event));
    EXPECT_EQ(property(read, k_event, "SUMMARY"), "Meeting");
    EXPECT_EQ(property(read, k_event, "DESCRIPTION"), "(none)");
    EXPECT_EQ(property(read, k_event, "LOCATION"), "(none)");
    EXPECT_EQ(property(read, k_alarm, "DESCRIPTION"), "Meeting");
  }
}

TEST(Calendar, CannotBeInjected) {
  for (const CalendarMethod method : k_methods) {
    CalendarEvent event = sample_event();
    const std::string evil = "x\r\nATTENDEE:mailto:evil@evil.test\r\nEND:VEVENT\nMETHOD:CANCEL";
    event.uid = event.summary = event.description = event.location = event.url = evil;
    event.organizer = {evil, "rosa@crm.test\r\nATTENDEE:mailto:evil@evil.test"};
    event.attendees = {{evil, "ada@prospect.test\nMETHOD:CANCEL"}, {"\";X=\"y\":z", "guest@prospect.test"}};
    const Json read = read_one(written(method, event));
    EXPECT_EQ(properties(read, "VCALENDAR", "METHOD").size(), 1U);
    EXPECT_EQ(properties(read, k_event, "ATTENDEE").size(), method == CalendarMethod::publish ? 0U : 2U);
    EXPECT_EQ(properties(read, k_event, "ORGANIZER").size(), 1U);
    EXPECT_EQ(property(read, k_event, "URL"), "(none)");
  }
}

TEST(Calendar, CarriesEveryName) {
  const std::vector<std::pair<std::string, std::string>> names = {{"Lovelace, Ada", "Lovelace, Ada"},
                                                                  {"Ada; Countess: of <x>", "Ada; Countess: of <x>"},
                                                                  {"Ada \"the first\"", "Ada 'the first'"},
                                                                  {"Jürgen Müßig", "Jürgen Müßig"},
                                                                  {"日本 太郎 🎉", "日本 太郎 🎉"},
                                                                  {"O'Neil\\", "O'Neil\\"},
                                                                  {"two\nlines\tx", "two lines x"},
                                                                  {repeated("長い名前", 60), repeated("長い名前", 60)},
                                                                  {"=", "="},
                                                                  {"a^b ^n ^' ^^", "a^b ^n ^' ^^"}};
  std::vector<std::string> files;
  for (const auto& [name, as_read] : names) {
    CalendarEvent event = sample_event();
    event.organizer.name = event.attendees[0].name = name;
    files.push_back(written(CalendarMethod::request, event));
    EXPECT_EQ(objections(files.back()), "");
  }
  const auto read = read_calendars(files);
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(faults(read[i]), "") << files[i];
    EXPECT_EQ(text_at(properties(read[i], k_event, "ORGANIZER").front().params, "CN"), names[i].second);
    EXPECT_EQ(text_at(properties(read[i], k_event, "ATTENDEE").front().params, "CN"), names[i].second);
  }
}

TEST(Calendar, KeepsRareAddresses) {
  CalendarEvent event = sample_event();
  event.organizer.email = "jörg@bücher.test";
  event.attendees = {{"", "o'neil+a=b/c%d?e#f@prospect.test"}, {"", "用户@例子.测试"}};
  const Json read = read_one(written(CalendarMethod::request, event));
  EXPECT_EQ(property(read, k_event, "ORGANIZER"), "mailto:jörg@xn--bcher-kva.test");
  EXPECT_EQ(values(read, k_event, "ATTENDEE"), (std::vector<std::string>{"mailto:o'neil+a=b/c%d?e#f@prospect.test",
                                                                         "mailto:用户@xn--fsqu00a.xn--0zwm56d"}));
}

TEST(Calendar, CarriesRandomTexts) {
  std::mt19937 random(20250318);
  std::vector<std::string> files, texts, names;
  for (int i = 0; i < 400; ++i) {
    CalendarEvent event = sample_event();
    std::string text = "x" + random_text(random, 100, false);
    for (unsigned breaks = random() % 5; breaks > 0; --breaks) text += "\n" + random_text(random, 20, false);
    event.summary = event.description = event.location = text;
    event.attendees[0].name = random_text(random, 20, true);
    event.organizer.name = "y" + random_text(random, 20, true);
    names.push_back(HeaderText(event.organizer.name).text());
    std::replace(names.back().begin(), names.back().end(), '"', '\'');
    if (i % 2 == 0) event.alarm_before = std::chrono::minutes(random() % 3000);
    files.push_back(written(k_methods[i % 3], event));
    texts.push_back(text);
    ASSERT_EQ(objections(files.back()), "") << files.back();
  }
  const auto read = read_calendars(files);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    ASSERT_EQ(faults(read[i]), "") << files[i];
    ASSERT_EQ(property(read[i], k_event, "DESCRIPTION"), texts[i]);
    ASSERT_EQ(property(read[i], k_event, "SUMMARY"), texts[i]);
    ASSERT_EQ(text_at(properties(read[i], k_event, "ORGANIZER").front().params, "CN"), names[i]);
  }
}

}  // namespace
}  // namespace scheduling::test
