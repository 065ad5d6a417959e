// EVIDENCE: B-11.1
#include "plugin/core/outbox/retry_policy.hpp"

#include <gtest/gtest.h>

#include <set>

namespace scheduling {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

TEST(WaitBeforeRetry, DoublesFromAMinuteToFourHours) {
  for (int attempt = 1; attempt < k_mail_retry.attempts_max; ++attempt) {
    const seconds full = std::min(seconds{60} * (std::int64_t{1} << std::min(attempt - 1, 20)), k_mail_retry.wait_max);
    const auto wait = wait_before_retry(k_mail_retry, attempt, 0);
    ASSERT_TRUE(wait);
    EXPECT_EQ(*wait, full) << attempt;
  }
}

TEST(WaitBeforeRetry, SpreadsByUpToAFifthAndNeverLonger) {
  std::set<seconds> waits;
  for (std::uint64_t id = 1; id <= 1000; ++id) {
    const seconds wait = *wait_before_retry(k_mail_retry, 20, id);
    EXPECT_LE(wait, k_mail_retry.wait_max);
    EXPECT_GE(wait, k_mail_retry.wait_max * 4 / 5);
    waits.insert(wait);
  }
  EXPECT_GT(waits.size(), 300u) << "neighbours do not come back together";
}

TEST(WaitBeforeRetry, GivesUpAfterAboutThreeDays) {
  seconds longest{0};
  seconds shortest{0};
  for (int attempt = 1; attempt < k_mail_retry.attempts_max; ++attempt) {
    longest += *wait_before_retry(k_mail_retry, attempt, 0);
    shortest += *wait_before_retry(k_mail_retry, attempt, 0) * 4 / 5;
  }
  EXPECT_GE(longest, hours{60});
  EXPECT_LE(longest, hours{80});
  EXPECT_GE(shortest, hours{50});
  EXPECT_FALSE(wait_before_retry(k_mail_retry, k_mail_retry.attempts_max, 7));
  EXPECT_FALSE(wait_before_retry(k_mail_retry, k_mail_retry.attempts_max + 1, 7));
}

TEST(WaitBeforeRetry, FollowsThePolicyOfItsKind) {
  constexpr RetryPolicy hasty{seconds{2}, seconds{10}, 5};
  const auto waits = {2, 4, 8, 10};
  int attempt = 0;
  for (const int wait : waits) EXPECT_EQ(wait_before_retry(hasty, ++attempt, 0), seconds{wait}) << attempt;
  EXPECT_FALSE(wait_before_retry(hasty, 5, 0));
}

}  // namespace
}  // namespace scheduling
