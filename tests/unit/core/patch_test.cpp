// Absent, null and value, laid over what is stored.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/catalog/scheduling_page.hpp"
#include "plugin/core/schedule/host_schedule.hpp"

namespace scheduling::testing {
namespace {

TEST(Patches, SayThreeThingsAboutAField) {
  const Patch<std::string> absent;
  const Patch<std::string> null = std::nullopt;
  const Patch<std::string> value = "new";
  EXPECT_TRUE(absent.is_absent());
  EXPECT_FALSE(absent.is_null());
  EXPECT_TRUE(null.is_null());
  EXPECT_FALSE(null.is_absent());
  EXPECT_FALSE(value.is_absent() || value.is_null());

  std::optional<std::string> slot = "old";
  apply_field(slot, absent);
  EXPECT_EQ(slot, "old");
  apply_field(slot, value);
  EXPECT_EQ(slot, "new");
  apply_field(slot, null);
  EXPECT_EQ(slot, std::nullopt);
}

TEST(Patches, ReadAnEmptyOptionalAsNull) {
  EXPECT_TRUE(Patch<std::string>(std::optional<std::string>{}).is_null());
  EXPECT_EQ(Patch<std::string>(std::optional<std::string>{"x"}).replacement(), "x");
}

PageDraft stored_page() {
  PageDraft draft;
  draft.slug = "rosa";
  draft.name = "Rosa";
  draft.description = "Hello";
  draft.is_active = false;
  draft.timezone = "Europe/Berlin";
  draft.branding = {"#111111", "https://a.example/l.png", "Acme", "https://acme.example"};
  draft.assignment = "collective";
  return draft;
}

TEST(PagePatches, LeaveWhatTheyDoNotName) {
  const PageDraft page = apply_patch(stored_page(), {});
  EXPECT_EQ(page.slug, "rosa");
  EXPECT_EQ(page.name, "Rosa");
  EXPECT_EQ(page.description, "Hello");
  EXPECT_FALSE(page.is_active);
  EXPECT_EQ(page.timezone, "Europe/Berlin");
  EXPECT_EQ(page.branding, stored_page().branding);
  EXPECT_EQ(page.assignment, "collective");
}

TEST(PagePatches, ReplaceWhatTheyName) {
  PagePatch patch;
  patch.slug = "ada";
  patch.name = "Ada";
  patch.description = std::nullopt;
  patch.is_active = true;
  patch.timezone = "UTC";
  patch.branding.company_name = std::nullopt;
  patch.branding.color = "#222222";
  patch.assignment = "personal";
  const PageDraft page = apply_patch(stored_page(), patch);
  EXPECT_EQ(page.slug, "ada");
  EXPECT_EQ(page.name, "Ada");
  EXPECT_EQ(page.description, std::nullopt);
  EXPECT_TRUE(page.is_active);
  EXPECT_EQ(page.timezone, "UTC");
  EXPECT_EQ(page.branding, (Branding{"#222222", "https://a.example/l.png", std::nullopt, "https://acme.example"}));
  EXPECT_EQ(page.assignment, "personal");
}

MeetingTypeDraft stored_type() {
  MeetingTypeDraft draft;
  draft.name = "Call";
  draft.slug = "call";
  draft.duration_minutes = 45;
  draft.description = "Hello";
  draft.location_type = "phone";
  draft.location_details = "We call you";
  draft.color = "#111111";
  draft.is_active = false;
  draft.questions = {{"why", "Why?", "text", true, {}}, {"how", "How?", "text", false, {}}};
  draft.settings.align = "clock";
  draft.settings.daily_limit = 3;
  draft.settings.max_days_in_advance = AdvanceMax{10};
  draft.display_order = 7;
  return draft;
}

TEST(MeetingTypePatches, LeaveWhatTheyDoNotName) {
  const MeetingTypeDraft type = apply_patch(stored_type(), {});
  EXPECT_EQ(type.name, "Call");
  EXPECT_EQ(type.slug, "call");
  EXPECT_EQ(type.duration_minutes, 45);
  EXPECT_EQ(type.description, "Hello");
  EXPECT_EQ(type.location_type, "phone");
  EXPECT_EQ(type.location_details, "We call you");
  EXPECT_EQ(type.color, "#111111");
  EXPECT_FALSE(type.is_active);
  EXPECT_EQ(type.questions.size(), 2U);
  EXPECT_EQ(type.settings.align, "clock");
  EXPECT_EQ(type.settings.daily_limit, 3);
  EXPECT_EQ(type.settings.max_days_in_advance, AdvanceMax{10});
  EXPECT_EQ(type.display_order, 7);
}

TEST(MeetingTypePatches, ReplaceListsAndMergeSettings) {
  MeetingTypePatch patch;
  patch.name = "Demo";
  patch.slug = "demo";
  patch.duration_minutes = 60;
  patch.description = std::nullopt;
  patch.location_type = "zoom";
  patch.location_details = std::nullopt;
  patch.color = std::nullopt;
  patch.is_active = true;
  patch.questions = std::vector<QuestionDraft>{{"what", "What?", "text", false, {}}};
  patch.settings.daily_limit = std::nullopt;
  patch.settings.max_days_in_advance = AdvanceMax{};
  patch.settings.owner_first = "strict";
  patch.display_order = -1;
  const MeetingTypeDraft type = apply_patch(stored_type(), patch);
  EXPECT_EQ(type.name, "Demo");
  EXPECT_EQ(type.slug, "demo");
  EXPECT_EQ(type.duration_minutes, 60);
  EXPECT_EQ(type.description, std::nullopt);
  EXPECT_EQ(type.location_type, "zoom");
  EXPECT_EQ(type.location_details, std::nullopt);
  EXPECT_EQ(type.color, std::nullopt);
  EXPECT_TRUE(type.is_active);
  ASSERT_EQ(type.questions.size(), 1U);
  EXPECT_EQ(type.questions[0].id, "what");
  EXPECT_EQ(type.settings.align, "clock") << "not named";
  EXPECT_EQ(type.settings.daily_limit, std::nullopt);
  EXPECT_EQ(type.settings.max_days_in_advance, AdvanceMax{}) << "no horizon is a value";
  EXPECT_EQ(type.settings.owner_first, "strict");
  EXPECT_EQ(type.display_order, -1);
}

TEST(MeetingTypePatches, ClearAllSettings) {
  MeetingTypePatch patch;
  patch.settings = clear_all_settings();
  const MeetingTypeDraft type = apply_patch(stored_type(), patch);
  for_each_setting([](std::string_view key, const auto& value) { EXPECT_FALSE(value) << key; }, type.settings);
}

// A setting that stands in the struct but not in for_each_setting() would neither be stored nor published: whoever
// adds one must change the number of names here, and then the count tells what is missing.
TEST(Settings, AreAllVisited) {
  MeetingTypeSettingsDraft draft;
  auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, aa, ab] = draft;
  const std::set<const void*> fields{&a, &b, &c, &d, &e, &f, &g, &h, &i, &j, &k, &l, &m,  &n,
                                     &o, &p, &q, &r, &s, &t, &u, &v, &w, &x, &y, &z, &aa, &ab};
  std::set<const void*> visited;
  std::set<std::string> keys;
  for_each_setting(
      [&](std::string_view key, auto& value) {
        visited.insert(&value);
        keys.emplace(key);
      },
      draft);
  EXPECT_EQ(visited, fields);
  EXPECT_EQ(keys.size(), fields.size());
}

AvailabilityDraft stored_schedule() {
  AvailabilityDraft draft;
  draft.timezone = "Europe/Berlin";
  draft.week_start = 0;
  draft.rules = {{1, "09:00", "17:00", true}};
  draft.daily_limit = 4;
  draft.weekly_limit = 9;
  draft.buffer_before_minutes = 5;
  draft.buffer_after_minutes = 10;
  draft.minimum_notice_minutes = 60;
  draft.max_days_in_advance = 14;
  return draft;
}

TEST(AvailabilityPatches, LeaveWhatTheyDoNotName) {
  const AvailabilityDraft schedule = apply_patch(stored_schedule(), {});
  EXPECT_EQ(schedule.timezone, "Europe/Berlin");
  EXPECT_EQ(schedule.week_start, 0);
  EXPECT_EQ(schedule.rules.size(), 1U);
  EXPECT_EQ(schedule.daily_limit, 4);
  EXPECT_EQ(schedule.weekly_limit, 9);
  EXPECT_EQ(schedule.buffer_before_minutes, 5);
  EXPECT_EQ(schedule.buffer_after_minutes, 10);
  EXPECT_EQ(schedule.minimum_notice_minutes, 60);
  EXPECT_EQ(schedule.max_days_in_advance, 14);
}

TEST(AvailabilityPatches, ReplaceWhatTheyName) {
  AvailabilityPatch patch;
  patch.timezone = "UTC";
  patch.week_start = 6;
  patch.rules = std::vector<WeeklyRuleDraft>{};
  patch.daily_limit = std::nullopt;
  patch.weekly_limit = 2;
  patch.buffer_before_minutes = 0;
  patch.buffer_after_minutes = 1;
  patch.minimum_notice_minutes = 2;
  patch.max_days_in_advance = std::nullopt;
  const AvailabilityDraft schedule = apply_patch(stored_schedule(), patch);
  EXPECT_EQ(schedule.timezone, "UTC");
  EXPECT_EQ(schedule.week_start, 6);
  EXPECT_TRUE(schedule.rules.empty());
  EXPECT_EQ(schedule.daily_limit, std::nullopt);
  EXPECT_EQ(schedule.weekly_limit, 2);
  EXPECT_EQ(schedule.buffer_before_minutes, 0);
  EXPECT_EQ(schedule.buffer_after_minutes, 1);
  EXPECT_EQ(schedule.minimum_notice_minutes, 2);
  EXPECT_EQ(schedule.max_days_in_advance, std::nullopt) << "no horizon";
}

}  // namespace
}  // namespace scheduling::testing
