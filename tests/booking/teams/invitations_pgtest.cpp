// Invitations at the service: what they need of the database, what they say of themselves, and a crowd that has one.
#include <atomic>
#include <thread>

#include "plugin/services/teams/inviting.hpp"
#include "tests/booking/teams/team_world.hpp"

namespace scheduling::test {
namespace {

constexpr const char* k_ten = "2025-01-14T15:00:00Z";  // in New York

struct InvitationsTest : TeamWorld {
  UserId mo;
  ContactId ada;

  void SetUp() override {
    mo = add_member("mo", new_york_office_hours("09:00", "12:00"));
    make_team("round_robin", {{rosa()}, {mo}});
    world.change_type(world.call(), [](MeetingTypePatch& patch) { patch.settings.owner_first = "strict"; });
    ada = ContactId{world.add_contact(R"({"name":"Ada","email":"ada@prospect.test"})", crm::sdk::UserId{mo.value})};
  }
  std::string invite() { return Inviting(world.parts()).invite(admin(), {world.call(), ada, {}}).value().token; }
  BookingResult book_by(const std::string& token, const std::string& start, const std::string& key = {},
                        const std::string& email = "ada@prospect.test") {
    BookingCommand command = BookingWorld::request(start, email);
    command.invite = token;
    command.idempotency_key = key;
    return world.booking().book(command);
  }
};

// EVIDENCE: B-10.3
TEST_F(InvitationsTest, KeepNoTokenAndForgetWhatEndedAYearAgo) {
  const std::string token = invite();
  EXPECT_EQ(world.sql("SELECT count(*) FROM invitations i WHERE i::text LIKE '%" + token + "%'"), "0");
  EXPECT_EQ(world.sql("SELECT octet_length(token_hash) FROM invitations"), "32");
  world.set_now("2026-01-20T12:00:00Z");
  EXPECT_EQ(book_by(token, k_ten).refusal.code, Code::token_expired);
  invite();
  EXPECT_EQ(world.sql("SELECT count(*) FROM invitations"), "2");
  world.set_now("2026-01-29T12:00:00Z");
  invite();
  EXPECT_EQ(world.sql("SELECT count(*) FROM invitations"), "2");
  EXPECT_EQ(book_by(token, k_ten).refusal.code, Code::not_found);
}

TEST_F(InvitationsTest, AreGoneWithTheContactEvenWhileTheModuleIsOff) {
  const std::string token = invite();
  world.sql("DELETE FROM module_records WHERE id = " + std::to_string(ada.value));
  EXPECT_EQ(book_by(token, k_ten).refusal.code, Code::not_found);
}

TEST_F(InvitationsTest, MayBeUsedOnlyByWhoeverMaySeeTheContactAndUseTheType) {
  const Actor mos{mo, false, "America/New_York"};
  EXPECT_TRUE(Inviting(world.parts()).invite(mos, {world.call(), ada, {}}));
  const auto colleague = Inviting(world.parts()).invite(world.rep(), {world.call(), ada, {}});
  ASSERT_FALSE(colleague);
  EXPECT_EQ(colleague.error().code, Code::not_found);
  EXPECT_EQ(colleague.error().fields.front().field, "contact_id");
  const Actor stranger{UserId{world.add_user("s@example.test", "Stranger").value}, false, "UTC"};
  EXPECT_EQ(Inviting(world.parts()).invite(stranger, {world.call(), ada, {}}).error().fields.front().field,
            "meeting_type_id");
}

TEST_F(InvitationsTest, AreAPartOfWhatARepeatedKeyStandsFor) {
  const std::string first = invite();
  const std::string second = invite();
  const std::string key = "a-key-of-twenty-five-bytes";
  const BookingResult booked = book_by(first, k_ten, key);
  ASSERT_TRUE(booked.booking) << booked.refusal.detail;
  const BookingResult again = book_by(first, k_ten, key);
  ASSERT_TRUE(again.booking);
  EXPECT_TRUE(again.booking->is_repeated);
  EXPECT_EQ(book_by(second, k_ten, key).refusal.code, Code::idempotency_conflict);
}

TEST_F(InvitationsTest, FillOnlyWhatIsEmptyAndOnlyForTheContactsOwnAddress) {
  const std::string token = invite();
  const auto phone = [&] {
    return world.sql("SELECT COALESCE(data->>'phone', '') || ' ' || (data->>'name') FROM module_records WHERE id = " +
                     std::to_string(ada.value));
  };
  BookingCommand command = BookingWorld::request(k_ten, "somebody@else.test");
  command.invite = token;
  command.attendee.attendee_name = "Ada King";
  command.attendee.phone = "+12025550136";
  ASSERT_TRUE(world.booking().book(command).booking);
  EXPECT_EQ(phone(), " Ada");
  command.start = "2025-01-14T15:30:00Z";
  command.attendee.attendee_email = "ADA@prospect.test";
  ASSERT_TRUE(world.booking().book(command).booking);
  EXPECT_EQ(phone(), "+12025550136 Ada");
  EXPECT_EQ(world.sql("SELECT string_agg(DISTINCT field, ' ' ORDER BY field) FROM suggestions WHERE contact_id = " +
                      std::to_string(ada.value)),
            "name phone");
  command.start = "2025-01-14T16:00:00Z";
  command.attendee.phone = "+12025550199";
  ASSERT_TRUE(world.booking().book(command).booking);
  EXPECT_EQ(phone(), "+12025550136 Ada") << "what the record says stays";
}

TEST_F(InvitationsTest, OfferTheNearestTimesOfTheOwner) {
  const BookingResult refused = book_by(invite(), "2025-01-14T19:00:00Z");
  EXPECT_EQ(refused.refusal.code, Code::owner_only);
  ASSERT_FALSE(refused.alternatives.empty());
  for (const Instant start : refused.alternatives) {
    const auto hour = (start - std::chrono::floor<std::chrono::days>(start)) / std::chrono::hours{1};
    EXPECT_TRUE(hour >= 14 && hour < 17) << format_instant(start);
  }
}

// EVIDENCE: B-7.2
TEST_F(InvitationsTest, FortyWhoShareOneBookTheOwnerOnce) {
  const std::string token = invite();
  const std::string deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
  const std::string before = world.sql(deadlocks);
  world.elsewhere();
  std::atomic<int> booked{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> people;
  for (int i = 0; i < 40; ++i)
    people.emplace_back([&, i] {
      BookingCommand command = BookingWorld::request(k_ten, "p" + std::to_string(i) + "@prospect.test");
      command.invite = token;
      const BookingResult result = (i % 2 == 0 ? world.wiring() : world.elsewhere()).booking.book(command);
      if (result.booking)
        ++booked;
      else if (result.refusal.code == Code::owner_only)
        ++refused;
    });
  for (std::thread& each : people) each.join();
  EXPECT_EQ(booked, 1);
  EXPECT_EQ(refused, 39) << "the colleague is free, and not meant";
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduled_meetings WHERE contact_id = " + std::to_string(ada.value)), "1");
  EXPECT_EQ(world.sql(deadlocks), before);
}

}  // namespace
}  // namespace scheduling::test
