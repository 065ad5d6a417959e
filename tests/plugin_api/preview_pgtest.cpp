// Other rules tried out: what the preview says is what saving gives, and trying leaves no trace.
#include <gtest/gtest.h>

#include "tests/integration/pg_fixture.hpp"
#include "tests/plugin_api/plugin_world.hpp"

namespace scheduling::test {
namespace {

/// A rep in New York, open Monday to Friday from 9 to 12; now is Monday, 13 January 2025, 7:00 there.
struct PreviewApi : testing::Test {
  crm::test::TestDatabase stored{crm::test::Schema::crm_and_module};
  PluginWorld world{stored.url()};
  crm::sdk::UserId rep = world.add_user("rep@example.com");
  crm::sdk::UserId other = world.add_user("other@example.com");
  crm::sdk::UserId admin = world.add_user("admin@example.com", crm::sdk::Role::admin);
  const std::string availability = "/api/v1/scheduling/availability";
  const std::string overrides = "/api/v1/scheduling/overrides";
  const std::string page = world.post("/api/v1/scheduling/pages", rep, R"({"name":"A","slug":"a"})").at("data.id");
  const std::string call = add_type("call", R"({"minimum_notice_minutes":0})");
  const std::string talk = add_type("talk", R"({"minimum_notice_minutes":0})");
  std::string wide = workdays("09:00", "12:00");

  void SetUp() override { ASSERT_EQ(world.put(availability, rep, wide).status, 200); }

  std::string add_type(const std::string& slug, const std::string& settings) {
    return world
        .post("/api/v1/scheduling/meeting-types", rep,
              R"({"scheduling_page_id":)" + page + R"(,"name":")" + slug + R"(","slug":")" + slug +
                  R"(","duration_minutes":60,"settings":)" + settings + "}")
        .at("data.id");
  }
  static std::string workdays(const std::string& start, const std::string& end) {
    std::string rules;
    for (int day = 1; day <= 5; ++day)
      rules += (day > 1 ? "," : "") + std::string(R"({"day_of_week":)") + std::to_string(day) + R"(,"start_time":")" +
               start + R"(","end_time":")" + end + "\"}";
    return R"({"rules":[)" + rules + "]}";
  }
  TestResponse preview(const std::string& change, crm::sdk::UserId who,
                       const std::string& dates = R"("from":"2025-01-14","to":"2025-01-15")") {
    return world.post("/api/v1/scheduling/preview", who,
                      R"({"meeting_type_id":)" + call + "," + dates + "," + change + "}");
  }
  std::string slots() {
    const TestResponse response =
        world.get("/schedule/a/call/slots?from=2025-01-14&to=2025-01-15&timezone=America/New_York", rep);
    std::string text;
    for (int i = 0; response.at("data.slots." + std::to_string(i)) != "(absent)"; ++i)
      text += response.at("data.slots." + std::to_string(i) + ".local").substr(8) + " ";
    return text;
  }
  static std::string locals(const TestResponse& response, const std::string& list) {
    std::string text;
    for (int i = 0; response.at("data." + list + "." + std::to_string(i)) != "(absent)"; ++i)
      text += response.at("data." + list + "." + std::to_string(i) + ".local").substr(8) + " ";
    return text;
  }
  std::string book(const std::string& type, const std::string& start, const std::string& who) {
    const std::string id = world.sql("SELECT nextval('scheduled_meetings_id_seq')");
    const std::string time = "'" + start + "'::timestamptz, '" + start + "'::timestamptz + interval '1 hour'";
    world.sql(
        "INSERT INTO scheduled_meetings (id, meeting_type_id, host_user_id, attendee_name, attendee_email, start_time, "
        "end_time,"
        " timezone, status, created_at, updated_at, chain_id, ical_uid, buffer_before_minutes, buffer_after_minutes) "
        "SELECT " +
        id + "," + type + "," + std::to_string(rep.value) + ",'" + who + "','x@y.test'," + time +
        ",'UTC','scheduled','2025-01-01','2025-01-01'," + id + ",'u" + id + "',0,0");
    world.sql("INSERT INTO meeting_hosts (meeting_id, user_id, start_time, end_time, is_live) SELECT " + id + "," +
              std::to_string(rep.value) + "," + time + ",true");
    return id;
  }
  /// Everything the module stores, as one number that any write would change.
  std::string trace() {
    return world.sql(
        "SELECT md5(string_agg(t, '|')) FROM (SELECT (xmin, v.*)::text AS t FROM host_versions v"
        " UNION ALL SELECT (xmin, s.*)::text FROM scheduling_schedules s UNION ALL SELECT (xmin, r.*)::text FROM "
        "availability_rules r"
        " UNION ALL SELECT (xmin, o.*)::text FROM scheduling_overrides o UNION ALL SELECT (xmin, m.*)::text FROM "
        "meeting_types m"
        " UNION ALL SELECT (xmin, s.*)::text FROM scheduled_meetings s UNION ALL SELECT (xmin, h.*)::text FROM "
        "meeting_hosts h ORDER BY 1) all_rows");
  }
};

