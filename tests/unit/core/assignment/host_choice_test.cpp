#include "plugin/core/assignment/host_choice.hpp"

#include <gtest/gtest.h>

#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

constexpr UserId k_rosa{1};
constexpr UserId k_ron{2};
const PageMembers k_team{{k_rosa}, {k_ron}};
const std::vector<TurnStanding> k_level_team{{k_rosa, 0, 0}, {k_ron, 0, 0}};

/// Rosa is there from nine, Ron from eleven.
std::vector<SlotContext> contexts() {
  return {context_in("UTC", {hours("09:00", "15:00")}), context_in("UTC", {hours("11:00", "17:00")})};
}
HostChoice chosen(const char* start, const PreferredOwner& first) {
  return choose_in_turn(k_team, contexts(), k_level_team, at(start), Credits::given, first);
}
std::string text_of(const HostChoice& choice) {
  std::string text;
  for (const Considered& each : choice.record.considered)
    text += std::string(text.empty() ? "" : ", ") + std::string(name_of(each.outcome)) + " " + each.reason;
  return text;
}

// EVIDENCE: B-10.3
TEST(HostChoice, AnInvitationIsForTheOwnerAlone) {
  const HostChoice both = chosen("2025-01-15T12:00:00Z", {k_ron, false, true, true});
  EXPECT_EQ(both.hosts, std::vector<UserId>{k_ron});
  EXPECT_EQ(both.record.reason, AssignmentReason::invited);
  EXPECT_EQ(text_of(both), "skipped not_owner, chosen invited");
  EXPECT_TRUE(both.turn.empty());
  const HostChoice others = chosen("2025-01-15T09:00:00Z", {k_ron, false, true, true});
  EXPECT_TRUE(others.hosts.empty());
  EXPECT_EQ(others.refusal, Code::owner_only);
  EXPECT_EQ(text_of(others), "skipped not_owner, skipped outside_hours");
  EXPECT_EQ(chosen("2025-01-15T20:00:00Z", {k_ron, false, true, true}).refusal, Code::outside_rules) << "nobody can";
}

TEST(HostChoice, AnInvitationThatDoesNotWaitPrefersTheOwner) {
  const HostChoice both = chosen("2025-01-15T12:00:00Z", {k_ron, false, true, false});
  EXPECT_EQ(text_of(both), "passed_over invited, chosen invited");
  EXPECT_TRUE(both.turn.empty());
  const HostChoice others = chosen("2025-01-15T09:00:00Z", {k_ron, false, true, false});
  EXPECT_EQ(others.hosts, std::vector<UserId>{k_rosa});
  EXPECT_EQ(others.record.reason, AssignmentReason::turn);
  EXPECT_EQ(others.turn.size(), 1U);
}

TEST(HostChoice, WherePagesCountTheOwnersBookingsTheyCreditEverybodyWhoWasFree) {
  const HostChoice counted = chosen("2025-01-15T12:00:00Z", {k_ron, true, true, true});
  EXPECT_EQ(text_of(counted), "passed_over invited, chosen invited");
  ASSERT_EQ(counted.turn.size(), 2U);
  EXPECT_DOUBLE_EQ(counted.turn[0].credit, 0.5);
  EXPECT_FALSE(counted.turn[0].is_paid);
  EXPECT_TRUE(counted.turn[1].is_paid);
}

}  // namespace
}  // namespace scheduling::testing
