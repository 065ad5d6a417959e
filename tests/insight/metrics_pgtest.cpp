// The figures against a table that a person can count.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/integration/pg_fixture.hpp"
#include "tests/plugin_api/plugin_world.hpp"

namespace scheduling::test {
namespace {

/// Times are New York's winter, five hours behind UTC: the setting is not UTC, so days must not be UTC's.
/// Now: 2025-03-01T12:00:00Z.
///
/// | # | host | type | made (UTC)       | start (UTC)      | status      | outcome   | request   | source     | moved
/// from |
/// |---|------|------|------------------|------------------|-------------|-----------|-----------|------------|------------|
/// | 1 | rep  | call | 2025-01-06 12:00 | 2025-01-08 12:00 | completed   | completed |           | newsletter | | lead
/// 48 h | 2 | rep  | call | 2025-01-07 12:00 | 2025-01-10 12:00 | no_show     | no_show   |           | newsletter | |
/// lead 72 h | 3 | rep  | call | 2025-01-08 12:00 | 2025-01-09 12:00 | cancelled   |           |           | | | lead
/// 24 h, cancelled 2025-01-09 00:00 | 4 | rep  | call | 2025-01-20 12:00 | 2025-01-21 12:00 | rescheduled |           |
/// | fair       |            | lead 24 h | 5 | rep  | call | 2025-01-21 00:00 | 2025-02-03 12:00 | completed   | | |
/// fair       | 4          | no lead of its own | 6 | rep  | demo | 2025-02-01 03:00 | 2025-02-05 03:00 | completed   |
/// completed | confirmed |            |            | 31 January in New York; lead 96 h | 7 | rep  | demo | 2025-02-02
/// 12:00 | 2025-02-06 12:00 | cancelled   |           | declined  |            |            | cancelled 2025-02-03
/// 12:00 | 8 | rep  | demo | 2025-02-02 12:00 | 2025-02-07 12:00 | cancelled   |           | expired   |            |
/// | cancelled 2025-02-04 12:00 | 9 | rep  | demo | 2025-02-27 12:00 | 2025-03-10 12:00 | pending     |           | |
/// |            | |10 | other| lone | 2025-02-10 12:00 | 2025-02-12 12:00 | no_show     | no_show   |           |
/// newsletter |            | lead 48 h |11 | other| lone | 2025-02-10 12:00 | 2025-03-20 12:00 | scheduled   | | | | |
/// lead 912 h
///
/// Booked: 1 2 3 4 6 (rep), 10 11 (other). In January (New York): 1 2 3 4 6; in February: 10 11.
/// Mean lead of the rep: (48+72+24+24+96)/5 = 52.8, median 48.
/// Due (ended, not cancelled): 1 2 5 6 of the rep, 10 of the other; with outcome 1 2 6, and 10.
struct Figures : testing::Test {
  crm::test::TestDatabase stored{crm::test::Schema::crm_and_module};
  PluginWorld world{stored.url()};
  crm::sdk::UserId rep = world.add_user("rep@example.com");
  crm::sdk::UserId other = world.add_user("other@example.com");
  crm::sdk::UserId admin = world.add_user("admin@example.com", crm::sdk::Role::admin);
  std::string page, call, demo, lone;

  std::string make_type(crm::sdk::UserId owner, const std::string& on_page, const std::string& name) {
    return world
        .post("/api/v1/scheduling/meeting-types", owner,
              R"({"scheduling_page_id":)" + on_page + R"(,"name":")" + name + R"(","duration_minutes":30})")
        .at("data.id");
  }

