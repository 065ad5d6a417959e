#include "plugin/core/assignment/turn.hpp"

#include <gtest/gtest.h>

#include <map>

namespace scheduling {
namespace {

TurnChoice chosen(const std::vector<TurnCandidate>& candidates) {
  return choose_by_turn(candidates, Credits::given);
}

TEST(Turn, CreditsByWeightAndTakesTheGreatestBalance) {
  const TurnChoice choice = chosen({{UserId{1}, 1, 0, 0.1, 0}, {UserId{2}, 3, 0, -0.5, 0}});
  EXPECT_EQ(choice.chosen, 0U);
  EXPECT_DOUBLE_EQ(choice.results[0].credit, 0.25);
  EXPECT_DOUBLE_EQ(choice.results[0].balance, 0.35);
  EXPECT_DOUBLE_EQ(choice.results[1].balance, 0.25);
  EXPECT_EQ(choice.results[0].reason, AssignmentReason::turn);
  EXPECT_EQ(choice.results[1].reason, AssignmentReason::turn);
}

TEST(Turn, NamesTheFirstCriterionThatLeavesOne) {
  EXPECT_EQ(chosen({{UserId{7}, 5, 0, -9, 3}}).results[0].reason, AssignmentReason::turn) << "a lone candidate";
  const TurnChoice priority = chosen({{UserId{1}, 1, 0, 0, 0}, {UserId{2}, 1, 1, 0, 9}});
  EXPECT_EQ(priority.chosen, 1U);
  EXPECT_EQ(priority.results[1].reason, AssignmentReason::priority);
  const TurnChoice waited = chosen({{UserId{1}, 1, 0, 0, 8}, {UserId{2}, 1, 0, 0, 3}});
  EXPECT_EQ(waited.chosen, 1U);
  EXPECT_EQ(waited.results[1].reason, AssignmentReason::least_recent);
  const TurnChoice lowest = chosen({{UserId{4}, 1, 0, 0, 0}, {UserId{2}, 1, 0, 0, 0}});
  EXPECT_EQ(lowest.chosen, 1U);
  EXPECT_EQ(lowest.results[1].reason, AssignmentReason::lowest_id);
}

TEST(Turn, TakesSumsOfFractionsAsLevel) {
  double third = 0;
  for (int i = 0; i < 3; ++i) third += 1.0 / 3;
  const TurnChoice choice = chosen({{UserId{1}, 1, 0, 1 - third, 0}, {UserId{2}, 1, 1, 1e-12, 0}});
  EXPECT_EQ(choice.chosen, 1U) << "priority decides";
}

TEST(Turn, SharesByWeightWhateverTheOrder) {
  std::vector<TurnCandidate> team{{UserId{1}, 5, 0, 0, 0}, {UserId{2}, 2, 0, 0, 0}, {UserId{3}, 1, 0, 0, 0}};
  std::map<std::int64_t, int> meetings;
  for (int i = 1; i <= 800; ++i) {
    const TurnChoice choice = chosen(team);
    for (std::size_t each = 0; each < team.size(); ++each) team[each].balance = choice.results[each].balance;
    team[choice.chosen].balance -= 1;
    team[choice.chosen].last_assigned = i;
    ++meetings[team[choice.chosen].user.value];
  }
  EXPECT_EQ(meetings[1], 500);
  EXPECT_EQ(meetings[2], 200);
  EXPECT_EQ(meetings[3], 100);
}

TEST(Turn, GivesNobodyAnythingWhereAPaymentMoves) {
  const TurnChoice choice =
      choose_by_turn(std::vector<TurnCandidate>{{UserId{1}, 1, 0, 0.2, 0}, {UserId{2}, 1, 0, 0.3, 0}}, Credits::none);
  EXPECT_EQ(choice.chosen, 1U);
  EXPECT_DOUBLE_EQ(choice.results[1].balance, 0.3);
}

}  // namespace
}  // namespace scheduling
