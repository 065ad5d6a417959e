#include <gtest/gtest.h>

#include "plugin/json/meeting_json.hpp"
#include "plugin/json/meeting_type_json.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::JsonInput;

struct ReadSettings {
  MeetingTypeSettingsPatch patch{};
  std::vector<std::string> errors{};  ///< "field code"
};

ReadSettings read(const std::string& json) {
  auto input = JsonInput::from_text(json);
  ReadSettings result;
  result.patch = read_settings(input.value());
  input->refusal();  // notes what nobody asked for
  for (const auto& error : input->errors()) result.errors.push_back(error.field + " " + error.code);
  return result;
}

/// Through the column and out again.
std::string stored_and_published(const std::string& json) {
  FieldErrors errors;
  const auto settings = MeetingTypeSettings::checked(parse_settings(json).value(), errors);
  EXPECT_TRUE(errors.empty()) << json;
  JsonText out;
  write_settings(out, settings);
  return out.take();
}

TEST(SettingsJson, KeepEveryKeyAndItsOrder) {
  const std::string all =
      R"({"slot_interval_minutes":15,"align":"clock","buffer_before_minutes":5,"buffer_after_minutes":10,)"
      R"("minimum_notice_minutes":60,"max_days_in_advance":14,"bookable_from":"2025-01-01",)"
      R"("bookable_until":"2025-12-31","daily_limit":3,"weekly_limit":9,"available_days":[1,2],)"
      R"("available_hours":[{"start_time":"09:00","end_time":"12:00"}],"cancel_notice_minutes":120,)"
      R"("reschedule_notice_minutes":240,"reminder_offsets_minutes":[30,2880],)"
      R"("confirmation":{"message":"See you","redirect_url":"https://thanks.example"},)"
      R"("event":{"title":"Call","description":"About us"},"owner_first":"prefer","owner_wait_days":7,)"
      R"("reassign_on_reschedule":true,"requires_confirmation":false,"confirmation_hours":24})";
  EXPECT_EQ(stored_and_published(all), all);
}

TEST(SettingsJson, LeaveOutWhatIsInherited) {
  EXPECT_EQ(stored_and_published("{}"), "{}");
  for (const char* json :
       {R"({"max_days_in_advance":null})", R"({"event":{"description":"x"}})", R"({"confirmation":{"message":"x"}})",
        R"({"available_days":[]})", R"({"confirmation":{"message":"x"},"owner_first":"off"})"})
    EXPECT_EQ(stored_and_published(json), json);
}

TEST(SettingsJson, GridsThatWereAllowedOnceAreReadWithinTodaysBounds) {
  for (const auto& [stored, published] : std::vector<std::pair<std::string, std::string>>{
           {"1", "5"}, {"4", "5"}, {"5", "5"}, {"720", "720"}, {"1440", "720"}})
    EXPECT_EQ(stored_and_published(R"({"slot_interval_minutes":)" + stored + "}"),
              R"({"slot_interval_minutes":)" + published + "}");
  for (const std::int64_t refused : {1, 4, 721, 1440}) {
    MeetingTypeSettingsDraft draft;
    draft.slot_interval_minutes = refused;
    FieldErrors errors;
    (void)MeetingTypeSettings::checked(draft, errors);
    EXPECT_TRUE(errors.names("settings.slot_interval_minutes")) << refused;
  }
}

std::string answers_again(const std::string& json) {
  JsonText out;
  write_answers(out, parse_answers(json).value());
  return out.take();
}

TEST(MeetingJson, NumbersAreWrittenAsPeopleWriteThem) {
  EXPECT_EQ(answers_again(R"({"a":100000,"b":0.1,"c":-5,"d":1234567.89,"e":1000000000000000,"f":1e+05})"),
            R"({"a":100000,"b":0.1,"c":-5,"d":1234567.89,"e":1000000000000000,"f":100000})");
}

TEST(MeetingJson, OneOddValueDoesNotTakeTheRestAlong) {
  EXPECT_EQ(answers_again(R"({"huge":100000000000000000000,"nested":{"x":1},"text":"yes","list":["a",1,"b"]})"),
            R"({"huge":100000000000000000000,"list":["a","b"],"text":"yes"})");
  EXPECT_EQ(parse_utm(R"({"source":"x","medium":5,"term":null})").value(), (UtmValues{{"source", "x"}}));
}

TEST(SettingsJson, TellAbsentFromNullFromAValue) {
  const auto [patch, errors] = read(R"({"align":null,"daily_limit":3})");
  EXPECT_TRUE(errors.empty());
  EXPECT_TRUE(patch.align.is_null());
  EXPECT_EQ(patch.daily_limit.replacement(), 3);
  EXPECT_TRUE(patch.weekly_limit.is_absent());
  EXPECT_TRUE(patch.event_title.is_absent());
  EXPECT_TRUE(patch.max_days_in_advance.is_absent());
}

TEST(SettingsJson, TakeNoHorizonForAValue) {
  EXPECT_EQ(read(R"({"max_days_in_advance":null})").patch.max_days_in_advance.replacement(), AdvanceMax{});
  EXPECT_EQ(read(R"({"max_days_in_advance":9})").patch.max_days_in_advance.replacement(), AdvanceMax{9});
}

TEST(SettingsJson, ReplaceAGroupWhole) {
  const auto some = read(R"({"event":{"title":"Call"},"confirmation":null})");
  EXPECT_TRUE(some.errors.empty());
  EXPECT_EQ(some.patch.event_title.replacement(), "Call");
  EXPECT_TRUE(some.patch.event_description.is_null()) << "the group does not have it";
  EXPECT_TRUE(some.patch.confirmation_message.is_null());
  EXPECT_TRUE(some.patch.confirmation_redirect_url.is_null());
}

TEST(SettingsJson, NoteEachWrongValueOnce) {
  using Errors = std::vector<std::string>;
  EXPECT_EQ(read(R"({"event":3})").errors, Errors{"event wrong_type"});
  EXPECT_EQ(read(R"({"event":{"titel":"x"}})").errors, Errors{"event.titel unknown_field"});
  EXPECT_EQ(read(R"({"daily_limit":"3"})").errors, Errors{"daily_limit wrong_type"});
  EXPECT_EQ(read(R"({"max_days_in_advance":"3"})").errors, Errors{"max_days_in_advance wrong_type"});
  EXPECT_EQ(read(R"({"confirmation.message":"x"})").errors, Errors{"confirmation.message unknown_field"});
  EXPECT_EQ(read(R"({"available_hours":[{"start_time":"09:00"}]})").errors,
            Errors{"available_hours[0].end_time required"});
}

}  // namespace
}  // namespace scheduling::test