  void SetUp() override {
    world.set_settings(R"({"organisation_timezone":"America/New_York"})");
    page = world.post("/api/v1/scheduling/pages", rep, R"({"name":"Rosa"})").at("data.id");
    const std::string others = world.post("/api/v1/scheduling/pages", other, R"({"name":"Otto"})").at("data.id");
    call = make_type(rep, page, "Call");
    demo = make_type(rep, page, "Demo");
    lone = make_type(other, others, "Lone");
    world.clock.set("2025-03-01T12:00:00Z");
    add(1, rep, call, "2025-01-06 12:00", "2025-01-08 12:00", "completed", "completed", "", "newsletter");
    add(2, rep, call, "2025-01-07 12:00", "2025-01-10 12:00", "no_show", "no_show", "", "newsletter");
    add(3, rep, call, "2025-01-08 12:00", "2025-01-09 12:00", "cancelled", "", "", "", "2025-01-09 00:00");
    add(4, rep, call, "2025-01-20 12:00", "2025-01-21 12:00", "rescheduled", "", "", "fair");
    add(5, rep, call, "2025-01-21 00:00", "2025-02-03 12:00", "completed", "", "", "fair", "", 4);
    add(6, rep, demo, "2025-02-01 03:00", "2025-02-05 03:00", "completed", "completed", "confirmed", "");
    add(7, rep, demo, "2025-02-02 12:00", "2025-02-06 12:00", "cancelled", "", "declined", "", "2025-02-03 12:00");
    add(8, rep, demo, "2025-02-02 12:00", "2025-02-07 12:00", "cancelled", "", "expired", "", "2025-02-04 12:00");
    add(9, rep, demo, "2025-02-27 12:00", "2025-03-10 12:00", "pending", "", "", "");
    add(10, other, lone, "2025-02-10 12:00", "2025-02-12 12:00", "no_show", "no_show", "", "newsletter");
    add(11, other, lone, "2025-02-10 12:00", "2025-03-20 12:00", "scheduled", "", "", "");
  }

  void add(int id, crm::sdk::UserId host, const std::string& type, const std::string& made, const std::string& start,
           const std::string& status, const std::string& outcome, const std::string& request, const std::string& source,
           const std::string& cancelled = "", int moved_from = 0) {
    const std::string from = moved_from ? std::to_string(moved_from) : "NULL";
    const std::string chain = std::to_string(moved_from ? moved_from : id);
    const auto quoted = [](const std::string& text) { return text.empty() ? "NULL" : "'" + text + "'"; };
    const auto instant = [](const std::string& text) { return text.empty() ? "NULL" : "'" + text + "Z'::timestamptz"; };
    world.sql(
        "INSERT INTO scheduled_meetings (id, meeting_type_id, host_user_id, attendee_name, attendee_email, start_time, "
        "end_time, timezone, status, created_at, updated_at, rescheduled_from_id, chain_id, ical_uid, utm, "
        "cancelled_at, outcome, outcome_at, request_outcome) VALUES (" +
        std::to_string(id) + "," + type + "," + std::to_string(host.value) + ",'Ada','ada@example.org'," +
        instant(start) + "," + instant(start) + " + interval '30 minutes','UTC','" + status + "'," + instant(made) +
        "," + instant(made) + "," + from + "," + chain + ",'uid-" + chain + "'," +
        (source.empty() ? "'{}'" : "'{\"source\":\"" + source + "\"}'") + "," + instant(cancelled) + "," +
        quoted(outcome) + "," + (outcome.empty() ? "NULL" : instant(start)) + "," + quoted(request) + ")");
    world.sql(
        "INSERT INTO meeting_hosts (meeting_id, user_id, start_time, end_time, is_live) SELECT id, host_user_id, "
        "start_time, end_time, status IN ('scheduled', 'pending') FROM scheduled_meetings WHERE id = " +
        std::to_string(id));
  }