// EVIDENCE: B-2.1, B-2.4, B-3.1
TEST_F(PreviewApi, SaysWhatSavingGivesAndWritesNothing) {
  const std::string first = book(call, "2025-01-14T14:00:00Z", "Ada Lovelace");   // Tuesday, 9:00
  const std::string second = book(talk, "2025-01-15T16:00:00Z", "Grace Hopper");  // Wednesday, 11:00
  world.sql("SELECT raise_host_version(" + std::to_string(rep.value) + ", ARRAY[0], 0)");
  const std::string before = trace();
  EXPECT_EQ(slots(), "14T10:00 14T11:00 15T09:00 15T10:00 ");

  const std::string hours = workdays("10:00", "11:30");
  const TestResponse tried = preview(R"("availability":)" + hours + R"(,"settings":{"slot_interval_minutes":30})", rep);
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_EQ(tried.at("data.timezone"), "America/New_York");
  EXPECT_EQ(tried.at("data.from") + " " + tried.at("data.to"), "2025-01-14 2025-01-15");
  EXPECT_EQ(locals(tried, "slots"), "14T10:00 14T10:30 15T10:00 ");
  EXPECT_EQ(locals(tried, "gained"), "14T10:30 ");
  EXPECT_EQ(locals(tried, "lost"), "14T11:00 15T09:00 ");
  EXPECT_EQ(tried.at("data.kept"), "2");
  EXPECT_EQ(tried.at("data.gained.0"),
            R"({"end":"2025-01-14T16:30:00Z","local":"2025-01-14T10:30","start":"2025-01-14T15:30:00Z"})");
  EXPECT_EQ(tried.at("data.meetings_outside.size"), "2");
  EXPECT_EQ(tried.at("data.meetings_outside.0.id"), first);
  EXPECT_EQ(tried.at("data.meetings_outside.0.attendee_name"), "Ada Lovelace");
  EXPECT_EQ(tried.at("data.meetings_outside.0.rule"), "outside_hours");
  EXPECT_EQ(tried.at("data.meetings_outside.0.message"),
            "Tuesday, 14 January 2025, 09:00 (America/New_York) is outside the open hours of that day, which are "
            "10:00–11:30.");
  EXPECT_EQ(tried.at("data.meetings_outside.1.id"), second);
  EXPECT_EQ(tried.at("data.meetings_outside.1.meeting_type_id"), talk);
  EXPECT_EQ(trace(), before) << "trying leaves no trace";
  EXPECT_EQ(slots(), "14T10:00 14T11:00 15T09:00 15T10:00 ");

  ASSERT_EQ(world.put(availability, rep, hours).status, 200);
  ASSERT_EQ(
      world.put("/api/v1/scheduling/meeting-types/" + call, rep, R"({"settings":{"slot_interval_minutes":30}})").status,
      200);
  EXPECT_EQ(slots(), "14T10:00 14T10:30 15T10:00 ");
}

// EVIDENCE: B-2.2
TEST_F(PreviewApi, OverridesAreAddedAndRemovedAsSavingWould) {
  const std::string closed =
      world.post(overrides, rep, R"({"date":"2025-01-14","is_available":false,"reason":"Ill"})").at("data.id");
  const std::string moved = book(talk, "2025-01-15T14:00:00Z", "Ada Lovelace");
  const std::string change =
      R"("overrides":{"remove":[)" + closed +
      R"(],"add":[{"date":"2025-01-15","is_available":true,"start_time":"14:00","end_time":"16:00","reason":"Fair"}]})";
  const TestResponse tried = preview(change, rep);
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_EQ(locals(tried, "gained"), "14T09:00 14T10:00 14T11:00 15T14:00 15T15:00 ");
  EXPECT_EQ(locals(tried, "lost"), "15T10:00 15T11:00 ");
  EXPECT_EQ(tried.at("data.meetings_outside.size"), "1");
  EXPECT_EQ(tried.at("data.meetings_outside.0.id"), moved);
  EXPECT_EQ(tried.at("data.meetings_outside.0.rule"), "overridden");
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduling_overrides"), "1");

  EXPECT_EQ(world.del(overrides + "/" + closed, rep).status, 204);
  EXPECT_EQ(
      world.post(overrides, rep, R"({"date":"2025-01-15","is_available":true,"start_time":"14:00","end_time":"16:00"})")
          .status,
      201);
  EXPECT_EQ(slots(), "14T09:00 14T10:00 14T11:00 15T14:00 15T15:00 ");
}

