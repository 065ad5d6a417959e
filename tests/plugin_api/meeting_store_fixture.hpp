#pragma once
/// Meetings in a real database, written as booking writes them.
#include <gtest/gtest.h>

#include "plugin/adapters/postgres/pg_transactions.hpp"
#include "plugin/ports/storage/booking_store.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "reference_host/database/pg_database.hpp"
#include "tests/integration/pg_fixture.hpp"
#include "tests/plugin_api/fake_crm_ports.hpp"
#include "tests/plugin_api/plugin_world.hpp"

namespace scheduling::test {

inline Instant at(const char* text) {
  return parse_instant(text).value();
}

struct MeetingStore : testing::Test {
  crm::test::TestDatabase stored{crm::test::Schema::crm_and_module};
  PluginWorld world{stored.url()};
  QuietLog log;
  crm::app::PgDatabase database{stored.url(), {}, log};
  PgTransactions transactions{database, fake_crm_ports()};
  UserId rep{world.add_user("rep@example.com").value};
  UserId other{world.add_user("other@example.com").value};
  MeetingTypeId type = make_type();

  MeetingTypeId make_type() {
    const crm::sdk::UserId owner{rep.value};
    const std::string page = world.post("/api/v1/scheduling/pages", owner, R"({"name":"A"})").at("data.id");
    return MeetingTypeId{
        std::stoll(world
                       .post("/api/v1/scheduling/meeting-types", owner,
                             R"({"scheduling_page_id":)" + page + R"(,"name":"Call","duration_minutes":30})")
                       .at("data.id"))};
  }

  NewMeeting booking(const char* start, std::chrono::minutes length = std::chrono::minutes{30}) const {
    const Instant begin = at(start);
    NewMeeting booked{.meeting = Meeting{.type = type, .time = TimeRange(begin, begin + length)}};
    booked.meeting.attendee_name = "Ada Lovelace";
    booked.meeting.attendee_email = "ada@example.org";
    booked.meeting.timezone = *ZoneId::parse("Europe/London");
    booked.meeting.answers = {
        {"q1", std::string("because")}, {"q2", true}, {"q3", 2.5}, {"q4", std::vector<std::string>{"a", "b"}}};
    booked.meeting.guests = {"g@example.org"};
    booked.meeting.utm = {{"source", "mail"}};
    booked.meeting.phone = "+442071234567";
    booked.meeting.location = Location{LocationType::teams, "Ask for Ada", "https://rooms.example/1"};
    booked.meeting.ical_uid = std::string("uid-") + start;
    booked.meeting.buffer_after = std::chrono::minutes{10};
    booked.meeting.created_at = at("2025-01-13T12:00:00Z");
    booked.hosts = {rep};
    booked.token = NewToken{std::string(32, 'h'), std::string("\0sealed\xff", 8), at("2025-03-01T00:00:00Z")};
    booked.audit = {"booked", AuditEntry::Actor::attendee, {}, "req-1", {{"k", "v"}}};
    booked.messages = {MeetingMail{.role = MailRole::attendee, .recipient = "ada@example.org"},
                       MeetingMail{.role = MailRole::host, .recipient = "rep@example.com"}};
    return booked;
  }
  static Result<MeetingId> insert_in(Transaction& t, NewMeeting booked) {
    const auto prepared = t.bookings().prepare({ContactId{1}, {}, {}});
    if (!prepared) return fail(prepared.error());
    const MeetingId id = prepared->meeting;
    booked.meeting.id = id;
    if (!booked.meeting.chain) booked.meeting.chain = id;
    if (auto done = t.bookings().commit(booked, std::nullopt); !done) return fail(done.error());
    return id;
  }
  Result<MeetingId> insert(const NewMeeting& booked) {
    return transactions.in_transaction([&](Transaction& t) { return insert_in(t, booked); });
  }
  template <class Work>
  auto read(Work&& work) {
    return transactions.reading([&](Transaction& t) { return work(t.meetings()); });
  }
  std::string count(const std::string& from) { return world.sql("SELECT count(*) FROM " + from); }
};

}  // namespace scheduling::test
