// EVIDENCE: B-8.4
// What a public form may do: the order of refusals, bookings that wait for a review, and the limits of first mails.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

/// The half hours of office days in New York (9 to 17), from Tuesday, 14 January 2025 on, Fridays to Mondays left out.
std::string start_of(int number) {
  const int day = 14 + number / 16 + (number / 16 >= 4 ? 2 : 0);
  const int minutes = 14 * 60 + number % 16 * 30;
  char text[32];
  std::snprintf(text, sizeof text, "2025-01-%02dT%02d:%02d:00Z", day, minutes / 60, minutes % 60);
  return text;
}

class AbuseTest : public ::testing::Test {
 protected:
  crm::sdk::Response book(int number, const std::string& email, const std::string& address = "203.0.113.7",
                          const std::string& more = {}) {
    return world.send({.method = crm::sdk::Method::post,
                       .path = "/schedule/rosa/call/book",
                       .body = R"({"start":")" + start_of(number) + R"(","attendee_name":"Ada","attendee_email":")" +
                               email + "\"" + more + "}",
                       .type = "application/json",
                       .address = address,
                       .is_from_unknown_proxy = is_from_proxy});
  }
  std::string mails(const std::string& status) {
    return world.sql("SELECT count(*) FROM outbox WHERE status = '" + status +
                     "' AND recipient <> 'rosa@example.test'");
  }
  std::string held_for_review() {
    return world.sql("SELECT held_for_review FROM scheduled_meetings ORDER BY id DESC LIMIT 1");
  }
  int deliver() {
    if (!world.wiring().mail_delivery.deliver({}, 1000)) throw std::runtime_error("not delivered");
    return static_cast<int>(world.post_office().take().size());
  }

  BookingWorld world;
  bool is_from_proxy = false;
};

TEST_F(AbuseTest, TheTwentyFirstBookingOfANetworkIsRefusedUntilThereIsRoom) {
  world.use_default_limits();
  for (int i = 0; i < 20; ++i) {
    if (i == 10) world.set_now("2025-01-13T13:00:00Z");
    ASSERT_EQ(book(i, "a" + std::to_string(i) + "@x.test", "203.0.113." + std::to_string(i)).status, 201) << i;
  }
  const auto refused = book(20, "b@x.test", "::ffff:203.0.113.200");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(at(refused, "code"), "too_many_bookings");
  EXPECT_EQ(header(refused, "Retry-After"), "82800") << "until the first booking is a day old";
  EXPECT_EQ(book(20, "b@x.test", "203.0.114.7").status, 201) << "another network";
  EXPECT_EQ(book(21, "b@x.test", "203.0.113.7", R"(,"guests":["no address"])").status, 429)
      << "before the rules look at anything";
  world.set_now("2025-01-14T12:00:00Z");
  EXPECT_EQ(book(21, "c@x.test").status, 201);
  EXPECT_EQ(world.sql("SELECT count(*) > 0 FROM public_uses WHERE key = hashtextextended('network:203.0.113.0/24', 0)"),
            "t")
      << "networks";
  EXPECT_EQ(world.sql("SELECT count(*) FROM public_uses WHERE key = hashtextextended('network:203.0.113.7', 0)"), "0")
      << "no addresses";
}

// EVIDENCE: B-7.1
TEST_F(AbuseTest, ABookingWaitsForTheDatabaseThreeTimesWithAllThatIsCounted) {
  world.use_default_limits();
  ASSERT_EQ(book(0, "first@prospect.test").status, 201);  // reads the calendar into memory
  world.take_round_trips();
  ASSERT_EQ(book(1, "second@prospect.test").status, 201) << "a stranger, who becomes a contact";
  EXPECT_EQ(world.take_round_trips(), 3);
  ASSERT_EQ(book(2, "second@prospect.test").status, 201) << "a contact";
  EXPECT_EQ(world.take_round_trips(), 3);
}

TEST_F(AbuseTest, AnIpv6HouseholdIsOneNetwork) {
  world.set_settings(R"({"bookings_per_network_max":1})");
  EXPECT_EQ(book(0, "a@x.test", "2001:db8:1:2::1").status, 201);
  EXPECT_EQ(book(1, "b@x.test", "2001:db8:1:2:ffff::9").status, 429);
  EXPECT_EQ(book(1, "b@x.test", "2001:db8:1:3::1").status, 201);
}