// EVIDENCE: B-1.2
TEST_F(PreviewApi, AnotherZoneMeansItsOwnDates) {
  // Tokyo's 14th begins when it is 10:00 on the 13th in New York, and ends at 10:00 on the 14th.
  const TestResponse tried =
      preview(R"("availability":{"timezone":"Asia/Tokyo"})", rep, R"("from":"2025-01-14","to":"2025-01-14")");
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_EQ(tried.at("data.timezone"), "Asia/Tokyo");
  EXPECT_EQ(locals(tried, "gained"), "14T09:00 14T10:00 14T11:00 ");
  EXPECT_EQ(locals(tried, "lost"), "14T00:00 14T01:00 14T23:00 ");
  EXPECT_EQ(preview(R"("availability":{"timezone":"Asia/Calcutta"})", rep).at("data.timezone"), "Asia/Kolkata");
  EXPECT_EQ(world.get(availability, rep).at("data.timezone"), "America/New_York");
}

// EVIDENCE: B-13.3
TEST_F(PreviewApi, ForeignTypesAreNotThereAndAnAdminSeesTheOwnersCalendar) {
  EXPECT_EQ(preview(R"("duration_minutes":30)", other).status, 404);
  const TestResponse as_admin = preview(R"("duration_minutes":30)", admin);
  EXPECT_EQ(as_admin.body, preview(R"("duration_minutes":30)", rep).body);
  EXPECT_EQ(as_admin.at("data.kept"), "6") << as_admin.body;
  EXPECT_EQ(locals(as_admin, "gained"), "14T09:30 14T10:30 14T11:30 15T09:30 15T10:30 15T11:30 ");
  const std::string foreign =
      world.post(overrides, other, R"({"date":"2025-01-14","is_available":false})").at("data.id");
  EXPECT_EQ(preview(R"("overrides":{"remove":[)" + foreign + "]}", rep).fields(), "overrides.remove[0]:not_found");
  EXPECT_EQ(world.del("/api/v1/scheduling/meeting-types/" + call, rep).status, 204);
  EXPECT_EQ(preview(R"("duration_minutes":30)", rep).status, 404);
}

TEST_F(PreviewApi, EveryBadFieldIsNamedAtItsPlace) {
  const auto fields = [&](const std::string& change) { return preview(change, rep).fields(); };
  EXPECT_EQ(
      fields(
          R"("availability":{"rules":[{"day_of_week":1,"start_time":"12:00","end_time":"09:00"}],"timezone":"Mars/X"})"),
      "availability.rules[0].end_time:out_of_range");
  EXPECT_EQ(fields(R"("availability":{"timezone":"Mars/Olympus"})"), "availability.timezone:invalid_timezone");
  EXPECT_EQ(fields(R"("availability":{"defaults":{"buffer_after_minutes":-1}})"),
            "availability.defaults.buffer_after_minutes:out_of_range");
  EXPECT_EQ(fields(R"("settings":{"buffer_before_minutes":1441},"duration_minutes":4)"),
            "duration_minutes:out_of_range settings.buffer_before_minutes:out_of_range");
  EXPECT_EQ(
      fields(
          R"("overrides":{"add":[{"date":"2025-01-14","is_available":false},{"date":"2025-02-30","is_available":true}]})"),
      "overrides.add[1].date:invalid_format overrides.add[1].start_time:required overrides.add[1].end_time:required");
  EXPECT_EQ(fields(R"("overrides":{"add":[{"is_available":true}]})"), "overrides.add[0].date:required");
  EXPECT_EQ(
      fields(R"("overrides":{"add":[{"date":"2025-01-14","is_available":false,"extra":1}],"remove":[0,"x"],"swap":1})"),
      "overrides.remove[0]:out_of_range overrides.remove[1]:wrong_type overrides.swap:unknown_field "
      "overrides.add[0].extra:unknown_field");
  EXPECT_EQ(fields(R"("availability":{"hours":[]},"settings":{"nothing":1},"name":"x")"),
            "name:unknown_field availability.hours:unknown_field settings.nothing:unknown_field");
  EXPECT_EQ(fields(R"("availability":null,"overrides":null,"duration_minutes":null)"),
            "availability:required overrides:required duration_minutes:required");
  EXPECT_EQ(world.post("/api/v1/scheduling/preview", rep, "{}").fields(),
            "meeting_type_id:required availability:required");
  const auto dates = [&](const std::string& both) { return preview(R"("duration_minutes":30)", rep, both).fields(); };
  EXPECT_EQ(dates(R"("from":"2025-01-15","to":"2025-01-14")"), "to:out_of_range");
  EXPECT_EQ(dates(R"("from":"2025-01-01","to":"2025-03-04")"), "to:out_of_range");
  EXPECT_EQ(dates(R"("from":"2025-01-01","to":"2025-03-03")"), "");
  EXPECT_EQ(dates(R"("from":"tomorrow","to":"2025-01-32")"), "from:invalid_format to:invalid_format");
}

