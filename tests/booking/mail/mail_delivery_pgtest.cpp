// EVIDENCE: B-11.1 B-7.1
// The outbox over a real database: what is sent to whom, how often, and what happens when it cannot be.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>
#include <utility>

#include "plugin/core/outbox/retry_policy.hpp"
#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::Delivery;
using crm::sdk::DeliveryStatus;
using crm::sdk::FailureKind;

constexpr const char* k_start = "2025-01-15T15:00:00Z";  // Wednesday, 10:00 in New York

DeliveryRound deliver(Wiring& wiring) {
  auto round = wiring.mail_delivery.deliver({}, 1000);
  if (!round) throw std::runtime_error(round.error().detail);
  return *round;
}

std::multiset<std::string> recipients(const std::vector<Posted>& mails) {
  std::multiset<std::string> all;
  for (const Posted& mail : mails) all.insert(mail.to);
  return all;
}

using Names = std::multiset<std::string>;

crm::sdk::Outcome<Delivery> taken() {
  return Delivery{DeliveryStatus::accepted, "250 ok"};
}
crm::sdk::Outcome<Delivery> refused(DeliveryStatus status, const char* reply) {
  return Delivery{status, reply};
}

std::string waiting(BookingWorld& world) {
  return world.sql("SELECT count(*) FROM outbox WHERE status = 'waiting'");
}

TEST(MailDelivery, WritesToAttendeeHostAndGuestsOnce) {
  BookingWorld world;
  BookingCommand request = BookingWorld::request(k_start);
  request.attendee.guests = {"bob@prospect.test", "cleo@prospect.test"};
  ASSERT_TRUE(world.booking().book(request).booking);
  EXPECT_EQ(deliver(world.wiring()).sent, 4);
  EXPECT_EQ(recipients(world.post_office().take()),
            (Names{"ada@prospect.test", "bob@prospect.test", "cleo@prospect.test", "rosa@example.test"}));
  EXPECT_EQ(deliver(world.wiring()).sent, 0);
  EXPECT_EQ(deliver(world.elsewhere()).sent, 0);
  EXPECT_EQ(world.sql("SELECT string_agg(DISTINCT status || ' ' || attempts, ',') FROM outbox"), "done 1");
}

/// "mail_booked done, mail_moved dropped": the rows to one address.
std::string fates(BookingWorld& world, const std::string& recipient) {
  return world.sql("SELECT string_agg(kind || ' ' || status, ', ' ORDER BY id) FROM outbox WHERE recipient = '" +
                   recipient + "'");
}

TEST(MailDelivery, KeepsTheOrderOfOnePersonsMails) {
  BookingWorld world;
  const Booking booking = world.book(k_start);
  deliver(world.wiring());
  world.post_office().take();
  // The news of the move is refused for now. It waits, and what comes later waits behind it; the host is told.
  std::atomic<bool> is_open{false};
  world.post_office().decide_with([&](const Posted& mail) {
    return mail.to == "ada@prospect.test" && !is_open ? refused(DeliveryStatus::temporary, "450 greylisted") : taken();
  });
  ASSERT_TRUE(world.booking().reschedule({booking.token, "2025-01-15T16:00:00Z", std::nullopt, "test"}).booking);
  deliver(world.wiring());
  ASSERT_TRUE(world.booking().cancel_by_link(booking.token, std::nullopt, "test"));
  deliver(world.wiring());
  EXPECT_EQ(recipients(world.post_office().take()), (Names{"rosa@example.test", "rosa@example.test"}));
  EXPECT_EQ(fates(world, "ada@prospect.test"), "mail_booked done, mail_moved waiting, mail_cancelled waiting");
  is_open = true;
  world.set_now("2025-01-13T12:02:00Z");
  deliver(world.wiring());
  const auto mails = world.post_office().take();
  ASSERT_EQ(mails.size(), 1u) << "the move is no news any more";
  EXPECT_NE(mails[0].message.find("SEQUENCE:2"), std::string::npos);
  EXPECT_NE(mails[0].message.find("METHOD:CANCEL"), std::string::npos);
  EXPECT_EQ(fates(world, "ada@prospect.test"), "mail_booked done, mail_moved dropped, mail_cancelled done");
}

