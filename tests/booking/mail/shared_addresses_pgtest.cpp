// EVIDENCE: B-7.8 B-8.4
// One person in two roles: booked, handed over, moved and cancelled, and told once each time.
#include <gtest/gtest.h>

#include <Poco/Base64Decoder.h>

#include <set>
#include <sstream>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

constexpr const char* k_start = "2025-01-15T15:00:00Z";
constexpr const char* k_other_start = "2025-01-15T16:00:00Z";
constexpr const char* k_rosa = "rosa@example.test";

/// The file invite.ics of a mail, its folded lines whole.
std::string calendar_of(const std::string& message) {
  const auto part = message.find("filename=\"invite.ics\"");
  const auto begin = message.find("\r\n\r\n", part);
  if (part == std::string::npos || begin == std::string::npos) throw std::runtime_error("no calendar file");
  std::istringstream coded(message.substr(begin + 4, message.find("\r\n--", begin) - begin - 4));
  Poco::Base64Decoder decoder(coded);
  std::string text(std::istreambuf_iterator<char>(decoder), {});
  for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ")) text.erase(at, 3);
  return text;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

struct SharedAddresses : testing::Test {
  Booking book(const std::string& attendee, std::vector<std::string> guests = {}) {
    BookingCommand request = BookingWorld::request(k_start, attendee);
    request.attendee.guests = std::move(guests);
    BookingResult result = world.booking().book(request);
    if (!result.booking) throw std::runtime_error(std::string(name_of(result.refusal.code)) + result.refusal.detail);
    return std::move(*result.booking);
  }
  std::vector<Posted> sent() {
    auto round = world.wiring().mail_delivery.deliver({}, 100);
    if (!round) throw std::runtime_error(round.error().detail);
    return world.post_office().take();
  }
  /// "ada@x.test rosa@x.test", sorted.
  std::string recipients() {
    std::multiset<std::string> all;
    for (const Posted& mail : sent()) all.insert(mail.to);
    std::string text;
    for (const std::string& one : all) text += (text.empty() ? "" : " ") + one;
    return text;
  }
  /// A colleague who is open when Rosa is.
  UserId add_ben() {
    const UserId ben{world.add_user("ben@example.test", "Ben").value};
    AvailabilityPatch hours;
    hours.rules.emplace();
    for (std::int64_t day = 1; day <= 5; ++day) hours.rules->push_back({day, "09:00", "17:00", true});
    if (!world.wiring().availability.save({ben, false, "America/New_York"}, hours))
      throw std::runtime_error("no hours");
    return ben;
  }

  BookingWorld world;
};

TEST_F(SharedAddresses, AHostBooksTheirOwnPage) {
  for (const char* address : {k_rosa, "ROSA@Example.TEST"}) {
    const Booking booking = book(address);
    EXPECT_EQ(recipients(), k_rosa);
    ASSERT_TRUE(world.booking().reschedule({booking.token, k_other_start, std::nullopt, "test"}).booking);
    EXPECT_EQ(recipients(), k_rosa);
    ASSERT_TRUE(world.booking().cancel_by_link(booking.token, std::nullopt, "test"));
    EXPECT_EQ(recipients(), k_rosa);
  }
}

TEST_F(SharedAddresses, AHostIsGuestOfTheirOwnMeeting) {
  const Booking booking =
      book("ada@prospect.test", {"Rosa@Example.test", "bob@x.test", "BOB@x.test", "ADA@prospect.test"});
  const auto mails = sent();
  ASSERT_EQ(mails.size(), 3u);
  for (const Posted& mail : mails) {
    if (mail.to != k_rosa) continue;
    const std::string calendar = calendar_of(mail.message);
    EXPECT_EQ(count_of(calendar, "ATTENDEE"), 3u) << calendar;
    EXPECT_EQ(count_of(calendar, "ATTENDEE;CN=Rosa"), 1u) << calendar;
  }
}

TEST_F(SharedAddresses, AGuestTakesTheMeetingOver) {
  const UserId ben = add_ben();
  const Booking booking = book("ada@prospect.test", {"Ben@Example.test"});
  EXPECT_EQ(recipients(), "Ben@Example.test ada@prospect.test rosa@example.test");
  ASSERT_TRUE(world.reassign({UserId{}, true, "UTC"}, booking.details.meeting.id, ben, "test"));
  EXPECT_EQ(recipients(), "ada@prospect.test ben@example.test rosa@example.test");
  auto moved = world.booking().reschedule({booking.token, k_other_start, std::nullopt, "test"});
  ASSERT_TRUE(moved.booking) << moved.refusal.detail;
  EXPECT_EQ(recipients(), "ada@prospect.test ben@example.test");
  ASSERT_TRUE(world.booking().cancel_by_link(booking.token, std::nullopt, "test"));
  EXPECT_EQ(recipients(), "ada@prospect.test ben@example.test");
}

TEST_F(SharedAddresses, TheAttendeeTakesTheMeetingOverAndGivesItBack) {
  const UserId ben = add_ben();
  const UserId rosa{world.rep().id};
  const Booking booking = book("ben@example.test");
  EXPECT_EQ(recipients(), "ben@example.test rosa@example.test");
  const Actor admin{UserId{}, true, "UTC"};
  ASSERT_TRUE(world.reassign(admin, booking.details.meeting.id, ben, "test"));
  EXPECT_EQ(recipients(), "ben@example.test rosa@example.test");
  ASSERT_TRUE(world.reassign(admin, booking.details.meeting.id, rosa, "test"));
  EXPECT_EQ(recipients(), "ben@example.test rosa@example.test") << "Ben as the attendee that he still is";
  ASSERT_TRUE(world.booking().cancel(admin, booking.details.meeting.id, std::nullopt, "test"));
  EXPECT_EQ(recipients(), "ben@example.test rosa@example.test");
}

TEST_F(SharedAddresses, RemindersGoToEachPersonOnce) {
  world.set_settings(R"({"remind_hosts": true})");
  book("ada@prospect.test", {"Rosa@example.test", "bob@x.test"});
  sent();
  world.set_now("2025-01-15T14:30:00Z");
  ASSERT_TRUE(world.wiring().reminder_queue.queue(100));
  EXPECT_EQ(world.sql("SELECT string_agg(coalesce(recipient, 'host'), ' ' ORDER BY recipient) FROM outbox WHERE due_at "
                      "> '2025-01-15T00:00Z'"),
            "ada@prospect.test bob@x.test host");
}

TEST_F(SharedAddresses, WhoIsInvitedToTheirOwnMeetingIsRemindedLikeOthers) {
  book(k_rosa, {"bob@x.test"});
  sent();
  world.set_now("2025-01-15T14:30:00Z");
  ASSERT_TRUE(world.wiring().reminder_queue.queue(100));
  EXPECT_EQ(recipients(), "bob@x.test bob@x.test rosa@example.test rosa@example.test") << "a day and an hour before";
}

TEST_F(SharedAddresses, InternationalDomainsAreOnePersonInBothSpellings) {
  book("info@b\u00fccher.example", {"info@xn--bcher-kva.example"});
  const auto mails = sent();
  ASSERT_EQ(mails.size(), 2u);
  for (const Posted& mail : mails) {
    EXPECT_TRUE(mail.to == k_rosa || mail.to == "info@xn--bcher-kva.example") << mail.to;
    if (mail.to == k_rosa) {
      EXPECT_NE(mail.message.find("Reply-To: Ada Lovelace <info@xn--bcher-kva.example>"), std::string::npos);
    }
    EXPECT_NE(calendar_of(mail.message).find("info@xn--bcher-kva.example"), std::string::npos);
  }
  BookingCommand second = BookingWorld::request(k_other_start, "info@XN--bcher-kva.example");
  ASSERT_TRUE(world.booking().book(second).booking);
  EXPECT_EQ(world.sql("SELECT count(DISTINCT contact_id) FROM scheduled_meetings"), "1");
}

TEST_F(SharedAddresses, CalendarFilesNameTheReaderAndTheOrganizerAlone) {
  world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.location_details = ""; });
  BookingCommand request = BookingWorld::request(k_start);
  request.attendee.phone = "+1 202 555 0136";
  request.attendee.guests = {"bob@x.test", "cleo@x.test"};
  ASSERT_TRUE(world.booking().book(request).booking);
  for (const Posted& mail : sent()) {
    const std::string calendar = calendar_of(mail.message);
    const auto names = [&](const char* who) { return calendar.find(who) != std::string::npos; };
    EXPECT_TRUE(names(k_rosa)) << calendar;
    const bool is_host = mail.to == k_rosa;
    for (const char* other : {"ada@prospect.test", "bob@x.test", "cleo@x.test"})
      EXPECT_EQ(names(other), is_host || mail.to == other) << "to " << mail.to << "\n" << calendar;
    const bool may_know = is_host || mail.to == "ada@prospect.test";
    EXPECT_EQ(names("202-555-0136"), may_know) << calendar;
    if (!may_know) {
      EXPECT_EQ(mail.message.find("0136"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace scheduling::test
