#pragma once
/// A team of hosts with office hours in New York on the page "rosa".
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "plugin/ports/storage/turn_repository.hpp"
#include "plugin/services/teams/meeting_handover.hpp"
#include "plugin/services/teams/team_pages.hpp"
#include "tests/booking/calendars/host_calendars.hpp"

namespace scheduling::test {

struct TeamWorld : testing::Test {
  BookingWorld world;

  UserId rosa() const { return world.rep().id; }
  UserId add_member(const std::string& name, const AvailabilityPatch& hours = new_york_office_hours()) {
    const Actor actor{UserId{world.add_user(name + "@example.test", name).value}, false, "America/New_York"};
    EXPECT_TRUE(world.wiring().availability.save(actor, hours));
    return actor.id;
  }
  void make_team(const std::string& assignment, const PageMembers& members) {
    PagePatch patch;
    patch.assignment = assignment;
    patch.members = members;
    const auto page = world.wiring().scheduling.update_page(world.rep(), world.page_id(), patch);
    ASSERT_TRUE(page) << page.error().detail;
  }
  BookingResult try_book(Wiring& wiring, const std::string& start, const std::string& email) {
    return wiring.booking.book(BookingWorld::request(start, email));
  }
  Meeting book(const std::string& start, const std::string& email = "ada@prospect.test") {
    BookingResult result = try_book(world.wiring(), start, email);
    if (!result.booking) throw std::runtime_error(start + ": " + result.refusal.detail);
    return result.booking->details.meeting;
  }
  Code refused(const std::string& start) {
    const BookingResult result = try_book(world.wiring(), start, "bob@prospect.test");
    return result.booking ? Code::broken : result.refusal.code;
  }
  AssignmentRecord assignment_of(MeetingId meeting) {
    auto records = world.wiring().transactions.reading([&](Transaction& transaction) {
      return transaction.turns().assignments({&meeting, 1});
    });
    return records.value().front().value();
  }
  std::vector<MemberInTurn> turn() { return TeamPages(world.parts()).turn(world.rep(), world.page_id()).value(); }
  double balance(UserId user) {
    for (const MemberInTurn& one : turn())
      if (one.turn.user == user) return one.turn.balance();
    throw std::runtime_error("no such member");
  }
  MeetingHandover handover() { return MeetingHandover(world.parts()); }
  Actor admin() { return {rosa(), true, "America/New_York"}; }
};

/// Of a considered user: "chosen turn 0.5".
inline std::string considered_text(const AssignmentRecord& record, UserId user) {
  for (const Considered& each : record.considered) {
    if (each.user != user) continue;
    std::string text = std::string(name_of(each.outcome)) + " " + each.reason;
    if (each.balance) text += " " + std::to_string(*each.balance).substr(0, *each.balance < 0 ? 5 : 4);
    return text;
  }
  return "not considered";
}

}  // namespace scheduling::test
