// EVIDENCE: B-7.1 B-11.1
// The outbox's worker over a real database: what it leaves alone, what it gives up, and whose policy it follows.
#include <gtest/gtest.h>

#include <functional>
#include <utility>

#include "plugin/jobs/deliver_mail_job.hpp"
#include "plugin/surface/health_notes.hpp"
#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

using End = HandlerOutcome::End;

constexpr const char* k_start = "2025-01-15T15:00:00Z";

/// Ends every message as it is told, with a policy of its own.
class ScriptedHandler final : public OutboxHandler {
 public:
  OutboxKind kind() const noexcept override { return OutboxKind::meeting_mail; }
  const RetryPolicy& retry() const noexcept override { return policy; }
  std::string blocked() const override { return blocked_by; }
  void ask_ahead(Transaction&, const ClaimedMessage&) override {
    if (before) before();
  }
  Result<HandlerOutcome> handle(Transaction&, const ClaimedMessage& message) override {
    handled.push_back(message.attempts);
    if (during) during();
    return outcome;
  }
  Done give_up(Transaction&, const ClaimedMessage&, const std::string& reason) override {
    given_up.push_back(reason);
    return {};
  }

  RetryPolicy policy{std::chrono::seconds{2}, std::chrono::seconds{3}, 3};
  Result<HandlerOutcome> outcome{HandlerOutcome{}};
  std::string blocked_by;
  std::function<void()> before;  ///< while a message is about to be taken
  std::function<void()> during;  ///< while a message is handed over
  std::vector<int> handled;      ///< earlier attempts of each
  std::vector<std::string> given_up;
};

/// A booking that waits with a single message, the attendee's.
struct OutboxWorkers : testing::Test {
  OutboxWorkers() {
    world.book(k_start);
    world.sql("DELETE FROM outbox WHERE recipient <> 'ada@prospect.test' RETURNING id");
  }
  DeliveryRound deliver() {
    auto round = worker.deliver({}, 100);
    if (!round) throw std::runtime_error(round.error().detail);
    return *round;
  }
  std::string row() { return world.sql("SELECT concat_ws(' ', status, attempts, last_error) FROM outbox"); }

  BookingWorld world;
  ScriptedHandler handler;
  ScriptedHandler other;
  OutboxWorker worker{world.wiring().transactions, handler, world.wiring().clock};
};

