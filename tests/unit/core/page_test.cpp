#include <gtest/gtest.h>

#include "plugin/core/availability/scheduling_rules.hpp"
#include "plugin/core/catalog/event_text.hpp"
#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/catalog/scheduling_page.hpp"
#include "plugin/core/schedule/host_schedule.hpp"

namespace scheduling::testing {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// What was refused, as field and code.
template <class T>
Fields refused(const Result<T>& result) {
  Fields fields;
  if (!result) {
    for (const FieldError& error : result.error().fields) fields.emplace_back(error.field, error.code);
  }
  return fields;
}

PageDraft sound_page() {
  PageDraft draft;
  draft.slug = "ada-lovelace";
  draft.name = "Ada Lovelace";
  draft.timezone = "Europe/London";
  return draft;
}

MeetingTypeDraft sound_type() {
  MeetingTypeDraft draft;
  draft.name = "Discovery Call";
  draft.slug = "discovery-call";
  return draft;
}

// EVIDENCE: B-8.3
TEST(Slugs, AreLowerCaseLettersDigitsAndHyphens) {
  for (const char* text : {"a", "demo", "ada-lovelace-2", "0", "manage-me"}) EXPECT_TRUE(Slug::parse(text)) << text;
  EXPECT_TRUE(Slug::parse(std::string(100, 'a')));
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"", "required"},           {std::string(101, 'a'), "too_long"},
      {"Demo", "invalid_format"}, {"a_b", "invalid_format"},
      {"a b", "invalid_format"},  {"-a", "invalid_format"},
      {"a-", "invalid_format"},   {"caf\u00e9", "invalid_format"},
      {"a/b", "invalid_format"},  {"manage", "reserved"},
      {"cancel", "reserved"},     {"reschedule", "reserved"},
      {"assets", "reserved"},     {"embed", "reserved"}};
  for (const auto& [text, code] : wrong) EXPECT_EQ(refused(Slug::parse(text)), (Fields{{"slug", code}})) << text;
}

TEST(Slugs, AreDerivedFromNames) {
  EXPECT_EQ(Slug::derive("Ada Lovelace").text(), "ada-lovelace");
  EXPECT_EQ(Slug::derive("  Anna's 1:1 ").text(), "anna-s-1-1");
  EXPECT_EQ(Slug::derive("\u4e2d\u6587").text(), "page");
  EXPECT_EQ(Slug::derive(std::string(300, 'x')).text().size(), 100u);
  EXPECT_EQ(Slug::parse("demo")->numbered(2).text(), "demo-2");
  EXPECT_EQ(Slug::parse(std::string(100, 'a'))->numbered(12).text(), std::string(97, 'a') + "-12");
}

TEST(Pages, ReportEveryFieldAtOnce) {
  PageDraft draft;
  draft.slug = "Not A Slug";
  draft.timezone = "EST";
  draft.description = std::string(5001, 'x');
  draft.branding.color = "red";
  draft.branding.logo_url = "http://example.com/logo.png";
  draft.branding.website_url = "javascript:alert(1)";
  draft.assignment = "lottery";
  EXPECT_EQ(refused(PageContent::make(draft)), (Fields{{"slug", "invalid_format"},
                                                       {"name", "required"},
                                                       {"description", "too_long"},
                                                       {"timezone", "invalid_timezone"},
                                                       {"branding.color", "invalid_color"},
                                                       {"branding.logo_url", "invalid_url"},
                                                       {"branding.website_url", "invalid_url"},
                                                       {"assignment", "invalid_option"}}));
}

TEST(Pages, KeepWhatTheyAreGiven) {
  PageDraft draft = sound_page();
  draft.description = "Line one\nline two";
  draft.branding = {"#1A73E8", "https://example.com/logo.png", "Analytical Engines", "https://example.com"};
  draft.is_active = false;
  const auto page = PageContent::make(draft);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->branding.color, "#1a73e8");
  const PageDraft again = to_draft(*page);
  EXPECT_EQ(again.description, draft.description);
  EXPECT_EQ(again.timezone, draft.timezone);
  EXPECT_EQ(again.is_active, false);
  EXPECT_EQ(to_draft(*PageContent::make(again)).branding, again.branding);
}