TEST_F(AbuseTest, WhoeverAsksAgainForTheirBookingGetsItHoweverFullTheirNetworkIs) {
  world.set_settings(R"({"bookings_per_network_max":1})");
  const auto send = [&] {
    return world.send({crm::sdk::Method::post, "/schedule/rosa/call/book",
                       R"({"start":")" + start_of(0) + R"(","attendee_name":"Ada","attendee_email":"a@x.test"})",
                       "application/json", "application/json", "6f1c7a52-0000-4000-8000-000000000001", "203.0.113.7"});
  };
  EXPECT_EQ(send().status, 201);
  EXPECT_EQ(send().status, 200);
  EXPECT_EQ(book(1, "a@x.test").status, 429);
}

TEST_F(AbuseTest, TheLimitHoldsWhenManyBookAtOnceOnDifferentHosts) {
  world.set_settings(R"({"bookings_per_network_max":7})");
  std::atomic<int> made{0}, refused{0}, other{0};
  std::vector<std::thread> people;
  for (int i = 0; i < 40; ++i)
    people.emplace_back([&, i] {
      BookingCommand command = BookingWorld::request(start_of(i), "p" + std::to_string(i) + "@x.test");
      command.client.network = "203.0.113.0/24";
      const BookingResult answer = (i % 2 == 0 ? world.wiring() : world.elsewhere()).booking.book(command);
      ++(answer.booking ? made : answer.refusal.code == Code::too_many_bookings ? refused : other);
    });
  for (std::thread& each : people) each.join();
  EXPECT_EQ(made, 7);
  EXPECT_EQ(refused, 33);
  EXPECT_EQ(other, 0);
}

TEST_F(AbuseTest, BlockedSendersAreRefusedFirst) {
  world.set_settings(R"({"blocked_senders":["spam.example","eve@x.test"],"bookings_per_network_max":1})");
  EXPECT_EQ(book(0, "ada@x.test").status, 201);
  for (const char* email : {"a@spam.example", "a@mx.SPAM.example", "EVE@x.test"}) {
    const auto refused = book(1, email);
    EXPECT_EQ(refused.status, 403) << email;
    EXPECT_EQ(at(refused, "code"), "not_accepted");
  }
  EXPECT_EQ(book(1, "b@y.test", "198.51.100.1", R"(,"guests":["eve@x.test"])").status, 403)
      << "nor is anybody blocked a guest";
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings"), "1");
}

TEST_F(AbuseTest, BehindAnUnknownProxyTheNetworkIsNobodysAndTheAdministratorIsTold) {
  world.set_settings(R"({"bookings_per_network_max":1,"guest_mails_per_network_max":1})");
  is_from_proxy = true;
  EXPECT_EQ(book(0, "a@x.test", "127.0.0.1").status, 201);
  EXPECT_EQ(book(1, "b@x.test", "127.0.0.1").status, 201);
  EXPECT_EQ(mails("held"), "0");
  const auto seen = world.wiring().networks.sighting(parse_instant("2025-01-13T12:00:00Z").value());
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->network, "127.0.0.0/24");
  EXPECT_TRUE(seen->exceeded);
  EXPECT_EQ(book(2, "c@x.test", "203.0.113.7").status, 201);
  EXPECT_EQ(book(3, "d@x.test", "203.0.113.7").status, 429) << "on the open internet a header is no way around";
}

TEST_F(AbuseTest, TheSixthOpenMeetingOfAnAddressWaitsForTheHostsReview) {
  world.use_default_limits();
  for (int i = 0; i < 5; ++i) ASSERT_EQ(at(book(i, "ada@x.test"), "data.meeting.status"), "scheduled");
  deliver();
  const auto held = book(5, "ADA@x.test");
  EXPECT_EQ(held.status, 201);
  EXPECT_EQ(at(held, "data.meeting.status"), "pending");
  EXPECT_EQ(at(held, "data.meeting.held_for_review"), "(absent)") << "the public is not told";
  EXPECT_EQ(held_for_review(), R"(["open_meetings"])");
  EXPECT_EQ(world.sql("SELECT string_agg(kind || ' ' || recipient, ',') FROM outbox WHERE status = 'waiting'"),
            "mail_requested rosa@example.test");

  const MeetingId id{std::stoll(at(held, "data.meeting.id"))};
  EXPECT_EQ(names_of(world.booking().get(world.rep(), id)->held_for_review), std::vector<std::string>{"open_meetings"});
  deliver();
  const auto confirmed = world.booking().confirm(world.rep(), id, "r");
  ASSERT_TRUE(confirmed);
  EXPECT_TRUE(confirmed->held_for_review.empty());
  EXPECT_EQ(
      world.sql(
          "SELECT string_agg(kind || ' ' || recipient, ',' ORDER BY recipient) FROM outbox WHERE status = 'waiting'"),
      "mail_confirmed ADA@x.test,mail_confirmed rosa@example.test");
}