TEST_F(OutboxWorkers, FollowThePolicyOfTheirKind) {
  handler.outcome = HandlerOutcome{End::refused_for_now, "busy"};
  EXPECT_EQ(deliver().refused, 1);
  EXPECT_EQ(row(), "waiting 1 busy");
  EXPECT_EQ(world.sql("SELECT available_at <= timestamptz '2025-01-13T12:00:02Z' FROM outbox"), "t");
  EXPECT_EQ(deliver().refused, 0) << "not before its wait is over";
  world.set_now("2025-01-13T12:00:02Z");
  EXPECT_EQ(deliver().refused, 1);
  EXPECT_TRUE(handler.given_up.empty());
  world.set_now("2025-01-13T12:00:05Z");
  EXPECT_EQ(deliver().refused, 1);
  EXPECT_EQ(row(), "dead 3 busy");
  EXPECT_EQ(handler.handled, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(handler.given_up, std::vector<std::string>{"busy"});
}

TEST_F(OutboxWorkers, GiveUpAtOnceWhatIsRefusedForGood) {
  handler.outcome = HandlerOutcome{End::refused_for_good, "no"};
  EXPECT_EQ(deliver().refused, 1);
  EXPECT_EQ(row(), "dead 1 no");
  EXPECT_EQ(handler.given_up, std::vector<std::string>{"no"});
}

TEST_F(OutboxWorkers, DropWhatNobodyWantsWithoutAnAttempt) {
  handler.outcome = HandlerOutcome{End::obsolete, "too late"};
  const DeliveryRound round = deliver();
  EXPECT_EQ(round.sent + round.refused, 0);
  EXPECT_EQ(row(), "dropped 0 too late");
}

TEST_F(OutboxWorkers, RestWhenTheServerIsAwayAndCountNoAttempt) {
  handler.outcome = fail(Error{Code::provider_unavailable, Fault::provider, "down", {}});
  EXPECT_EQ(deliver().halted, "down");
  EXPECT_EQ(row(), "waiting 0");
  handler.outcome = HandlerOutcome{};
  EXPECT_EQ(deliver().sent, 0) << "not asked again at once";
  OutboxWorker elsewhere{world.wiring().transactions, handler, world.wiring().clock};
  EXPECT_EQ(elsewhere.deliver({}, 100)->sent, 1);
}

TEST_F(OutboxWorkers, LeaveEverythingWhileTheirHandlerIsBlocked) {
  handler.blocked_by = "not set up";
  EXPECT_EQ(deliver().halted, "not set up");
  EXPECT_EQ(worker.halted(), "not set up");
  EXPECT_EQ(row(), "waiting 0");
}

constexpr const char* k_noted = "SELECT count(*) FROM outbox WHERE status = 'waiting' AND may_have_left_at IS NOT NULL";

/// Five messages to five people.
void add_people(BookingWorld& world) {
  world.sql(
      "INSERT INTO outbox (kind, effect_key, meeting_id, recipient, payload, available_at, created_at) "
      "SELECT kind, 'more' || n, meeting_id, 'more' || n || '@prospect.test', payload, available_at, created_at "
      "FROM outbox, generate_series(1, 4) n RETURNING id");
}

TEST_F(OutboxWorkers, NeedOneTransactionForAMessage) {
  add_people(world);
  const auto before = world.wiring().transactions.writes();
  EXPECT_EQ(deliver().sent, 5);
  EXPECT_EQ(world.wiring().transactions.writes() - before, 7U) << "the first note, five messages, and nothing more";
}

TEST_F(OutboxWorkers, AreInDoubtAboutOneMessageAtMost) {
  add_people(world);
  std::vector<std::string> noted, done;
  handler.during = [&] {
    noted.push_back(world.sql(k_noted));
    done.push_back(world.sql("SELECT count(*) FROM outbox WHERE status = 'done'"));
  };
  EXPECT_EQ(deliver().sent, 5);
  EXPECT_EQ(noted, std::vector<std::string>(5, "1")) << "who dies here may have told this one and no other";
  EXPECT_EQ(done, (std::vector<std::string>{"0", "1", "2", "3", "4"})) << "each is committed before the next leaves";
}

TEST_F(OutboxWorkers, KeepTheOrderOfAPersonsMessagesBehindARefusal) {
  world.sql(
      "INSERT INTO outbox (kind, effect_key, meeting_id, recipient, payload, available_at, created_at) "
      "SELECT kind, 'later', meeting_id, upper(recipient), payload, available_at, created_at FROM outbox RETURNING id");
  handler.outcome = HandlerOutcome{End::refused_for_now, "busy", true};
  EXPECT_EQ(deliver().refused, 1) << "the later one waits for the earlier";
  EXPECT_EQ(handler.handled.size(), 1U);
  EXPECT_EQ(world.sql(k_noted), "0");
}

TEST_F(OutboxWorkers, GoOnBehindWhatIsRefused) {
  add_people(world);
  handler.during = [&] {
    handler.outcome =
        handler.handled.size() == 2 ? HandlerOutcome{End::refused_for_good, "no", true} : HandlerOutcome{};
  };
  const DeliveryRound round = deliver();
  EXPECT_EQ(round.sent, 4);
  EXPECT_EQ(round.refused, 1);
  EXPECT_EQ(world.sql(k_noted), "0");
}

TEST_F(OutboxWorkers, LeaveNoNoteBehindWhenTheyStop) {
  add_people(world);
  std::stop_source stop;
  handler.during = [&] { stop.request_stop(); };
  EXPECT_EQ(worker.deliver(stop.get_token(), 100)->sent, 1);
  EXPECT_EQ(world.sql(k_noted), "0");
  handler.during = {};
  EXPECT_EQ(worker.deliver({}, 2)->sent, 2);
  EXPECT_EQ(world.sql(k_noted), "0") << "the round was full";
}

TEST_F(OutboxWorkers, LeaveNoNoteBehindWhenTheServerGoesAway) {
  add_people(world);
  handler.during = [&] {
    if (handler.handled.size() == 2)
      handler.outcome = fail(Error{Code::provider_unavailable, Fault::provider, "down", {}});
  };
  const DeliveryRound round = deliver();
  EXPECT_EQ(round.sent, 1);
  EXPECT_EQ(round.halted, "down");
  EXPECT_EQ(world.sql(k_noted), "0");
}

TEST_F(OutboxWorkers, PassOverWhatSomebodyElseHasSettled) {
  add_people(world);
  int turns = 0;
  // The second one was noted with the commit of the first; somebody else is quicker.
  handler.before = [&] {
    if (++turns == 2)
      world.sql(
          "UPDATE outbox SET status = 'done', attempts = 9 WHERE id IN (SELECT id FROM outbox WHERE status = 'waiting' "
          "AND may_have_left_at IS NOT NULL FOR UPDATE SKIP LOCKED) RETURNING id");
  };
  EXPECT_EQ(deliver().sent, 4);
  EXPECT_EQ(handler.handled.size(), 4U);
  EXPECT_EQ(world.sql("SELECT string_agg(attempts::text, ',' ORDER BY attempts) FROM outbox"), "1,1,1,1,9");
  EXPECT_EQ(world.sql(k_noted), "0");
}

TEST_F(OutboxWorkers, ShareTheWork) {
  add_people(world);
  bool is_first = true;
  handler.during = [&] {
    if (!std::exchange(is_first, false)) return;
    OutboxWorker elsewhere{world.wiring().transactions, other, world.wiring().clock};
    EXPECT_EQ(elsewhere.deliver({}, 100)->sent, 3) << "all but the one in hand and the one that is noted with it";
  };
  EXPECT_EQ(deliver().sent, 2);
  EXPECT_EQ(world.sql("SELECT count(*) FROM outbox WHERE status = 'done' AND attempts = 1"), "5");
}

TEST_F(OutboxWorkers, AreCalledUntilNothingIsLeft) {
  world.sql(
      "INSERT INTO outbox (kind, effect_key, meeting_id, recipient, payload, available_at, created_at) "
      "SELECT kind, 'more' || n, meeting_id, 'more' || n || '@prospect.test', payload, available_at, created_at "
      "FROM outbox, generate_series(1, 209) n RETURNING id");
  MailOverview overview{world.wiring().transactions, worker, world.wiring().clock};
  DeliverMailJob job{worker, overview};
  const auto report = job.run({});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->handled, 210) << "in one run, without a wait between its batches";
  EXPECT_FALSE(report->more);
}

