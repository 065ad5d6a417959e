// EVIDENCE: B-11.1 B-7.1
// The outbox over a real database: what is sent to whom, how often, and what happens when it cannot be.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

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

TEST(MailDelivery, KeepsTheOrderOfOnePersonsMails) {
  BookingWorld world;
  const Booking booking = world.book(k_start);
  ASSERT_TRUE(world.booking().reschedule({booking.token, "2025-01-15T16:00:00Z", std::nullopt, "test"}).booking);
  ASSERT_TRUE(world.booking().cancel_by_link(booking.token, std::nullopt, "test"));
  // The first mail to the attendee is refused for now: the later two wait behind it, the host's do not.
  std::atomic<bool> is_open{false};
  world.post_office().answer_with([&](const Posted& mail) {
    return mail.to == "ada@prospect.test" && !is_open ? refused(DeliveryStatus::temporary, "450 greylisted") : taken();
  });
  deliver(world.wiring());
  EXPECT_EQ(recipients(world.post_office().take()),
            (Names{"rosa@example.test", "rosa@example.test", "rosa@example.test"}));
  EXPECT_EQ(
      world.sql("SELECT string_agg(kind || ' ' || attempts, ',' ORDER BY id) FROM outbox WHERE status = 'waiting'"),
      "mail_booked 1,mail_moved 0,mail_cancelled 0");
  is_open = true;
  deliver(world.wiring());
  EXPECT_TRUE(world.post_office().take().empty()) << "not before its wait is over";
  world.set_now("2025-01-13T12:02:00Z");
  deliver(world.wiring());
  const auto mails = world.post_office().take();
  ASSERT_EQ(mails.size(), 3u);
  const char* sequences[] = {"SEQUENCE:0", "SEQUENCE:1", "SEQUENCE:2"};
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NE(mails[i].message.find(sequences[i]), std::string::npos) << i;
  EXPECT_NE(mails[2].message.find("METHOD:CANCEL"), std::string::npos);
}

TEST(MailDelivery, GivesUpWhatIsRefusedForGoodAndTellsTheRep) {
  BookingWorld world;
  const Booking booking = world.book(k_start);
  const std::string id = std::to_string(booking.details.meeting.id.value);
  world.post_office().answer_with([&](const Posted& mail) {
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
  world.post_office().answer_with(nullptr);
  EXPECT_TRUE(world.wiring().mail_overview.retry(world.rep(), listed->front().id));
  EXPECT_EQ(deliver(world.wiring()).sent, 1);
  EXPECT_EQ(world.wiring().mail_overview.retry(world.rep(), listed->front().id).error().code, Code::not_found)
      << "it was sent";
}

TEST(MailDelivery, GivesUpAfterThreeDaysOfRefusals) {
  BookingWorld world;
  world.book("2025-01-31T15:00:00Z");
  world.post_office().answer_with([](const Posted&) { return refused(DeliveryStatus::temporary, "450 later"); });
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
  world.post_office().answer_with([](const Posted&) -> crm::sdk::Outcome<Delivery> {
    return crm::sdk::fail(FailureKind::unavailable, "connection refused");
  });
  EXPECT_EQ(deliver(world.wiring()).halted, "connection refused");
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE status = 'waiting' AND attempts = 0"), "2")
      << "nobody's fault";
  auto health = world.wiring().mail_overview.health();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->halted, "connection refused");
  EXPECT_EQ(health->counts.waiting, 2);
  world.post_office().answer_with(nullptr);
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
  world.post_office().answer_with([&](const Posted& mail) {
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
  world.post_office().answer_with([&](const Posted& mail) -> crm::sdk::Outcome<Delivery> {
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