TEST_F(AbuseTest, AHeldBookingIsNotLetOutByMovingAndNobodyHearsOfItsEnd) {
  world.set_settings(R"({"open_meetings_per_email_max":0})");
  const auto held = book(0, "ada@x.test");
  const std::string url = at(held, "data.manage_url");
  const std::string token = url.substr(url.rfind('/') + 1);
  const auto moved = world.post("/schedule/reschedule/" + token, R"({"start":")" + start_of(3) + R"("})");
  EXPECT_EQ(moved.status, 200);
  EXPECT_EQ(at(moved, "data.meeting.status"), "pending");
  EXPECT_EQ(held_for_review(), R"(["open_meetings"])");
  const MeetingId id{std::stoll(at(moved, "data.meeting.id"))};
  ASSERT_TRUE(world.booking().decline(world.rep(), id, "No", "r"));
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE recipient = 'ada@x.test'"), "0");
}

std::string hidden_field(const std::string& form, const std::string& name) {
  const std::size_t from = form.find("name=\"" + name + "\" value=\"");
  if (from == std::string::npos) return "(none)";
  const std::size_t begin = from + name.size() + 15;
  return form.substr(begin, form.find('"', begin) - begin);
}

TEST_F(AbuseTest, AFormThatAProgramFilledWaitsForTheHostsReview) {
  const std::string page = "/schedule/rosa/call?start=" + start_of(0);
  const std::string form = world.page(page).body;
  const std::string stamp = hidden_field(form, "form_stamp");
  ASSERT_GT(stamp.size(), 20U);
  EXPECT_NE(form.find("name=\"homepage\""), std::string::npos);
  const auto post = [&](int number, const std::string& more) {
    return world.post_form("/schedule/rosa/call/book", "start=" + start_of(number) +
                                                           "&attendee_name=Ada&attendee_email=a" +
                                                           std::to_string(number) + "@x.test" + more);
  };
  post(0, "&form_stamp=" + stamp + "&homepage=http%3A%2F%2Fevil");
  EXPECT_EQ(held_for_review(), "") << "nothing is set, and this is development";

  world.use_default_limits();
  post(1, "&form_stamp=" + stamp);
  EXPECT_EQ(held_for_review(), R"(["form_time"])") << "answered within two seconds";
  post(2, "&form_stamp=forged");
  EXPECT_EQ(held_for_review(), R"(["form_time"])");
  post(3, "");
  EXPECT_EQ(held_for_review(), "") << "no stamp, no check";
  post(4, "&homepage=x");
  EXPECT_EQ(held_for_review(), R"(["honeypot"])");
  const auto again =
      world.post_form("/schedule/rosa/call/book", "start=" + start_of(5) + "&attendee_name=&form_stamp=" + stamp);
  EXPECT_EQ(again.status, 422);
  EXPECT_EQ(hidden_field(again.body, "form_stamp"), stamp) << "the first showing counts";
}

// One client writes to strangers with a form: 696 mails in a tenth of a second before there were limits.
TEST_F(AbuseTest, AMailCannonFiresNoMoreThanTheLimits) {
  world.use_default_limits();
  world.set_settings(R"({"bookings_per_network_max":1000000})");
  for (int i = 0; i < 30; ++i) {
    std::string guests;
    for (int g = 0; g < 10; ++g) guests += (g ? ",\"" : "\"") + std::to_string(i * 10 + g) + "@stranger.test\"";
    ASSERT_EQ(book(i, "victim@x.test", "203.0.113.7", R"(,"guests":[)" + guests + "]").status, 201) << i;
  }
  const int sent = deliver();
  const std::string done = mails("done");
  EXPECT_EQ(done, "50");
  EXPECT_LE(sent, 50 + 30);
  EXPECT_LE(std::stoi(world.sql("SELECT count(*) FROM outbox WHERE status = 'done' AND recipient = 'victim@x.test'")),
            10);
  EXPECT_EQ(world.sql("SELECT string_agg(DISTINCT last_error, ',') FROM outbox WHERE status = 'held'"),
            "guest_mails_per_network_max");
}