TEST(Outbox, AsksOnceForAllThatAMailNeeds) {
  BookingWorld world;
  for (int i = 0; i < 5; ++i)
    world.book("2025-01-15T1" + std::to_string(5 + i) + ":00:00Z", "guest" + std::to_string(i) + "@prospect.test");
  world.take_round_trips();
  EXPECT_EQ(world.wiring().mail_delivery.deliver({}, 100)->sent, 10);
  EXPECT_LE(world.take_round_trips(), 10 * 8 + 6) << "eight a mail, commits included; it was thirteen";
}

TEST(Outbox, LeavesUnknownKindsAloneAndReportsThem) {
  BookingWorld world;
  // Rows of a newer version, older than the booking's own and about the same meeting and person.
  world.sql(
      "INSERT INTO outbox (kind, effect_key, meeting_id, recipient, payload, available_at, created_at) VALUES "
      "('calendar_create', 'x', 1, 'ada@prospect.test', '{\"calendar\":7}', '2025-01-02', '2025-01-02'), "
      "('calendar_create', 'y', 1, NULL, '{\"calendar\":8}', '2025-01-03', '2025-01-03'), "
      "('mail_unheard_of', 'z', 1, 'ada@prospect.test', '{\"role\":\"attendee\"}', '2025-01-01', '2025-01-01') "
      "RETURNING id");
  const std::string unknown_rows = "SELECT string_agg(o::text, ';' ORDER BY id) FROM outbox o WHERE status = 'waiting'";
  const std::string before = world.sql(unknown_rows);
  world.book(k_start);
  auto round = world.wiring().mail_delivery.deliver({}, 100);
  ASSERT_TRUE(round);
  EXPECT_EQ(round->sent, 2) << "the booking's mails do not wait behind them";
  EXPECT_EQ(round->refused, 0);
  EXPECT_EQ(world.sql(unknown_rows), before);

  auto health = world.wiring().mail_overview.health();
  ASSERT_TRUE(health);
  EXPECT_EQ(health->counts.waiting, 0) << "they are not known to be mails";
  ASSERT_EQ(health->counts.unknown.size(), 2U);
  EXPECT_EQ(health->counts.unknown[0].kind, "calendar_create");
  EXPECT_EQ(health->counts.unknown[0].waiting, 2);
  EXPECT_EQ(format_instant(health->counts.unknown[0].since), "2025-01-02T00:00:00Z");
  const auto notes = outbox_notes(world.wiring().mail_overview.last_health());
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0].level, crm::sdk::HealthLevel::warn);
  EXPECT_EQ(
      notes[0].text,
      "2 outbox messages of the unknown kind \"calendar_create\" wait, since 2025-01-02T00:00:00Z. A newer version "
      "of the module wrote them and can deliver them.");

  // The version that knows the kind finds the row as it was written.
  world.sql("UPDATE outbox SET kind = 'mail_booked' WHERE kind = 'mail_unheard_of' RETURNING id");
  EXPECT_EQ(world.wiring().mail_delivery.deliver({}, 100)->sent, 1);
  world.sql("DELETE FROM outbox WHERE kind = 'calendar_create' RETURNING id");
  ASSERT_TRUE(world.wiring().mail_overview.health());
  EXPECT_EQ(outbox_notes(world.wiring().mail_overview.last_health()).at(0).level, crm::sdk::HealthLevel::ok);
}