TEST(MailDelivery, TellsOneThingAfterAnOutage) {
  BookingWorld world;
  const Booking moved = world.book(k_start);
  ASSERT_TRUE(world.booking().reschedule({moved.token, "2025-01-15T16:00:00Z", std::nullopt, "test"}).booking);
  deliver(world.wiring());
  auto mails = world.post_office().take();
  EXPECT_EQ(recipients(mails), (Names{"ada@prospect.test", "rosa@example.test"}));
  for (const Posted& mail : mails) {
    EXPECT_NE(mail.message.find("SEQUENCE:1"), std::string::npos);
    EXPECT_NE(header_in(mail, "Subject").find(mail.to == "ada@prospect.test" ? "Booked" : "New booking"),
              std::string::npos)
        << header_in(mail, "Subject");
  }
  const Booking ended = world.book("2025-01-16T15:00:00Z", "eve@prospect.test");
  ASSERT_TRUE(world.booking().reschedule({ended.token, "2025-01-16T16:00:00Z", std::nullopt, "test"}).booking);
  ASSERT_TRUE(world.booking().cancel_by_link(ended.token, std::nullopt, "test"));
  deliver(world.wiring());
  EXPECT_TRUE(world.post_office().take().empty()) << "nobody heard of the meeting, so nobody hears of its end";
  EXPECT_EQ(fates(world, "eve@prospect.test"), "mail_booked dropped, mail_moved dropped, mail_cancelled dropped");
  EXPECT_EQ(waiting(world), "0");
}

TEST(MailDelivery, TakesBackWhatMayHaveLeftBeforeAProcessDied) {
  BookingWorld world;
  const Booking booking = world.book(k_start);
  bool is_cut = false;
  world.post_office().decide_with([&](const Posted&) {
    if (!std::exchange(is_cut, true))
      world.sql(
          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
          "WHERE datname = current_database() AND state = 'idle in transaction'");
    return taken();
  });
  (void)world.wiring().mail_delivery.deliver({}, 10);  // the server has it, and the process died before its commit
  const auto left = world.post_office().take();
  ASSERT_FALSE(left.empty());
  const std::string reader = left.front().to;
  ASSERT_TRUE(world.booking().cancel_by_link(booking.token, std::nullopt, "test"));
  deliver(world.wiring());
  bool is_taken_back = false;
  for (const Posted& mail : world.post_office().take())
    is_taken_back |= mail.to == reader && mail.message.find("METHOD:CANCEL") != std::string::npos;
  EXPECT_TRUE(is_taken_back);
}

TEST(MailDelivery, AServerThatIsAwayLeavesNoTraceOfHavingTold) {
  BookingWorld world;
  const Booking booking = world.book(k_start);
  world.post_office().decide_with([](const Posted&) -> crm::sdk::Outcome<Delivery> {
    return crm::sdk::fail(FailureKind::unavailable, "no connection");
  });
  (void)world.wiring().mail_delivery.deliver({}, 10);
  ASSERT_TRUE(world.booking().cancel_by_link(booking.token, std::nullopt, "test"));
  world.post_office().decide_with(nullptr);
  deliver(world.elsewhere());
  EXPECT_TRUE(world.post_office().take().empty());
  EXPECT_EQ(waiting(world), "0");
}

TEST(MailDelivery, SpeaksTheHostsZoneOfTheDayOnWhichItLeaves) {
  BookingWorld world;
  const UserId ben{world.add_user("ben@example.test", "Ben").value};
  const Booking booking = world.book(k_start);
  deliver(world.wiring());
  world.post_office().take();
  AvailabilityPatch moved_house;
  moved_house.timezone = "Asia/Manila";
  ASSERT_TRUE(world.wiring().availability.save(world.rep(), moved_house));
  ASSERT_TRUE(world.reassign({UserId{}, true, "UTC"}, booking.details.meeting.id, ben, "test"));
  deliver(world.wiring());
  const auto zone_told = [&](const std::string& reader) {
    for (const Posted& mail : world.post_office().take())
      if (mail.to == reader) return mail.message.find("Asia/Manila") != std::string::npos;
    return false;
  };
  EXPECT_TRUE(zone_told("rosa@example.test")) << "a former host's too";
  ASSERT_TRUE(world.reassign({UserId{}, true, "UTC"}, booking.details.meeting.id, world.rep().id, "test"));
  ASSERT_TRUE(world.booking().cancel_by_link(booking.token, std::nullopt, "test"));
  world.sql("UPDATE users SET email = 'rosa.rep@example.test' WHERE id = " + std::to_string(world.rep().id.value) +
            " RETURNING id");
  deliver(world.wiring());
  EXPECT_FALSE(zone_told("rosa@example.test")) << "nor her former address";
}