TEST(Pages, NamesHaveNoControlCharactersAndCountCodePoints) {
  PageDraft draft = sound_page();
  draft.name = "Ada\r\nBcc: all@example.com";
  EXPECT_EQ(refused(PageContent::make(draft)), (Fields{{"name", "invalid_format"}}));
  draft.name = "abc\u202Egpj.exe";
  EXPECT_EQ(PageContent::make(draft).value().name, "abcgpj.exe") << "marks that nobody sees are dropped";
  draft.name = "bad \xC3\x28 bytes";
  EXPECT_EQ(refused(PageContent::make(draft)), (Fields{{"name", "invalid_format"}}));
  draft.name.clear();
  for (int i = 0; i < 255; ++i) draft.name += "\u00e9";
  EXPECT_TRUE(PageContent::make(draft));
  draft.name += "\u00e9";
  EXPECT_EQ(refused(PageContent::make(draft)), (Fields{{"name", "too_long"}}));
}

TEST(MeetingTypes, ReportEveryFieldAtOnce) {
  MeetingTypeDraft draft = sound_type();
  draft.name = " ";
  draft.duration_minutes = 4;
  draft.location_type = "skype";
  draft.color = "#12345";
  draft.questions = {{"q1", "", "text", false, {}}, {"q1", "Size", "select", true, {}}, {"", "X", "colour", false, {}}};
  draft.settings.slot_interval_minutes = 0;
  draft.settings.align = "left";
  draft.settings.event_title = "With {{attendee}}";
  EXPECT_EQ(refused(MeetingTypeContent::make(draft)), (Fields{{"name", "required"},
                                                              {"duration_minutes", "out_of_range"},
                                                              {"location_type", "invalid_option"},
                                                              {"color", "invalid_color"},
                                                              {"questions[0].label", "required"},
                                                              {"questions[1].id", "duplicate"},
                                                              {"questions[1].options", "required"},
                                                              {"questions[2].id", "required"},
                                                              {"questions[2].type", "invalid_option"},
                                                              {"settings.slot_interval_minutes", "out_of_range"},
                                                              {"settings.align", "invalid_option"},
                                                              {"settings.event.title", "invalid_option"}}));
}

TEST(MeetingTypes, DurationsRunFromFiveMinutesToTwelveHours) {
  MeetingTypeDraft draft = sound_type();
  for (const auto& [minutes, is_sound] : std::vector<std::pair<std::int64_t, bool>>{
           {5, true}, {720, true}, {4, false}, {721, false}, {-30, false}, {INT64_MAX, false}}) {
    draft.duration_minutes = minutes;
    EXPECT_EQ(MeetingTypeContent::make(draft).has_value(), is_sound) << minutes;
  }
}

TEST(MeetingTypes, EverySettingComesBackAsItWent) {
  MeetingTypeDraft draft = sound_type();
  MeetingTypeSettingsDraft& settings = draft.settings;
  settings.slot_interval_minutes = 15;
  settings.align = "clock";
  settings.buffer_before_minutes = 5;
  settings.buffer_after_minutes = 10;
  settings.minimum_notice_minutes = 0;
  settings.max_days_in_advance = AdvanceMax{std::nullopt};
  settings.bookable_from = "2025-01-01";
  settings.bookable_until = "2025-12-31";
  settings.daily_limit = 3;
  settings.weekly_limit = 9;
  settings.available_days = std::vector<std::int64_t>{1, 2, 3};
  settings.available_hours = std::vector<HoursDraft>{{"09:00", "12:00"}, {"13:00", "24:00"}};
  settings.cancel_notice_minutes = 60;
  settings.reschedule_notice_minutes = 120;
  settings.reminder_offsets_minutes = std::vector<std::int64_t>{60, 1440};
  settings.confirmation_message = "See you!";
  settings.confirmation_redirect_url = "https://example.com/thanks";
  settings.event_title = "{{meeting_type}} with {{attendee_name}}";
  settings.event_description = "Line\nline";
  settings.owner_first = "prefer";
  settings.owner_wait_days = 7;
  settings.reassign_on_reschedule = true;
  settings.requires_confirmation = false;
  settings.confirmation_hours = 24;
  const auto type = MeetingTypeContent::make(draft);
  ASSERT_TRUE(type);
  const MeetingTypeSettingsDraft again = to_draft(type->settings);
  EXPECT_EQ(again.slot_interval_minutes, 15);
  EXPECT_EQ(again.align, "clock");
  EXPECT_EQ(again.buffer_before_minutes, 5);
  EXPECT_EQ(again.buffer_after_minutes, 10);
  EXPECT_EQ(again.minimum_notice_minutes, 0);
  EXPECT_EQ(again.max_days_in_advance, AdvanceMax{});
  EXPECT_EQ(again.bookable_from, "2025-01-01");
  EXPECT_EQ(again.bookable_until, "2025-12-31");
  EXPECT_EQ(again.daily_limit, 3);
  EXPECT_EQ(again.weekly_limit, 9);
  EXPECT_EQ(again.available_days, settings.available_days);
  ASSERT_EQ(again.available_hours->size(), 2u);
  EXPECT_EQ(again.available_hours->back().end_time, "24:00");
  EXPECT_EQ(again.cancel_notice_minutes, 60);
  EXPECT_EQ(again.reschedule_notice_minutes, 120);
  EXPECT_EQ(again.reminder_offsets_minutes, settings.reminder_offsets_minutes);
  EXPECT_EQ(again.confirmation_message, "See you!");
  EXPECT_EQ(again.confirmation_redirect_url, "https://example.com/thanks");
  EXPECT_EQ(again.event_title, settings.event_title);
  EXPECT_EQ(again.event_description, settings.event_description);
  EXPECT_EQ(again.owner_first, "prefer");
  EXPECT_EQ(again.owner_wait_days, 7);
  EXPECT_EQ(again.reassign_on_reschedule, true);
  EXPECT_EQ(again.requires_confirmation, false);
  EXPECT_EQ(again.confirmation_hours, 24);
  EXPECT_FALSE(to_draft(MeetingTypeSettings{}).max_days_in_advance);
}

