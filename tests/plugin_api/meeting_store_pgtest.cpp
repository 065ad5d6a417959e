// The MeetingRepository on a real database: what booking relies on.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/plugin_api/meeting_store_fixture.hpp"

namespace scheduling::test {
namespace {

using std::chrono::minutes;

TEST_F(MeetingStore, WritesEverythingOfABookingAndReadsItBack) {
  const auto inserted = insert(booking("2025-01-14T14:00:00Z"));
  ASSERT_TRUE(inserted) << inserted.error().detail;
  const auto found = read([&](MeetingRepository& m) { return m.find(*inserted, Lock::none); });
  ASSERT_TRUE(found && *found) << found.error().detail;
  const Meeting& meeting = **found;
  EXPECT_EQ(meeting.chain, *inserted);
  EXPECT_EQ(meeting.host, rep);
  EXPECT_EQ(meeting.time.start(), at("2025-01-14T14:00:00Z"));
  EXPECT_EQ(meeting.time.end(), at("2025-01-14T14:30:00Z"));
  EXPECT_EQ(meeting.answers, booking("2025-01-14T14:00:00Z").meeting.answers);
  EXPECT_EQ(meeting.guests, std::vector<std::string>{"g@example.org"});
  EXPECT_EQ(meeting.utm.at("source"), "mail");
  EXPECT_EQ(meeting.phone, "+442071234567");
  EXPECT_EQ(meeting.location, booking("2025-01-14T14:00:00Z").meeting.location);
  EXPECT_EQ(world.sql("SELECT location FROM scheduled_meetings"), "https://rooms.example/1\nAsk for Ada");
  EXPECT_EQ(meeting.buffer_after, minutes{10});
  EXPECT_EQ(meeting.status, MeetingStatus::scheduled);
  EXPECT_EQ(meeting.timezone.name(), "Europe/London");
  EXPECT_EQ(count("meeting_hosts WHERE is_live"), "1");
  EXPECT_EQ(count("scheduling_audit WHERE assignment_reason = 'personal' AND assigned_user_id IS NOT NULL"), "1");
  EXPECT_EQ(count("scheduling_audit WHERE action = 'booked' AND details = '{\"k\":\"v\"}'"), "1");
  EXPECT_EQ(count("outbox WHERE kind = 'mail_booked'"), "2");
}

TEST_F(MeetingStore, ATakenSlotWritesNothingAtAll) {
  ASSERT_TRUE(insert(booking("2025-01-14T14:00:00Z")));
  NewMeeting second = booking("2025-01-14T14:15:00Z");
  second.token->hash = std::string(32, 'x');
  second.key = NewBookingKey{"key", std::string(32, 'b')};
  const auto refused = insert(second);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::slot_taken);
  EXPECT_EQ(count("scheduled_meetings"), "1");
  EXPECT_EQ(count("outbox"), "2");
  EXPECT_EQ(count("booking_keys"), "0");
  EXPECT_EQ(count("manage_tokens"), "1");
  EXPECT_EQ(count("scheduling_audit"), "1");
}

TEST_F(MeetingStore, NeighboursTouchAndSeveralHostsAllMustBeFree) {
  ASSERT_TRUE(insert(booking("2025-01-14T14:00:00Z")));
  NewMeeting next = booking("2025-01-14T14:30:00Z");
  next.token->hash = std::string(32, 'n');
  next.hosts = {other, rep};
  ASSERT_TRUE(insert(next));
  EXPECT_EQ(world.sql("SELECT host_user_id FROM scheduled_meetings ORDER BY id DESC LIMIT 1"),
            std::to_string(other.value));
  NewMeeting partly = booking("2025-01-14T13:50:00Z");
  partly.token->hash = std::string(32, 'p');
  partly.hosts = {other, rep};
  const auto refused = insert(partly);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::slot_taken);
  EXPECT_EQ(count("meeting_hosts"), "3");
}

