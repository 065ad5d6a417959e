// Lists of meetings on a real database: filters, order, and what each line says.
#include "tests/plugin_api/meeting_store_fixture.hpp"

namespace scheduling::test {
namespace {

struct MeetingList : MeetingStore {};

TEST_F(MeetingList, ListsByTimeAndStatus) {
  for (const char* start : {"2025-01-14T14:00:00Z", "2025-01-15T14:00:00Z", "2025-01-16T14:00:00Z"}) {
    NewMeeting one = booking(start);
    one.token.reset();
    ASSERT_TRUE(insert(one));
  }
  const auto list = [&](const MeetingFilter& filter, std::optional<MeetingPosition> after, int n) {
    return read([&](MeetingRepository& m) { return m.list(filter, after, n); }).value();
  };
  const auto first = list({.host = rep}, {}, 2);
  ASSERT_EQ(first.size(), 2u);
  const auto rest = list({.host = rep}, MeetingPosition{first[1].time.start(), first[1].id}, 10);
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].time.start(), at("2025-01-16T14:00:00Z"));
  EXPECT_EQ(list({.host = other}, {}, 10).size(), 0u);
  EXPECT_EQ(list({}, {}, 10).size(), 3u);
  EXPECT_EQ(list({.from = at("2025-01-15T00:00:00Z"), .until = at("2025-01-16T00:00:00Z")}, {}, 10).size(), 1u);
  EXPECT_EQ(list({.host = rep, .status = MeetingStatus::cancelled}, {}, 10).size(), 0u);
}

TEST_F(MeetingList, IsNarrowedByTypeWordsAndNowInBothDirections) {
  for (const char* start : {"2025-01-14T14:00:00Z", "2025-01-15T14:00:00Z", "2025-01-16T14:00:00Z"}) {
    NewMeeting one = booking(start);
    one.token.reset();
    if (std::string_view(start).starts_with("2025-01-15")) one.meeting.attendee_name = "100% Grace_Hopper";
    ASSERT_TRUE(insert(one));
  }
  world.clock.set("2025-01-15T14:30:00Z");  // the second one ends
  const crm::sdk::UserId me{rep.value};
  const auto starts = [&](const std::string& query) {
    const TestResponse response = world.get("/api/v1/scheduling/meetings?" + query, me);
    std::string days;
    for (int i = 0; response.at("data." + std::to_string(i) + ".start_time") != "(absent)"; ++i)
      days += response.at("data." + std::to_string(i) + ".start_time").substr(8, 2) + " ";
    return response.status == 200 ? days : response.fields();
  };
  EXPECT_EQ(starts("when=upcoming"), "16 ");
  EXPECT_EQ(starts("when=past"), "14 15 ");
  EXPECT_EQ(starts("when=past&order=newest_first"), "15 14 ");
  EXPECT_EQ(starts("order=newest_first&limit=1"), "16 ");
  const std::string cursor = world.get("/api/v1/scheduling/meetings?order=newest_first&limit=1", me).at("next_cursor");
  EXPECT_EQ(starts("order=newest_first&limit=1&cursor=" + cursor), "15 ");
  EXPECT_EQ(starts("q=hopper"), "15 ") << "in any letter case";
  EXPECT_EQ(starts("q=0%25%20grace_h"), "15 ") << "no character stands for others";
  EXPECT_EQ(starts("q=_"), "15 ");
  EXPECT_EQ(starts("q=ada%40example"), "14 15 16 ");
  EXPECT_EQ(starts("meeting_type_id=" + std::to_string(type.value)), "14 15 16 ");
  EXPECT_EQ(starts("meeting_type_id=" + std::to_string(type.value + 1)), "");
  EXPECT_EQ(starts("user_id=" + std::to_string(other.value)), "14 15 16 ") << "a rep sees the rep's";
  EXPECT_EQ(starts("from=2025-01-15&to=2025-01-15&timezone=Pacific/Auckland"), "14 ") << "02:00 of the 15th there";
  for (const char* wrong : {"when=now", "order=up", "meeting_type_id=x", "user_id=0", "timezone=Mars"})
    EXPECT_EQ(world.get(std::string("/api/v1/scheduling/meetings?") + wrong, me).status, 422) << wrong;

  const crm::sdk::UserId admin = world.add_user("admin@example.com", crm::sdk::Role::admin);
  const auto count_for = [&](UserId host) {
    return world.get("/api/v1/scheduling/meetings?user_id=" + std::to_string(host.value), admin).at("data.2.id") !=
           "(absent)";
  };
  EXPECT_TRUE(count_for(rep));
  EXPECT_FALSE(count_for(other));
}

TEST_F(MeetingList, SaysNamesAndTheReadersClock) {
  NewMeeting one = booking("2025-01-15T14:00:00Z");
  ASSERT_TRUE(insert(one));
  world.sql(
      R"(UPDATE meeting_types SET questions = '[{"id":"q1","label":"Why?","type":"text","required":false,"options":[]}]')");
  world.clock.set("2025-01-15T13:59:59Z");
  const crm::sdk::UserId me{rep.value};
  const TestResponse listed = world.get("/api/v1/scheduling/meetings?timezone=Europe/Vienna", me);
  EXPECT_EQ(listed.at("data.0.meeting_type_name"), "Call");
  EXPECT_NE(listed.at("data.0.host_name"), "null");
  EXPECT_EQ(listed.at("data.0.question_labels"), R"({"q1":"Why?"})");
  EXPECT_EQ(listed.at("data.0.local.timezone"), "Europe/Vienna");
  EXPECT_EQ(listed.at("data.0.local.start"), "2025-01-15T15:00");
  EXPECT_EQ(listed.at("data.0.local.end"), "2025-01-15T15:30");
  EXPECT_EQ(listed.at("data.0.local.offset_minutes"), "60");
  EXPECT_EQ(listed.at("data.0.local.confirm_by"), "null");
  EXPECT_EQ(listed.at("data.0.has_begun"), "false");
  world.clock.set("2025-01-15T14:00:00Z");
  const TestResponse shown = world.get("/api/v1/scheduling/meetings/" + listed.at("data.0.id"), me);
  EXPECT_EQ(shown.at("data.has_begun"), "true");
  EXPECT_EQ(shown.at("data.meeting_type_name"), "Call");

  const TestResponse mails = world.get("/api/v1/scheduling/mails?timezone=Europe/Vienna", me);
  EXPECT_EQ(mails.at("data.0.local.timezone"), "Europe/Vienna");
  EXPECT_EQ(mails.at("data.0.local.created_at"), "2025-01-13T13:00");
  EXPECT_EQ(world.get("/api/v1/scheduling/mails?timezone=Mars", me).status, 422);
  EXPECT_EQ(world.get("/api/v1/scheduling/mails?user_id=x", me).status, 422);

  const crm::sdk::UserId admin = world.add_user("admin@example.com", crm::sdk::Role::admin);
  const auto first_mail = [&](UserId host, crm::sdk::UserId reader) {
    return world.get("/api/v1/scheduling/mails?user_id=" + std::to_string(host.value), reader).at("data.0.id");
  };
  EXPECT_NE(first_mail(rep, admin), "(absent)");
  EXPECT_EQ(first_mail(other, admin), "(absent)");
  EXPECT_NE(first_mail(other, me), "(absent)") << "a rep sees the rep's";
}

}  // namespace
}  // namespace scheduling::test