TEST_F(PreviewApi, ADateTakesTwentyOverridesHereToo) {
  for (int i = 0; i < 19; ++i)
    world.sql("INSERT INTO scheduling_overrides (user_id, date, is_available) VALUES (" + std::to_string(rep.value) +
              ", '2026-06-01', false)");
  const std::string one = R"({"date":"2026-06-01","is_available":false})";
  EXPECT_EQ(preview(R"("overrides":{"add":[)" + one + "]}", rep).status, 200);
  EXPECT_EQ(preview(R"("overrides":{"add":[)" + one + "," + one + "]}", rep).fields(),
            "overrides.add[1].date:too_many");
  const std::string stored_one = world.sql("SELECT min(id) FROM scheduling_overrides");
  EXPECT_EQ(preview(R"("overrides":{"add":[)" + one + "," + one + R"(],"remove":[)" + stored_one + "]}", rep).status,
            200);
}

TEST_F(PreviewApi, DatesAtTheEndsOfTimeAndWithoutADayAreAnswered) {
  for (const char* both : {R"("from":"1970-01-01","to":"1970-01-02")", R"("from":"2199-12-30","to":"2199-12-31")"})
    EXPECT_EQ(preview(R"("settings":{"max_days_in_advance":null})", rep, both).status, 200) << both;
  // Apia skipped 30 December 2011.
  const TestResponse skipped =
      preview(R"("availability":{"timezone":"Pacific/Apia"})", rep, R"("from":"2011-12-30","to":"2011-12-30")");
  EXPECT_EQ(skipped.at("data.kept"), "0") << skipped.body;
}