TEST_F(MeetingStore, ManyAtOnceForOneSlotGiveExactlyOneMeeting) {
  std::atomic<int> won = 0, lost = 0, broken = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 40; ++i)
      threads.emplace_back([&, i] {
        NewMeeting mine = booking("2025-01-14T14:00:00Z");
        mine.token->hash = std::string(31, 'h') + static_cast<char>('0' + i);
        const auto result = transactions.in_transaction([&](Transaction& t) -> Result<MeetingId> {
          const std::array hosts{rep};
          if (auto locked = t.meetings().lock_hosts(hosts); !locked) return fail(locked.error());
          return insert_in(t, mine);
        });
        ++(result ? won : result.error().code == Code::slot_taken ? lost : broken);
      });
  }
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, 39);
  EXPECT_EQ(broken, 0);
  EXPECT_EQ(count("scheduled_meetings"), "1");
}

TEST_F(MeetingStore, ALinkLeadsToTheNewestOfItsChain) {
  const auto first = insert(booking("2025-01-14T14:00:00Z"));
  NewMeeting moved = booking("2025-01-15T14:00:00Z");
  moved.token.reset();
  moved.meeting.chain = *first;
  moved.meeting.rescheduled_from = *first;
  moved.meeting.ical_sequence = 1;
  const auto done = transactions.in_transaction([&](Transaction& t) -> Result<MeetingId> {
    StatusChange change{.id = *first,
                        .to = MeetingStatus::rescheduled,
                        .cancel_reason = {},
                        .audit = {"moved", AuditEntry::Actor::attendee, {}, "r", {}},
                        .messages = {},
                        .now = at("2025-01-13T13:00:00Z")};
    if (auto changed = t.meetings().change_status(change); !changed || !*changed) return fail(Code::broken, "status");
    if (auto longer = t.meetings().extend_token(*first, at("2025-04-01T00:00:00Z")); !longer)
      return fail(longer.error());
    return insert_in(t, moved);
  });
  ASSERT_TRUE(done) << done.error().detail;
  const auto linked = read([&](MeetingRepository& m) { return m.find_by_token(std::string(32, 'h')); });
  ASSERT_TRUE(linked && *linked) << linked.error().detail;
  EXPECT_EQ((*linked)->meeting.id, *done);
  EXPECT_EQ((*linked)->meeting.rescheduled_from, *first);
  EXPECT_EQ((*linked)->expires_at, at("2025-04-01T00:00:00Z"));
  const auto locked = transactions.in_transaction(
      [&](Transaction& t) { return t.meetings().find_by_token_for_update(std::string(32, 'h')); });
  ASSERT_TRUE(locked && *locked) << locked.error().detail;
  EXPECT_EQ((*locked)->meeting.id, *done);
  const auto token = read([&](MeetingRepository& m) { return m.find_token(*first); });
  EXPECT_EQ((*token)->sealed, std::string("\0sealed\xff", 8));
  EXPECT_FALSE(*read([&](MeetingRepository& m) { return m.find_by_token(std::string(32, 'z')); }));
}