  TestResponse figures(const std::string& query, crm::sdk::UserId reader) {
    TestResponse response = world.get("/api/v1/scheduling/metrics?" + query, reader);
    EXPECT_EQ(response.status, 200) << response.body;
    return response;
  }
  /// The group with that key: meetings_booked, no_shows/with_outcome/due, cancelled, rescheduled.
  static std::string group(const TestResponse& response, const std::string& key) {
    for (int i = 0; response.at("data.groups." + std::to_string(i) + ".key") != "(absent)"; ++i) {
      const std::string at = "data.groups." + std::to_string(i) + ".";
      if (response.at(at + "key") != key) continue;
      return response.at(at + "meetings_booked") + " " + response.at(at + "no_show.no_shows") + "/" +
             response.at(at + "no_show.with_outcome") + "/" + response.at(at + "no_show.due") + " " +
             response.at(at + "cancelled") + " " + response.at(at + "rescheduled");
    }
    return "(none)";
  }
};

TEST_F(Figures, AreThoseOfTheTable) {
  const TestResponse own = figures("from=2025-01-01&to=2025-03-31", rep);
  EXPECT_EQ(own.at("data.meetings_booked"), "5");
  EXPECT_EQ(own.at("data.by_month.size"), "3");
  EXPECT_EQ(own.at("data.by_month.0"), R"({"meetings_booked":5,"month":"2025-01"})") << "6 was booked on 31 January";
  EXPECT_EQ(own.at("data.by_month.1.meetings_booked"), "0");
  EXPECT_EQ(own.at("data.by_month.2.month"), "2025-03");
  EXPECT_EQ(own.at("data.lead_time_hours.mean"), "52.8");
  EXPECT_EQ(own.at("data.lead_time_hours.median"), "48");
  EXPECT_EQ(own.at("data.no_show.no_shows"), "1");
  EXPECT_EQ(own.at("data.no_show.held"), "2");
  EXPECT_EQ(own.at("data.no_show.due"), "4") << "1 2 5 6";
  EXPECT_EQ(own.at("data.no_show.with_outcome"), "3") << "nobody spoke about 5";
  EXPECT_EQ(own.at("data.no_show.coverage"), "0.75");
  EXPECT_EQ(own.at("data.no_show.rate").substr(0, 6), "0.3333");
  EXPECT_EQ(own.at("data.cancelled"), "1") << "3; declined and expired ones stand in requests alone";
  EXPECT_EQ(own.at("data.rescheduled"), "1");
  EXPECT_EQ(own.at("data.requests"), R"({"confirmed":1,"declined":1,"expired":1,"made":4})");
  EXPECT_EQ(own.at("data.groups.size"), "0");
}

TEST_F(Figures, BelongToTheirHostUnlessAnAdminAsks) {
  EXPECT_EQ(figures("", admin).at("data.meetings_booked"), "7");
  EXPECT_EQ(figures("", rep).at("data.meetings_booked"), "5");
  const std::string others = "host_user_id=" + std::to_string(other.value);
  EXPECT_EQ(figures(others, admin).at("data.meetings_booked"), "2");
  EXPECT_EQ(figures("user_id=" + std::to_string(other.value), admin).at("data.meetings_booked"), "2");
  EXPECT_EQ(world.get("/api/v1/scheduling/metrics?" + others, rep).status, 404);
  EXPECT_EQ(figures("host_user_id=" + std::to_string(rep.value), rep).at("data.meetings_booked"), "5");
}

TEST_F(Figures, CountDaysOfTheOrganisation) {
  EXPECT_EQ(figures("from=2025-01-31&to=2025-01-31", rep).at("data.meetings_booked"), "1") << "6 is UTC's 1 February";
  EXPECT_EQ(figures("from=2025-02-01&to=2025-02-28", rep).at("data.meetings_booked"), "0");
  EXPECT_EQ(figures("from=2025-01-08&to=2025-01-08", rep).at("data.cancelled"), "1") << "3 at 19:00 of the 8th";
  EXPECT_EQ(figures("from=2025-01-09&to=2025-01-09", rep).at("data.cancelled"), "0");
  EXPECT_EQ(figures("from=2025-02-04&to=2025-02-04", rep).at("data.no_show.due"), "1")
      << "6 begins at 22:00 of the 4th";
  world.set_settings("{}");
  EXPECT_EQ(figures("from=2025-01-31&to=2025-01-31", rep).at("data.meetings_booked"), "0") << "UTC by default";
}

TEST_F(Figures, AreGrouped) {
  const std::string all = "from=2025-01-01&to=2025-03-31&group_by=";
  const TestResponse months = figures(all + "month", rep);
  EXPECT_EQ(group(months, "2025-01"), "5 1/2/2 1 1");
  EXPECT_EQ(group(months, "2025-02"), "0 0/1/2 0 0") << "due: 5 and 6";
  const TestResponse types = figures(all + "meeting_type", admin);
  EXPECT_EQ(group(types, call), "4 1/2/3 1 1");
  EXPECT_EQ(group(types, demo), "1 0/1/1 0 0");
  EXPECT_EQ(group(types, lone), "2 1/1/1 0 0");
  EXPECT_EQ(types.at("data.groups.0.label"), "Call") << "the most booked first";
  const TestResponse pages = figures(all + "page", admin);
  EXPECT_EQ(group(pages, page), "5 1/3/4 1 1");
  EXPECT_EQ(pages.at("data.groups.0.label"), "Rosa");
  const TestResponse hosts = figures(all + "host", admin);
  EXPECT_EQ(group(hosts, std::to_string(other.value)), "2 1/1/1 0 0");
  EXPECT_EQ(hosts.at("data.groups.1.label"), "Rep other@example.com");
  const TestResponse sources = figures(all + "source", admin);
  EXPECT_EQ(group(sources, "newsletter"), "3 2/3/3 0 0");
  EXPECT_EQ(group(sources, "fair"), "1 0/0/1 0 1");
  EXPECT_EQ(group(sources, ""), "3 0/1/1 1 0") << "3 6 11";
  EXPECT_EQ(group(figures(all + "source", rep), "newsletter"), "2 1/2/2 0 0");
}

TEST_F(Figures, TellHowManyHostsConnectedACalendar) {
  EXPECT_EQ(figures("", admin).at("data.calendar_connection"), R"({"active_users":2,"connected":0,"rate":0})");
  world.sql("INSERT INTO calendar_connections (user_id, provider, access_token) VALUES (" + std::to_string(rep.value) +
            ", 'google', 'x')");
  EXPECT_EQ(figures("", admin).at("data.calendar_connection.rate"), "0.5");
  EXPECT_EQ(figures("", rep).at("data.calendar_connection.rate"), "1");
  EXPECT_EQ(figures("", other).at("data.calendar_connection.rate"), "0");
  world.sql("UPDATE users SET is_active = false WHERE id = " + std::to_string(other.value));
  EXPECT_EQ(figures("", admin).at("data.calendar_connection.active_users"), "1") << "who left is not counted";
  world.sql("UPDATE calendar_connections SET is_active = false");
  EXPECT_EQ(figures("", admin).at("data.calendar_connection.connected"), "0");
}

TEST_F(Figures, OfNothingAreNoRates) {
  const TestResponse none = figures("from=2030-01-01&to=2030-02-01", rep);
  EXPECT_EQ(none.at("data.no_show.rate"), "null");
  EXPECT_EQ(none.at("data.no_show.coverage"), "null");
  EXPECT_EQ(none.at("data.lead_time_hours"), R"({"mean":null,"median":null})");
  EXPECT_EQ(none.at("data.by_month.size"), "2");
}

TEST_F(Figures, AreSavedAsATable) {
  const std::string total = world.get_csv("/api/v1/scheduling/metrics", rep).body;
  EXPECT_EQ(total.substr(0, total.find("\r\n")),
            "key,label,meetings_booked,no_show_no_shows,no_show_held,no_show_due,no_show_with_outcome,no_show_rate,"
            "no_show_coverage,lead_time_hours_mean,lead_time_hours_median,calendar_connection_connected,"
            "calendar_connection_active_users,calendar_connection_rate,cancelled,rescheduled,requests_made,"
            "requests_confirmed,requests_declined,requests_expired");
  EXPECT_NE(total.find("\r\ntotal,total,5,1,2,4,3,0.333"), std::string::npos) << total;
  world.sql("UPDATE scheduled_meetings SET utm = '{\"source\":\"=1+1\"}' WHERE id = 1");
  const std::string sources = world.get_csv("/api/v1/scheduling/metrics?group_by=source", rep).body;
  EXPECT_NE(sources.find("\r\n\"'=1+1\",\"'=1+1\",1,"), std::string::npos) << sources;
}

TEST_F(Figures, RefuseWhatIsNoDateGroupOrHost) {
  const auto fields = [&](const std::string& query) {
    return world.get("/api/v1/scheduling/metrics?" + query, admin).fields();
  };
  EXPECT_EQ(fields("from=yesterday"), "from:invalid_format");
  EXPECT_EQ(fields("to=2025-02-30"), "to:invalid_format");
  EXPECT_EQ(fields("from=2025-02-02&to=2025-02-01"), "to:out_of_range");
  EXPECT_EQ(fields("group_by=weather"), "group_by:invalid_option");
  EXPECT_EQ(fields("host_user_id=me"), "host_user_id:invalid_format");
}

TEST_F(Figures, CountARequestWhenItsHostSaysYesAndOnlyThen) {
  const auto made = [&] { return figures("", rep).at("data.requests.made"); };
  EXPECT_EQ(made(), "4");
  world.sql("UPDATE scheduled_meetings SET status = 'scheduled' WHERE id = 9");
  EXPECT_EQ(made(), "4");
  EXPECT_EQ(figures("", rep).at("data.requests.confirmed"), "2");
  EXPECT_EQ(figures("", rep).at("data.meetings_booked"), "6") << "from the day it was made";
  EXPECT_EQ(figures("from=2025-02-27&to=2025-02-27", rep).at("data.meetings_booked"), "1");
  world.sql(
      "UPDATE scheduled_meetings SET status = 'cancelled', cancelled_at = '2025-03-01Z', cancelled_by = 'host' WHERE "
      "id = 9");
  EXPECT_EQ(figures("", rep).at("data.meetings_booked"), "6");
  EXPECT_EQ(figures("", rep).at("data.cancelled"), "2") << "it was a booking before";
}

TEST_F(Figures, TakeARequestThatWasMovedForOne) {
  world.sql("UPDATE scheduled_meetings SET status = 'rescheduled' WHERE id = 9");
  add(12, rep, demo, "2025-02-28 12:00", "2025-03-11 12:00", "pending", "", "", "", "", 9);
  EXPECT_EQ(figures("", rep).at("data.requests"), R"({"confirmed":1,"declined":1,"expired":1,"made":4})");
  EXPECT_EQ(figures("", rep).at("data.meetings_booked"), "5");
  world.sql("UPDATE scheduled_meetings SET status = 'scheduled' WHERE id = 12");
  EXPECT_EQ(figures("", rep).at("data.requests"), R"({"confirmed":2,"declined":1,"expired":1,"made":4})");
  EXPECT_EQ(figures("", rep).at("data.meetings_booked"), "6");
}

TEST_F(Figures, TakeAnUnprovedAddressForNothing) {
  add(12, rep, demo, "2025-02-28 12:00", "2025-03-11 12:00", "pending", "", "", "");
  world.sql("UPDATE scheduled_meetings SET awaits_verification = true WHERE id = 12");
  EXPECT_EQ(figures("", rep).at("data.requests.made"), "4");
  world.sql(
      "UPDATE scheduled_meetings SET status = 'cancelled', cancelled_at = '2025-03-01Z', cancelled_by = 'system', "
      "cancel_reason_kind = 'host_did_not_confirm_in_time' WHERE id = 12");
  EXPECT_EQ(figures("", rep).at("data.requests.made"), "4");
  EXPECT_EQ(figures("", rep).at("data.cancelled"), "1");
  EXPECT_EQ(figures("", rep).at("data.meetings_booked"), "5");
}

TEST_F(Figures, ListsAreSavedWholeAndHarmless) {
  world.sql("UPDATE scheduled_meetings SET attendee_name = '=HYPERLINK(\"x\")', phone = '+12025550136' WHERE id = 1");
  const TestResponse table = world.get_csv("/api/v1/scheduling/meetings?limit=1", rep);
  EXPECT_EQ(std::ranges::count(table.body, '\n'), 10) << "a line of names and nine meetings";
  EXPECT_NE(table.body.find("\"'=HYPERLINK(\"\"x\"\")\""), std::string::npos) << table.body;
  EXPECT_NE(table.body.find("\"'+12025550136\""), std::string::npos);
}

TEST_F(Figures, OutcomesAreWhatAPersonSays) {
  const auto said = [&](const char* id, const char* outcome) {
    return world.post(std::string("/api/v1/scheduling/meetings/") + id + "/outcome", rep,
                      std::string(R"({"outcome":")") + outcome + R"("})");
  };
  EXPECT_EQ(world.get("/api/v1/scheduling/meetings/5", rep).at("data.outcome"), "null") << "the job completed it";
  const TestResponse held = said("5", "completed");
  EXPECT_EQ(held.at("data.outcome"), "completed");
  EXPECT_EQ(held.at("data.outcome_by_user_id"), std::to_string(rep.value));
  EXPECT_EQ(held.at("data.outcome_at"), "2025-03-01T12:00:00Z");
  EXPECT_EQ(figures("", rep).at("data.no_show.coverage"), "1");
  EXPECT_EQ(said("5", "no_show").at("data.outcome"), "no_show") << "it may be corrected";
  EXPECT_EQ(said("3", "no_show").status, 409) << "cancelled";
  world.sql("UPDATE scheduled_meetings SET status = 'scheduled' WHERE id = 9");
  EXPECT_EQ(said("9", "completed").status, 409) << "it has not begun";
  world.clock.set("2025-03-10T12:00:00Z");
  EXPECT_EQ(said("9", "completed").at("data.outcome"), "completed") << "from its start on";
}

}  // namespace
}  // namespace scheduling::test