TEST(MeetingTypes, SettingsNameTheirOwnFields) {
  MeetingTypeDraft draft = sound_type();
  draft.settings.available_days = std::vector<std::int64_t>{1, 7, 1};
  draft.settings.available_hours = std::vector<HoursDraft>{{"12:00", "09:00"}, {"9", ""}};
  draft.settings.bookable_from = "2025-02-30";
  draft.settings.reminder_offsets_minutes = std::vector<std::int64_t>{0, 60, 60};
  draft.settings.confirmation_redirect_url = "//evil.example";
  draft.settings.owner_first = "always";
  draft.settings.owner_wait_days = 61;
  draft.settings.daily_limit = 0;
  draft.settings.max_days_in_advance = AdvanceMax{-1};
  EXPECT_EQ(refused(MeetingTypeContent::make(draft)),
            (Fields{{"settings.available_days[1]", "out_of_range"},
                    {"settings.available_days[2]", "duplicate"},
                    {"settings.available_hours[0].end_time", "out_of_range"},
                    {"settings.available_hours[1].start_time", "invalid_format"},
                    {"settings.available_hours[1].end_time", "required"},
                    {"settings.max_days_in_advance", "out_of_range"},
                    {"settings.bookable_from", "invalid_format"},
                    {"settings.daily_limit", "out_of_range"},
                    {"settings.reminder_offsets_minutes[0]", "out_of_range"},
                    {"settings.reminder_offsets_minutes[2]", "duplicate"},
                    {"settings.owner_first", "invalid_option"},
                    {"settings.owner_wait_days", "out_of_range"},
                    {"settings.confirmation.redirect_url", "invalid_url"}}));
}

TEST(MeetingTypes, AnInvertedRangeIsRefused) {
  MeetingTypeDraft draft = sound_type();
  draft.settings.bookable_from = "2025-02-02";
  draft.settings.bookable_until = "2025-02-01";
  EXPECT_EQ(refused(MeetingTypeContent::make(draft)), (Fields{{"settings.bookable_until", "out_of_range"}}));
}

// EVIDENCE: B-4.2
TEST(Rules, ATypeInheritsWhatItDoesNotSet) {
  BookingDefaults defaults;
  defaults.buffer_before = std::chrono::minutes{5};
  defaults.notice_min = std::chrono::minutes{90};
  MeetingTypeSettings settings;
  settings.buffer_after = std::chrono::minutes{20};
  const auto rules = SchedulingRules::make(std::chrono::minutes{45}, settings, defaults);
  ASSERT_TRUE(rules);
  EXPECT_EQ(rules->interval, std::chrono::minutes{45});
  EXPECT_EQ(rules->buffer_before, std::chrono::minutes{5});
  EXPECT_EQ(rules->buffer_after, std::chrono::minutes{20});
  EXPECT_EQ(rules->notice_min, std::chrono::minutes{90});
  EXPECT_EQ(rules->advance_max, std::chrono::days{30});
  settings.advance_max = AdvanceMax{std::nullopt};
  EXPECT_FALSE(SchedulingRules::make(std::chrono::minutes{45}, settings, defaults)->advance_max);
  settings.advance_max = AdvanceMax{7};
  EXPECT_EQ(SchedulingRules::make(std::chrono::minutes{45}, settings, defaults)->advance_max, std::chrono::days{7});
  EXPECT_FALSE(SchedulingRules::make(std::chrono::minutes{0}, settings, defaults));
}