TEST_F(MeetingStore, ABookingKeyFindsItsMeetingAndDiesWithIt) {
  NewMeeting keyed = booking("2025-01-14T14:00:00Z");
  keyed.key = NewBookingKey{"key-1", std::string(32, 'b')};
  const auto inserted = insert(keyed);
  const auto found = read([&](MeetingRepository& m) { return m.find_booking_key(type, "key-1"); });
  ASSERT_TRUE(found && *found) << found.error().detail;
  EXPECT_EQ((*found)->meeting.id, *inserted);
  EXPECT_EQ((*found)->body_hash, std::string(32, 'b'));
  EXPECT_EQ((*found)->sealed_token, std::string("\0sealed\xff", 8));
  EXPECT_FALSE(*read([&](MeetingRepository& m) { return m.find_booking_key(MeetingTypeId{type.value + 1}, "key-1"); }));

  NewMeeting again = booking("2025-01-14T16:00:00Z");
  again.token->hash = std::string(32, 'y');
  again.key = NewBookingKey{"key-1", std::string(32, 'c')};
  const auto conflict = insert(again);
  ASSERT_FALSE(conflict);
  EXPECT_EQ(conflict.error().code, Code::conflict);
  EXPECT_EQ(conflict.error().fields.at(0).field, "idempotency_key");

  StatusChange cancel{.id = *inserted,
                      .to = MeetingStatus::cancelled,
                      .cancelled_by = CancelledBy::attendee,
                      .cancel_reason = written_reason("ill"),
                      .audit = {"cancelled", AuditEntry::Actor::attendee, {}, "r", {}},
                      .messages = {MeetingMail{.event = MeetingEvent::cancelled, .recipient = "ada@example.org"}},
                      .now = at("2025-01-13T13:00:00Z")};
  const auto cancelled =
      transactions.in_transaction([&](Transaction& t) { return t.meetings().change_status(cancel); });
  ASSERT_TRUE(cancelled && *cancelled);
  EXPECT_FALSE(*transactions.in_transaction([&](Transaction& t) { return t.meetings().change_status(cancel); }))
      << "it is no longer scheduled";
  EXPECT_FALSE(*read([&](MeetingRepository& m) { return m.find_booking_key(type, "key-1"); }));
  const auto gone = read([&](MeetingRepository& m) { return m.find(*inserted, Lock::none); });
  EXPECT_EQ((*gone)->cancellation->by, CancelledBy::attendee);
  EXPECT_EQ((*gone)->cancellation->reason, written_reason("ill"));
  EXPECT_EQ(world.sql("SELECT cancel_reason_kind || ':' || cancel_reason FROM scheduled_meetings"), "written:ill");
  EXPECT_EQ((*gone)->ical_sequence, 1);
  EXPECT_EQ(count("meeting_hosts WHERE is_live"), "0");
  again.key->body_hash = std::string(32, 'b');
  ASSERT_TRUE(insert(again)) << "the key is free again";
}

TEST_F(MeetingStore, LoadsWhatDecidesAboutAWindow) {
  world.put("/api/v1/scheduling/availability", crm::sdk::UserId{rep.value},
            R"({"rules":[{"day_of_week":2,"start_time":"09:00","end_time":"17:00"}],"daily_limit":5})");
  world.post("/api/v1/scheduling/overrides", crm::sdk::UserId{rep.value},
             R"({"date":"2025-01-14","is_available":false})");
  world.post("/api/v1/scheduling/overrides", crm::sdk::UserId{rep.value},
             R"({"date":"2025-06-14","is_available":false})");
  insert(booking("2025-01-14T14:00:00Z"));
  world.sql("INSERT INTO calendar_connections (user_id, provider, access_token) VALUES (" + std::to_string(rep.value) +
            ", 'google', 'x')");
  world.sql(
      "INSERT INTO external_busy (user_id, calendar_connection_id, external_event_id, start_time, end_time) SELECT "
      "user_id, id, 'e', '2025-01-01', '2025-01-20' FROM calendar_connections");
  const TimeRange window(at("2025-01-14T00:00:00Z"), at("2025-01-15T00:00:00Z"));
  const std::vector<UserId> both{other, rep};
  const auto states = read([&](MeetingRepository& m) { return m.load_calendar_rows(both, window); });
  ASSERT_TRUE(states) << states.error().detail;
  ASSERT_EQ(states->size(), 2u);
  EXPECT_EQ(states->front().host, other);
  EXPECT_FALSE(states->front().schedule);
  EXPECT_TRUE(states->front().meetings.empty());
  const HostCalendarRows* state = &states->back();
  EXPECT_EQ(state->host, rep);
  EXPECT_GT(state->version.calendar, 0);
  ASSERT_TRUE(state->schedule);
  EXPECT_EQ(state->schedule->hours.rules().size(), 1u);
  EXPECT_EQ(state->schedule->daily_limit, 5);
  EXPECT_EQ(state->overrides.size(), 1u);
  ASSERT_EQ(state->meetings.size(), 1u);
  EXPECT_EQ(state->meetings[0].buffer_after, minutes{10});
  EXPECT_EQ(state->events.size(), 1u);
}