TEST_F(AbuseTest, FirstMailsToOneStrangerAreLimitedAcrossNetworksAndLaterOnesAreNot) {
  world.set_settings(R"({"first_mails_per_recipient_max":1})");
  const auto first = book(0, "Ada@x.test", "203.0.113.7");
  const auto second = book(1, "ada@X.test", "198.51.100.7");
  EXPECT_EQ(second.status, 201) << "the booking stands";
  EXPECT_EQ(mails("waiting"), "1");
  EXPECT_EQ(mails("held"), "1");
  deliver();
  const std::string url = at(first, "data.manage_url");
  ASSERT_EQ(world.post("/schedule/cancel/" + url.substr(url.rfind('/') + 1), "{}").status, 200);
  deliver();
  EXPECT_EQ(mails("done"), "2") << "booked and cancelled of the first meeting";
  world.set_now("2025-01-14T12:00:00Z");
  book(20, "ada@x.test");
  EXPECT_EQ(mails("waiting"), "1") << "a day later there is room again";
}

TEST_F(AbuseTest, AHeldMailIsReleasedByHandAndHoldsUpWhatFollowsIt) {
  world.set_settings(R"({"guest_mails_per_page_hour_max":0})");
  const auto booked = book(0, "ada@x.test");
  const std::string url = at(booked, "data.manage_url");
  ASSERT_EQ(
      world.post("/schedule/reschedule/" + url.substr(url.rfind('/') + 1), R"({"start":")" + start_of(3) + R"("})")
          .status,
      200);
  deliver();
  EXPECT_EQ(mails("done"), "0") << "who has not heard of the meeting hears nothing of its move";
  const auto listed =
      world.wiring().mail_overview.list(world.rep(), {.status = OutboxStatus::held}, OutboxId{1000000}, 10);
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->size(), 1U);
  EXPECT_EQ(listed->front().error, "guest_mails_per_page_hour_max");
  const auto health = world.wiring().mail_overview.health();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->counts.held, 1);
  ASSERT_TRUE(world.wiring().mail_overview.retry(world.rep(), listed->front().id));
  deliver();
  EXPECT_EQ(mails("held"), "0");
  EXPECT_NE(mails("done"), "0");
}

TEST_F(AbuseTest, UsersOfTheCrmCountNowhere) {
  const crm::sdk::UserId colleague = world.add_user("bob@example.test", "Bob");
  ASSERT_TRUE(colleague);
  world.set_settings(R"({"guest_mails_per_page_hour_max":1})");
  EXPECT_EQ(book(0, "ada@x.test", "203.0.113.7", R"(,"guests":["bob@example.test"])").status, 201);
  EXPECT_EQ(mails("held"), "0");
  EXPECT_EQ(mails("waiting"), "2");
}

TEST_F(AbuseTest, WhatWasCountedIsForgottenAfterTwoDaysAndHeldMailsLapseWithTheirMeetings) {
  world.set_settings(R"({"guest_mails_per_page_hour_max":0})");
  book(0, "ada@x.test");
  EXPECT_EQ(world.sql("SELECT count(*) FROM public_uses"), "1");
  world.set_now("2025-01-15T11:59:00Z");
  ASSERT_TRUE(world.wiring().jobs.forget_networks.run({}));
  EXPECT_EQ(world.sql("SELECT count(*) FROM public_uses"), "1");
  EXPECT_EQ(mails("dropped"), "1") << "the meeting is over";
  world.set_now("2025-01-15T12:00:00Z");
  ASSERT_TRUE(world.wiring().jobs.forget_networks.run({}));
  EXPECT_EQ(world.sql("SELECT count(*) FROM public_uses"), "0");
}

}  // namespace
}  // namespace scheduling::test
