// A month as text for scripts, what else the booking pages hand to their script, and their colours.
#include <gtest/gtest.h>

#include <regex>

#include "plugin/core/catalog/brand_colors.hpp"
#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::Response;

constexpr const char* k_month = "/schedule/rosa/call/month";

std::string month_of(BookingWorld& world, const std::string& query, const std::string& place) {
  return at(world.get(k_month + query), "data." + place);
}

std::string first_group(const std::string& text, const std::string& pattern) {
  std::smatch match;
  return std::regex_search(text, match, std::regex(pattern)) ? match[1].str() : std::string();
}

TEST(MonthApi, TellsDaysAndTimesInTheReadersZone) {
  BookingWorld world;
  const Response month = world.get(std::string(k_month) + "?month=2025-01&timezone=Europe/Berlin");
  ASSERT_EQ(month.status, 200) << month.body;
  EXPECT_EQ(header(month, "Cache-Control"), "no-store");
  EXPECT_EQ(at(month, "data.title"), "January 2025");
  EXPECT_EQ(at(month, "data.timezone"), "Europe/Berlin");
  EXPECT_NE(at(month, "data.zone_label").find("UTC+01:00"), std::string::npos);
  EXPECT_EQ(at(month, "data.weekdays.0.long"), "Sunday");
  EXPECT_EQ(at(month, "data.weeks.0.2"), "null") << "January began on a Wednesday";
  EXPECT_EQ(at(month, "data.weeks.0.3.number"), "1");
  EXPECT_EQ(at(month, "data.weeks.2.1.is_today"), "true");
  EXPECT_EQ(at(month, "data.weeks.2.2.date"), "2025-01-14");
  EXPECT_EQ(at(month, "data.weeks.2.2.label"), "Tuesday, January 14, 2025, 16 times");
  EXPECT_EQ(at(month, "data.weeks.2.2.times.0.start"), "2025-01-14T14:00:00Z");
  EXPECT_NE(at(month, "data.weeks.2.2.times.0.label").find(", Tuesday, January 14, 2025"), std::string::npos);
  EXPECT_EQ(at(month, "data.weeks.2.6.label"), "Saturday, January 18, 2025, no times");
  EXPECT_EQ(at(month, "data.weeks.2.6.times.size"), "0");
  EXPECT_EQ(at(month, "data.previous"), "null");
  EXPECT_EQ(at(month, "data.next.month"), "2025-02");
  EXPECT_EQ(at(month, "data.next_free.date"), "2025-02-03");
}

TEST(MonthApi, BeginsWithTheFirstMonthThatHasTimes) {
  BookingWorld world;
  world.sql(
      "INSERT INTO scheduling_overrides (user_id, date, is_available) SELECT user_id, d, false FROM "
      "scheduling_pages, generate_series('2025-01-13'::date, '2025-01-31', '1 day') d WHERE slug = 'rosa'");
  EXPECT_EQ(month_of(world, "", "month"), "2025-02");
  EXPECT_EQ(month_of(world, "?month=2025-01", "next_free.date"), "2025-02-03") << "also after an empty month";
  EXPECT_EQ(month_of(world, "?month=2025-01", "next.month"), "2025-02");
  EXPECT_EQ(month_of(world, "?month=2024-11", "next.month"), "2024-12") << "one finds back from a former month";
}

TEST(MonthApi, NamesTheZoneOfEachDayWhenTheClocksChange) {
  BookingWorld world;
  world.set_now("2025-03-03T12:00:00Z");
  const Response month = world.get(std::string(k_month) + "?month=2025-03&timezone=America/New_York");
  EXPECT_NE(at(month, "data.zone_label").find("05:00"), std::string::npos);
  EXPECT_NE(at(month, "data.weeks.2.1.zone_label").find("04:00"), std::string::npos) << month.body;
  EXPECT_EQ(at(month, "data.weeks.2.1.times.0.start"), "2025-03-10T13:00:00Z");
}

TEST(MonthApi, RefusesWhatItCannotRead) {
  BookingWorld world;
  for (const auto& [query, field] :
       std::vector<std::pair<const char*, const char*>>{{"?month=2025-13", "month"},
                                                        {"?month=", "month"},
                                                        {"?month=2025-01-01", "month"},
                                                        {"?timezone=Nowhere", "timezone"},
                                                        {"?timezone=", "timezone"},
                                                        {"?month=1&timezone=Nowhere", "month"}}) {
    const Response refused = world.get(std::string(k_month) + query);
    EXPECT_EQ(refused.status, 422) << query;
    EXPECT_EQ(at(refused, "errors.0.field"), field) << query;
  }
  EXPECT_EQ(at(world.get(std::string(k_month) + "?month=1&timezone=Nowhere"), "errors.1.field"), "timezone");
  EXPECT_EQ(world.get("/schedule/rosa/nothing/month").status, 404);
  EXPECT_EQ(month_of(world, "?month=2199-12", "next"), "null");
  const Response capital = world.get("/schedule/Rosa/call/month?month=2025-01");
  EXPECT_EQ(capital.status, 308);
  EXPECT_EQ(header(capital, "Location"), "/schedule/rosa/call/month?month=2025-01");
}