TEST_F(MeetingStore, ReassigningAsksWhetherTheNewHostIsFree) {
  const auto first = insert(booking("2025-01-14T14:00:00Z"));
  NewMeeting theirs = booking("2025-01-14T14:15:00Z");
  theirs.token->hash = std::string(32, 'o');
  theirs.hosts = {other};
  const auto second = insert(theirs);
  Reassignment to_other{.id = *first,
                        .from = rep,
                        .to = other,
                        .audit = {"reassigned", AuditEntry::Actor::user, rep, "r", {}},
                        .messages = {},
                        .now = at("2025-01-13T13:00:00Z"),
                        .assignment = {.reason = AssignmentReason::reassigned}};
  const auto refused = transactions.in_transaction([&](Transaction& t) { return t.meetings().reassign(to_other); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::slot_taken);
  StatusChange cancel{.id = *second,
                      .cancel_reason = {},
                      .audit = {"cancelled", AuditEntry::Actor::system, {}, "", {}},
                      .messages = {},
                      .now = at("2025-01-13T13:00:00Z")};
  ASSERT_TRUE(*transactions.in_transaction([&](Transaction& t) { return t.meetings().change_status(cancel); }));
  const auto done = transactions.in_transaction([&](Transaction& t) { return t.meetings().reassign(to_other); });
  ASSERT_TRUE(done && *done) << done.error().detail;
  EXPECT_EQ(world.sql("SELECT user_id FROM meeting_hosts WHERE is_live"), std::to_string(other.value));
}

TEST_F(MeetingStore, TheJobCompletesWhatIsOver) {
  insert(booking("2025-01-14T14:00:00Z"));
  world.clock.set("2025-01-14T14:29:59Z");
  EXPECT_EQ(world.run_job("CompleteMeetingsJob")->handled, 0);
  world.clock.set("2025-01-14T14:30:00Z");
  EXPECT_EQ(world.run_job("CompleteMeetingsJob")->handled, 1);
  EXPECT_EQ(world.run_job("CompleteMeetingsJob")->handled, 0);
  EXPECT_EQ(world.sql("SELECT status FROM scheduled_meetings"), "completed");
  EXPECT_EQ(count("meeting_hosts WHERE is_live"), "0");
}

TEST_F(MeetingStore, MeetingsFollowAMergedContact) {
  world.sql(
      "INSERT INTO module_records (id, module, created_at, updated_at) VALUES (901, 'contacts', '2025-01-01', "
      "'2025-01-01'), (902, 'contacts', '2025-01-01', '2025-01-01')");
  NewMeeting booked = booking("2025-01-14T14:00:00Z");
  booked.meeting.contact = ContactId{901};
  ASSERT_TRUE(insert(booked));
  ASSERT_TRUE(world.contact_merged(901, 902));
  ASSERT_TRUE(world.contact_merged(901, 902)) << "an event may come twice";
  EXPECT_EQ(world.sql("SELECT contact_id FROM scheduled_meetings"), "902");
}

TEST_F(MeetingStore, AWorkThatFailsLeavesNothing) {
  const auto done = transactions.in_transaction([&](Transaction& t) -> Done {
    if (auto inserted = insert_in(t, booking("2025-01-14T14:00:00Z")); !inserted) return fail(inserted.error());
    return fail(Code::outside_rules, "changed our mind");
  });
  EXPECT_EQ(done.error().code, Code::outside_rules);
  EXPECT_EQ(count("scheduled_meetings"), "0");
}

}  // namespace
}  // namespace scheduling::test