TEST(Outbox, GivesUpAMalformedMessageOfAKnownKindAndGoesOn) {
  BookingWorld world;
  world.sql(
      "INSERT INTO outbox (kind, effect_key, meeting_id, recipient, payload, available_at, created_at) VALUES "
      "('mail_booked', 'a', 1, 'ada@prospect.test', '[1]', '2025-01-01', '2025-01-01'), "
      "('mail_moved', 'b', 1, 'ada@prospect.test', '{\"role\":\"nobody\"}', '2025-01-01', '2025-01-01'), "
      "('mail_moved', 'c', 1, 'ada@prospect.test', '{\"role\":\"guest\",\"sequence\":\"x\"}', '2025-01-01', "
      "'2025-01-01') "
      "RETURNING id");
  world.book(k_start);
  auto round = world.wiring().mail_delivery.deliver({}, 100);
  ASSERT_TRUE(round) << round.error().detail;
  EXPECT_EQ(round->sent, 2);
  EXPECT_EQ(round->refused, 3);
  EXPECT_EQ(world.sql("SELECT string_agg(concat_ws(' ', effect_key, attempts, last_error), ';' ORDER BY id) "
                      "FROM outbox WHERE status = 'dead'"),
            "a 1 the payload is not a JSON object;"
            "b 1 payload, role: \"nobody\" is not a value of this field.;"
            "c 1 payload, sequence: \"x\" is not a value of this field.");
  auto listed = world.wiring().mail_overview.list(world.rep(), {.status = OutboxStatus::dead}, OutboxId{1'000'000}, 10);
  ASSERT_TRUE(listed) << listed.error().detail;
  EXPECT_EQ(listed->size(), 3U);
}

}  // namespace
}  // namespace scheduling::test