TEST(MailDelivery, GivesUpWhatIsRefusedForGoodAndTellsTheRep) {
  BookingWorld world;
  const Booking booking = world.book(k_start);
  const std::string id = std::to_string(booking.details.meeting.id.value);
  world.post_office().decide_with([&](const Posted& mail) {
    return mail.to == "ada@prospect.test" ? refused(DeliveryStatus::permanent, "550 5.1.1 no such user") : taken();
  });
  const DeliveryRound round = deliver(world.wiring());
  EXPECT_EQ(round.sent, 1);
  EXPECT_EQ(round.refused, 1);
  EXPECT_EQ(
      world.sql(
          "SELECT status || ' ' || attempts || ' ' || last_error FROM outbox WHERE recipient = 'ada@prospect.test'"),
      "dead 1 550 5.1.1 no such user");
  const auto meeting = world.booking().get(world.rep(), booking.details.meeting.id);
  ASSERT_TRUE(meeting);
  ASSERT_EQ(meeting->mail_failures.size(), 1u);
  EXPECT_EQ(meeting->mail_failures[0].recipient, "ada@prospect.test");
  EXPECT_EQ(meeting->mail_failures[0].kind, "mail_booked");
  EXPECT_EQ(meeting->mail_failures[0].reply, "550 5.1.1 no such user");
  EXPECT_EQ(format_instant(meeting->mail_failures[0].at), "2025-01-13T12:00:00Z");
  EXPECT_EQ(world.sql("SELECT data ->> 'undelivered' FROM activities WHERE data ->> 'meeting_id' = '" + id + "'"),
            "ada@prospect.test: 550 5.1.1 no such user");

  auto listed = world.wiring().mail_overview.list(world.rep(), {.status = OutboxStatus::dead}, OutboxId{1'000'000}, 10);
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->size(), 1u);
  EXPECT_EQ(world.wiring().mail_overview.retry({UserId{999}, false, "UTC"}, listed->front().id).error().code,
            Code::not_found);
  world.post_office().decide_with(nullptr);
  EXPECT_TRUE(world.wiring().mail_overview.retry(world.rep(), listed->front().id));
  EXPECT_EQ(deliver(world.wiring()).sent, 1);
  EXPECT_EQ(world.wiring().mail_overview.retry(world.rep(), listed->front().id).error().code, Code::not_found)
      << "it was sent";
}

TEST(MailDelivery, GivesUpAfterThreeDaysOfRefusals) {
  BookingWorld world;
  world.book("2025-01-31T15:00:00Z");
  world.post_office().decide_with([](const Posted&) { return refused(DeliveryStatus::temporary, "450 later"); });
  int tries = 0;
  Instant now = *parse_instant("2025-01-13T12:00:00Z");
  const Instant began = now;
  while (waiting(world) != "0" && tries < 100) {
    ++tries;
    deliver(world.wiring());
    now += std::chrono::hours{4};
    world.set_now(format_instant(now));
  }
  EXPECT_EQ(tries, k_mail_retry.attempts_max);
  EXPECT_GE(now - began, std::chrono::hours{72});
  EXPECT_EQ(world.sql("SELECT string_agg(DISTINCT status || ' ' || attempts, ',') FROM outbox"), "dead 25");
}

TEST(MailDelivery, WaitsForAServerThatIsAwayAndLosesNothing) {
  BookingWorld world;
  world.book(k_start);
  world.post_office().decide_with([](const Posted&) -> crm::sdk::Outcome<Delivery> {
    return crm::sdk::fail(FailureKind::unavailable, "connection refused");
  });
  EXPECT_EQ(deliver(world.wiring()).halted, "connection refused");
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE status = 'waiting' AND attempts = 0"), "2")
      << "nobody's fault";
  auto health = world.wiring().mail_overview.health();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->halted, "connection refused");
  EXPECT_EQ(health->counts.waiting, 2);
  world.post_office().decide_with(nullptr);
  EXPECT_EQ(deliver(world.wiring()).sent, 0) << "the server is not asked again at once";
  world.set_now("2025-01-14T12:00:00Z");
  EXPECT_EQ(deliver(world.elsewhere()).sent, 2) << "another instance finds it well";
  EXPECT_EQ(waiting(world), "0");
}

TEST(MailDelivery, WaitsVisiblyWithoutAMailServer) {
  BookingWorld world;
  world.book(k_start);
  world.post_office().configured = false;
  EXPECT_EQ(deliver(world.wiring()).halted, "no mail server is configured");
  EXPECT_EQ(waiting(world), "2");
  world.post_office().configured = true;
  EXPECT_EQ(deliver(world.wiring()).sent, 2);
}

TEST(MailDelivery, OfSeveralHostsSendsEachMailOnce) {
  BookingWorld world;
  for (int i = 0; i < 16; ++i) {
    const int half_hours = 9 * 2 + i;
    const std::string time = std::to_string(half_hours / 2 + 5) + (half_hours % 2 != 0 ? ":30" : ":00");
    BookingCommand request =
        BookingWorld::request("2025-01-15T" + time + ":00Z", "ada" + std::to_string(i) + "@prospect.test");
    request.attendee.guests = {"guest" + std::to_string(i) + "@prospect.test"};
    ASSERT_TRUE(world.booking().book(request).booking) << time;
  }
  std::vector<std::thread> hosts;
  std::atomic<int> sent{0};
  for (Wiring* wiring : {&world.wiring(), &world.elsewhere(), &world.wiring()})
    hosts.emplace_back([&sent, wiring] { sent += deliver(*wiring).sent; });
  for (std::thread& host : hosts) host.join();
  // A row another instance holds is passed over, so somebody may stop early; nothing is left all the same.
  sent += deliver(world.wiring()).sent;
  EXPECT_EQ(sent, 48);
  std::map<std::string, int> by_id;
  for (const Posted& mail : world.post_office().take()) ++by_id[header_in(mail, "Message-ID")];
  EXPECT_EQ(by_id.size(), 48u);
  EXPECT_TRUE(std::ranges::all_of(by_id, [](const auto& one) { return one.second == 1; }));
}