// EVIDENCE: B-4.2
TEST(Availability, DefaultsOfTheDefaults) {
  AvailabilityDraft draft;
  draft.timezone = "America/New_York";
  const auto schedule = HostSchedule::make(UserId{1}, draft);
  ASSERT_TRUE(schedule);
  EXPECT_EQ(schedule->defaults, BookingDefaults{});
  EXPECT_EQ(schedule->defaults.notice_min, std::chrono::minutes{240});
  EXPECT_EQ(schedule->defaults.advance_max, std::chrono::days{30});
  EXPECT_TRUE(schedule->hours.rules().empty());
}

TEST(Availability, ReportsEveryFieldAtOnceAndRoundTrips) {
  AvailabilityDraft draft;
  draft.timezone = "nowhere at all";
  draft.week_start = 7;
  draft.rules = {
      {7, "09:00", "17:00", true}, {1, "17:00", "09:00", true}, {1, "09:00", "09:00", true}, {1, "", "x", true}};
  draft.daily_limit = -1;
  draft.buffer_before_minutes = 1441;
  EXPECT_EQ(refused(HostSchedule::make(UserId{1}, draft)),
            (Fields{{"timezone", "invalid_timezone"},
                    {"week_start", "out_of_range"},
                    {"rules[0].day_of_week", "out_of_range"},
                    {"rules[1].end_time", "out_of_range"},
                    {"rules[2].end_time", "out_of_range"},
                    {"rules[3].start_time", "required"},
                    {"rules[3].end_time", "invalid_format"},
                    {"daily_limit", "out_of_range"},
                    {"defaults.buffer_before_minutes", "out_of_range"}}));
  AvailabilityDraft sound;
  sound.timezone = "Asia/Kathmandu";
  sound.rules = {{0, "22:00", "24:00", true}, {3, "12:00", "13:00", false}};
  sound.max_days_in_advance.reset();
  const AvailabilityDraft again = to_draft(*HostSchedule::make(UserId{1}, sound));
  ASSERT_EQ(again.rules.size(), 2u);
  EXPECT_EQ(again.rules[0].end_time, "24:00");
  EXPECT_FALSE(again.rules[1].is_available);
  EXPECT_FALSE(again.max_days_in_advance);
}

TEST(Overrides, NeedBothTimesOrNone) {
  const auto check = [](bool is_available, std::optional<std::string> start, std::optional<std::string> end) {
    return refused(DayOverride::make({"2025-12-24", is_available, std::move(start), std::move(end), {}}));
  };
  EXPECT_EQ(check(false, {}, {}), Fields{});
  EXPECT_EQ(check(false, "09:00", "10:00"), Fields{});
  EXPECT_EQ(check(true, "09:00", "24:00"), Fields{});
  EXPECT_EQ(check(true, {}, {}), (Fields{{"start_time", "required"}, {"end_time", "required"}}));
  EXPECT_EQ(check(false, "09:00", {}), (Fields{{"end_time", "required"}}));
  EXPECT_EQ(check(true, "10:00", "09:00"), (Fields{{"end_time", "out_of_range"}}));
  EXPECT_EQ(refused(DayOverride::make({"2025-02-30", false, {}, {}, {}})), (Fields{{"date", "invalid_format"}}));
}

TEST(EventTexts, PutEachFactInOnce) {
  EventFacts facts;
  facts.attendee_name = "{{host_name}}";
  facts.host_name = "Charles";
  facts.meeting_type = "Demo";
  EXPECT_EQ(render_event_text("{{meeting_type}}: {{ attendee_name }} & {{host_name}}", facts),
            "Demo: {{host_name}} & Charles");
  EXPECT_EQ(render_event_text("plain } { text", facts), "plain } { text");
  EXPECT_EQ(unknown_placeholder("{{attendee_name}} and {{nobody}}"), "nobody");
  EXPECT_EQ(unknown_placeholder("open {{"), "{{");
  EXPECT_FALSE(unknown_placeholder("nothing special"));
}

}  // namespace
}  // namespace scheduling::testing