TEST(MonthApi, MarksTheMeetingsOwnTimeWhenItIsMoved) {
  BookingWorld world;
  const std::string link = "/schedule/reschedule/" + world.book("2025-01-16T14:00:00Z").token;
  const Response month = world.get(link + "/month?month=2025-01");
  ASSERT_EQ(month.status, 200) << month.body;
  EXPECT_EQ(header(month, "Cache-Control"), "no-store");
  EXPECT_EQ(header(month, "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(at(month, "data.timezone"), "Europe/Berlin");
  EXPECT_EQ(at(month, "data.weeks.2.4.times.0.is_present"), "true");
  EXPECT_EQ(at(month, "data.weeks.2.4.label"), "Thursday, January 16, 2025, 15 times");
  EXPECT_EQ(world.get(link + "/month?month=x").status, 422);
  EXPECT_EQ(world.get("/schedule/reschedule/nobody/month").status, 404);
}

TEST(BookingScript, FindsTheMonthInThePageAndNoWayOutOfItsElement) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.description = "</script><b>"; });
  const Response page = world.page("/schedule/rosa/call?month=2025-02&timezone=Europe/Berlin&utm_source=%3C/script%3E");
  const std::string element = "<script type=\"application/json\" id=\"booking-data\">";
  const std::size_t start = page.body.find(element) + element.size();
  ASSERT_LT(start, page.body.size());
  const std::string data = page.body.substr(start, page.body.find("</script>\n</body>", start) - start);
  EXPECT_NE(data.find(R"("month":"2025-02")"), std::string::npos) << data;
  EXPECT_NE(data.find(R"("may_detect_zone":false)"), std::string::npos);
  EXPECT_EQ(data.find('<'), std::string::npos);
  EXPECT_NE(page.body.find("<script type=\"module\" src=\"/schedule/assets/built/public-"), std::string::npos);
  const std::string policy = header(page, "Content-Security-Policy");
  EXPECT_NE(policy.find("script-src 'self'; connect-src 'self'"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
}

TEST(BookingScript, IsToldWhereAFormLeads) {
  BookingWorld world;
  BookingWorld::Sent sent{crm::sdk::Method::post,
                          "/schedule/rosa/call/book",
                          "start=2025-01-14T14%3A00%3A00Z&timezone=UTC&attendee_name=Ada&attendee_email=ada%40p.test"
                          "&idempotency_key=key-of-one-form-0001",
                          "application/x-www-form-urlencoded",
                          "text/html",
                          {},
                          {}};
  sent.is_by_script = true;
  const Response booked = world.send(sent);
  EXPECT_EQ(booked.status, 201) << booked.body;
  const std::string address = header(booked, "Location");
  EXPECT_TRUE(address.ends_with("?booked=1")) << address;
  sent.path = "/schedule/reschedule/" + first_group(address, "/manage/([^?]+)");
  sent.body = "start=2025-01-15T14%3A00%3A00Z&timezone=UTC";
  const Response moved = world.send(sent);
  EXPECT_EQ(moved.status, 201);
  EXPECT_TRUE(header(moved, "Location").ends_with("?moved=1"));
}

TEST(BookingColours, CanBeReadInTheDarkToo) {
  BookingWorld world;
  for (const char* color : {"#000000", "#ffffff", "#ffdd00", "#1a73e8", "#7a1fa2"}) {
    world.sql("UPDATE scheduling_pages SET branding = '{\"color\":\"" + std::string(color) + "\"}'");
    const std::string css = world.get("/schedule/assets/themes/rosa.css").body;
    const std::string dark = first_group(css, "@media \\(prefers-color-scheme:dark\\)\\{:root\\{([^}]*)\\}\\}");
    ASSERT_FALSE(dark.empty()) << css;
    const auto of = [&](const char* name) { return first_group(dark + ";", std::string(name) + ":(#[0-9a-f]{6});"); };
    EXPECT_GE(contrast_of(of("--brand-ink"), of("--brand")), 4.5) << color;
    EXPECT_GE(contrast_of(of("--brand-text"), "#1a2130"), 4.5) << color;
    EXPECT_GE(contrast_of(of("--brand-text"), of("--brand-soft")), 4.5) << color;
    EXPECT_GE(contrast_of(of("--brand"), "#1a2130"), 3) << color;
  }
}

}  // namespace
}  // namespace scheduling::test