/// What a process that dies at that moment leaves behind: its connection is gone, its transaction rolled back.
void cut_connections(BookingWorld& world) {
  world.sql(
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
      "WHERE datname = current_database() AND state = 'idle in transaction'");
}

TEST(MailDelivery, OnlyDyingBetweenTheServersYesAndTheCommitSendsTwice) {
  BookingWorld world;
  world.book(k_start);
  std::set<std::string> cut;
  world.post_office().decide_with([&](const Posted& mail) {
    if (cut.insert(mail.to).second) cut_connections(world);
    return taken();
  });
  for (int i = 0; i < 4; ++i) (void)world.wiring().mail_delivery.deliver({}, 10);
  EXPECT_EQ(waiting(world), "0");
  const auto mails = world.post_office().take();
  EXPECT_EQ(recipients(mails),
            (Names{"ada@prospect.test", "ada@prospect.test", "rosa@example.test", "rosa@example.test"}));
  std::set<std::string> ids;
  for (const Posted& mail : mails) ids.insert(header_in(mail, "Message-ID"));
  EXPECT_EQ(ids.size(), 2u) << "a mailbox can see that they are the same";
}

TEST(MailDelivery, DyingBeforeTheServersYesSendsOnce) {
  BookingWorld world;
  world.book(k_start);
  std::set<std::string> cut;
  world.post_office().decide_with([&](const Posted& mail) -> crm::sdk::Outcome<Delivery> {
    if (!cut.insert(mail.to).second) return taken();
    cut_connections(world);
    return crm::sdk::fail(FailureKind::broken, "the process died here");
  });
  for (int i = 0; i < 4; ++i) (void)world.wiring().mail_delivery.deliver({}, 10);
  world.set_now("2025-01-13T12:05:00Z");
  (void)deliver(world.wiring());
  EXPECT_EQ(recipients(world.post_office().take()), (Names{"ada@prospect.test", "rosa@example.test"}));
  EXPECT_EQ(waiting(world), "0");
}

TEST(MailDelivery, IsNotStoppedByWhatCannotBeWritten) {
  BookingWorld world;
  world.book(k_start);
  world.sql(
      "INSERT INTO outbox (kind, effect_key, meeting_id, recipient, payload, available_at, created_at) "
      "VALUES ('mail_unheard_of', 'x', 1, 'a@b.test', '{\"role\":\"attendee\"}', '2025-01-01', '2025-01-01'), "
      "('mail_booked', 'y', 999999, 'a@b.test', '{\"role\":\"attendee\"}', '2025-01-01', '2025-01-01'), "
      "('mail_booked', 'z', 1, 'not an address', '{\"role\":\"attendee\"}', '2025-01-01', '2025-01-01') RETURNING id");
  EXPECT_EQ(deliver(world.wiring()).sent, 2);
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE status = 'dead' AND last_error <> ''"), "2");
  EXPECT_EQ(world.sql("SELECT status || ' ' || attempts FROM outbox WHERE kind = 'mail_unheard_of'"), "waiting 0");
}

TEST(MailDelivery, KeepsAddressesBeyondAsciiOutOfMailsToOthers) {
  BookingWorld world;
  world.book(k_start, "zo\u00eb@ex\u00e4mple.test");
  ASSERT_EQ(deliver(world.wiring()).sent, 2);
  for (const Posted& mail : world.post_office().take()) {
    const std::string head = mail.message.substr(0, mail.message.find("\r\n\r\n"));
    const bool is_ascii = std::ranges::all_of(head, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    EXPECT_EQ(is_ascii, mail.to == "rosa@example.test") << head;
    EXPECT_EQ(head.find("Reply-To:") != std::string::npos, mail.to != "rosa@example.test");
  }
}

TEST(MailDelivery, SendsSoonAfterTheClockWasSetBack) {
  BookingWorld world;
  world.set_now("2025-06-13T12:00:00Z");
  world.book("2025-06-16T15:00:00Z");
  world.set_now("2025-01-13T12:00:00Z");
  EXPECT_EQ(deliver(world.wiring()).sent, 2);
}

}  // namespace
}  // namespace scheduling::test
