// How often a unit of work is attempted, and how long the waits between the attempts are.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "plugin/adapters/postgres/pg_transactions.hpp"
#include "tests/unit/postgres/scripted_database.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::FailureKind;
using std::chrono::milliseconds;

struct Attempts : ::testing::Test {
  ScriptedDatabase database;
  std::vector<milliseconds> pauses;
  PgTransactions transactions{database, {}, [this](milliseconds pause) {
                                EXPECT_EQ(database.open, 0) << "nobody waits with a connection in hand";
                                pauses.push_back(pause);
                              }};
  int runs = 0;

  /// Work that fails with `code` the first `failures` times.
  auto failing(int failures, Code code = Code::database_unavailable) {
    return [this, failures, code](Transaction&) -> Result<int> {
      if (++runs <= failures) return fail(code, "scripted");
      return runs;
    };
  }
};

TEST_F(Attempts, GoOnUntilOneSucceeds) {
  EXPECT_EQ(transactions.in_transaction(failing(3)), 4);
  EXPECT_EQ(database.acquired, 4) << "each attempt has a connection of its own";
  EXPECT_EQ(database.rollbacks, 3);
  EXPECT_EQ(database.commits, 1);
  EXPECT_EQ(transactions.writes(), 1);
}

TEST_F(Attempts, WaitLongerEachTime) {
  const auto done = transactions.in_transaction(failing(99));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::database_unavailable);
  EXPECT_EQ(runs, 5);
  ASSERT_EQ(pauses.size(), 4U);
  for (std::size_t i = 0; i < pauses.size(); ++i) {
    const milliseconds base{10 << i};
    EXPECT_GE(pauses[i], base);
    EXPECT_LT(pauses[i], base * 2);
  }
  EXPECT_EQ(transactions.writes(), 0);
}

TEST_F(Attempts, WhatOthersWaitForIsAskedOnceAndNotForLong) {
  const auto done = transactions.asking(failing(1));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::database_unavailable);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(database.limit, milliseconds{2000});
  EXPECT_EQ(transactions.asking(failing(0)), 2);
  database.limit.reset();
  EXPECT_TRUE(transactions.reading(failing(0)));
  EXPECT_FALSE(database.limit) << "reading takes its time";
}

TEST_F(Attempts, WaitByChance) {
  std::vector<milliseconds> lasts;
  for (int i = 0; i < 20; ++i) {
    pauses.clear();
    runs = 0;
    EXPECT_FALSE(transactions.in_transaction(failing(99)));
    lasts.push_back(pauses.back());
  }
  EXPECT_TRUE(std::ranges::any_of(lasts, [&](milliseconds each) { return each != lasts.front(); }));
}

TEST_F(Attempts, AreOneForWhatWillNotPass) {
  for (const Code code : {Code::slot_taken, Code::conflict, Code::broken, Code::provider_unavailable}) {
    runs = 0;
    EXPECT_EQ(transactions.in_transaction(failing(99, code)).error().code, code);
    EXPECT_EQ(runs, 1) << name_of(code);
  }
  EXPECT_TRUE(pauses.empty());
}

TEST_F(Attempts, AreOneForWorkWithAnEffectOutside) {
  EXPECT_FALSE(transactions.once(failing(99)));
  EXPECT_EQ(runs, 1);
}

TEST_F(Attempts, RepeatReadsWithoutATransaction) {
  EXPECT_EQ(transactions.reading(failing(2)), 3);
  EXPECT_EQ(database.commits + database.rollbacks, 0);
  EXPECT_EQ(pauses.size(), 2U);
  EXPECT_EQ(transactions.writes(), 0);
}

TEST_F(Attempts, DoNotWaitTwiceForThePool) {
  database.acquiring = FailureKind::unavailable;
  EXPECT_EQ(transactions.in_transaction(failing(0)).error().code, Code::database_unavailable);
  EXPECT_EQ(database.acquired, 1);
}

TEST_F(Attempts, RepeatACommitOnlyWhenNothingWasKept) {
  database.committing = FailureKind::retry;
  EXPECT_EQ(transactions.in_transaction(failing(0)).error().code, Code::database_unavailable);
  EXPECT_EQ(runs, 5);
  runs = 0;
  const std::uint64_t before = transactions.writes();
  database.committing = FailureKind::unavailable;
  EXPECT_EQ(transactions.in_transaction(failing(0)).error().code, Code::database_unavailable);
  EXPECT_EQ(runs, 1) << "the outcome is unknown";
  EXPECT_EQ(transactions.writes(), before + 1) << "it may have been kept";
}

}  // namespace
}  // namespace scheduling::test