// EVIDENCE: B-12.1
TEST_F(PreviewApi, ExplainTellsTheSameInWordsAndFacts) {
  const auto why = [&](const std::string& start, crm::sdk::UserId who) {
    return world.get("/api/v1/scheduling/explain?meeting_type_id=" + call + "&start=" + start, who);
  };
  EXPECT_EQ(
      why("2025-01-14T14:20:00Z", rep).body,
      R"({"data":{"start":"2025-01-14T14:20:00Z","bookable":false,"rule":"off_grid","timezone":"America/New_York",)"
      R"("local":"2025-01-14T09:20","message":"Tuesday, 14 January 2025, 09:20 (America/New_York) is not on the grid: )"
      R"(meetings of this type start at 09:00 and 10:00.","details":{"date":"2025-01-14","open_hours":[{"start_time":"09:00",)"
      R"("end_time":"12:00"}],"overrides":[],"narrowed_by_meeting_type":false,"open_until":null,"duration_minutes":60,)"
      R"("slot_interval_minutes":60,"previous_start":"2025-01-14T14:00:00Z","next_start":"2025-01-14T15:00:00Z"}}})");
  const TestResponse fine = why("2025-01-14T14:00:00Z", rep);
  EXPECT_EQ(fine.at("data.details"), "{}");
  EXPECT_EQ(fine.at("data.message"), "Tuesday, 14 January 2025, 09:00 (America/New_York) can be booked.");
  book(talk, "2025-01-14T14:00:00Z", "Ada Lovelace");
  world.sql("SELECT raise_host_version(" + std::to_string(rep.value) + ", ARRAY[0], 0)");
  world.post(overrides, rep,
             R"({"date":"2025-01-20","is_available":false})");  // a write of ours, so that memory asks again
  const TestResponse taken = why("2025-01-14T14:00:00Z", rep);
  EXPECT_EQ(taken.at("data.rule"), "busy_meeting");
  EXPECT_EQ(taken.at("data.details.end_time"), "2025-01-14T15:00:00Z");
  EXPECT_EQ(taken.body.find("Ada"), std::string::npos) << "the id and the time suffice";
  EXPECT_EQ(why("2025-01-14T14:00:00Z", admin).body, taken.body);
  EXPECT_EQ(why("2025-01-14T14:00:00Z", other).status, 404);
  for (const char* start :
       {"1970-01-01T00:00:00Z", "2199-12-31T23:59:59Z", "2025-03-09T07:00:01Z", "2025-11-02T06:30:00Z"})
    EXPECT_EQ(why(start, rep).status, 200) << start;
}

TEST_F(PreviewApi, WithoutDatesShowsAWeekFromTodayInTheZoneAfterTheChange) {
  // Monday, 13 January, 7:00 in New York is Tuesday, 2:00 in Kiritimati.
  const TestResponse here = preview(R"("availability":{})", rep, R"("duration_minutes":60)");
  EXPECT_EQ(here.at("data.from") + " " + here.at("data.to"), "2025-01-13 2025-01-19");
  EXPECT_EQ(locals(here, "slots").substr(0, 18), "13T09:00 13T10:00 ");
  const TestResponse there =
      preview(R"("availability":{"timezone":"Pacific/Kiritimati"})", rep, R"("duration_minutes":60)");
  EXPECT_EQ(there.at("data.from") + " " + there.at("data.to"), "2025-01-14 2025-01-20");
  EXPECT_EQ(locals(there, "slots").substr(0, 18), "14T09:00 14T10:00 ");
  const TestResponse day = preview(R"("availability":{})", rep, R"("from":"2025-01-20")");
  EXPECT_EQ(day.at("data.to"), "2025-01-26");
  EXPECT_EQ(preview(R"("availability":{})", rep, R"("to":"2025-01-20")").fields(), "from:required");
  EXPECT_EQ(preview(R"("availability":{})", rep, R"("from":null)").fields(), "from:required");
}

TEST_F(PreviewApi, ExplainsWhatTheHostsClockShows) {
  const std::string explain = "/api/v1/scheduling/explain?meeting_type_id=" + call;
  const TestResponse open = world.get(explain + "&local=2025-01-14T09:00", rep);
  EXPECT_EQ(open.at("data.start"), "2025-01-14T14:00:00Z");
  EXPECT_EQ(open.at("data.bookable"), "true");
  EXPECT_EQ(world.get(explain + "&local=2025-01-14T12:00", rep).at("data.rule"), "outside_hours");
  EXPECT_EQ(world.get(explain + "&local=2025-03-09T02:30", rep).at("data.local"), "2025-03-09T03:00") << "skipped";
  EXPECT_EQ(world.get(explain + "&local=2025-11-02T01:30", rep).at("data.start"), "2025-11-02T05:30:00Z") << "first";
  EXPECT_EQ(world.get(explain + "&local=2025-01-14T24:00", rep).at("data.local"), "2025-01-15T00:00");
  for (const char* wrong : {"", "2025-01-14", "2025-01-14T9:00", "2025-01-14T09:00Z", "2025-02-30T09:00"})
    EXPECT_EQ(world.get(explain + "&local=" + wrong, rep).fields(), "local:invalid_format") << wrong;
  EXPECT_EQ(world.get(explain + "&local=2025-01-14T09:00&start=2025-01-14T14:00:00Z", rep).fields(), "local:conflict");
  EXPECT_EQ(world.get(explain, rep).fields(), "start:invalid_format");
}

TEST_F(PreviewApi, AvailabilitySaysWhatDayItIs) {
  EXPECT_EQ(world.get(availability, rep).at("data.today"), "2025-01-13");
  const TestResponse moved = world.put(availability, rep, R"({"timezone":"Pacific/Kiritimati","today":"2000-01-01"})");
  EXPECT_EQ(moved.at("data.today"), "2025-01-14") << moved.body;
}

}  // namespace
}  // namespace scheduling::test
