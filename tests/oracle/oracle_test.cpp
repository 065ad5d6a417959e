#include "tests/oracle/oracle.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/oracle/seeds.hpp"

namespace scheduling::testing {
namespace {

std::string written(const std::vector<oracle::Minute>& minutes) {
  std::string text;
  for (const oracle::Minute minute : minutes) text += " " + format_instant(instant_of(minute));
  return text;
}

// EVIDENCE: B-1.3, B-2.1, B-2.2, B-2.3, B-2.4, B-3.1, B-3.2, B-3.4, B-4.1, B-4.3, B-4.4, B-5.1, B-5.2, B-6.1
TEST(Oracle, ListsWhatTheSlowWayLists) {
  std::size_t slots = 0;
  unsigned with_slots = 0;
  unsigned cases = 0;
  play_cases(1, [&](const RandomCase& c) -> std::string {
    const auto found = listed_minutes(c.context, c.window());
    const auto wanted = oracle::Answers{c.question, c.from, c.until}.starts();
    ++cases;
    slots += wanted.size();
    with_slots += !wanted.empty();
    if (found == wanted) return {};
    return "the plugin lists" + written(found) + "\nthe oracle lists" + written(wanted);
  });
  std::cout << slots << " slots in " << with_slots << " of " << cases << " cases\n";
  // Random schedules that offer nothing would agree too easily.
  if (plays_many()) {
    EXPECT_GT(with_slots, cases / 4);
    EXPECT_GT(slots, cases * 10u);
  }
}

/// Some of what only busy time and limits can refuse, and some minutes of any kind.
std::vector<oracle::Minute> minutes_to_judge(const RandomCase& c, const oracle::Answers& answers) {
  std::vector<oracle::Minute> minutes;
  const auto candidates = answers.candidates();
  for (std::size_t i = 0; i < candidates.size(); i += candidates.size() / 12 + 1) minutes.push_back(candidates[i]);
  const oracle::Minute step = (c.until - c.from) / 10 + 1;
  for (oracle::Minute minute = c.from; minute < c.until; minute += step) minutes.push_back(minute);
  return minutes;
}

std::string judged(const SlotContext& context, oracle::Minute minute) {
  const auto refusal = check_slot(context, instant_of(minute));
  return refusal ? std::string(name_of(*refusal)) : "offered";
}

// EVIDENCE: B-12.1, B-3.1, B-3.3
TEST(Oracle, NamesTheSameRuleFirst) {
  std::map<std::string, unsigned> seen;
  play_cases(1, [&](const RandomCase& c) -> std::string {
    const SlotContext context = c.context;
    const oracle::Answers answers{c.question, c.from, c.until};
    for (const oracle::Minute minute : minutes_to_judge(c, answers)) {
      const std::string found = judged(context, minute);
      const std::string wanted(answers.verdict(minute));
      ++seen[wanted];
      if (found != wanted)
        return format_instant(instant_of(minute)) + " is " + found + " to the plugin, " + wanted + " to the oracle";
    }
    return {};
  });
  for (const auto& [name, count] : seen) std::cout << name << " " << count << "  ";
  std::cout << "\n";
  if (!plays_many()) return;
  EXPECT_EQ(seen.size(), 14u) << "every rule and 'offered'";
  for (const auto& [name, count] : seen) EXPECT_GE(count, 50u) << name;
}

}  // namespace
}  // namespace scheduling::testing
