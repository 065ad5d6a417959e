#include <gtest/gtest.h>

#include <limits>

#include "tests/integration/pg_fixture.hpp"

namespace crm::test {
namespace {

using sdk::FailureKind;
using sdk::Param;
using sdk::RowReader;
using sdk::Statement;

constexpr Statement k_make_things{
    "things.make", "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE CHECK (name <> 'bad'), body BYTEA)"};
constexpr Statement k_add{"things.add", "INSERT INTO things (id, name) VALUES ($1, $2)"};
constexpr Statement k_count{"things.count", "SELECT count(*) FROM things"};
constexpr Statement k_one{"one", "SELECT 1"};
constexpr Statement k_divide{"divide", "SELECT 1 / $1::int"};

class Pipeline : public ::testing::Test {
 protected:
  Pipeline() {
    session_ = std::move(*db_.database().acquire());
    if (!session_->run(k_make_things)) throw std::runtime_error("no table");
  }
  std::int64_t count() {
    auto rows = session_->run(k_count);
    return rows ? RowReader(**rows, 0).next<std::int64_t>() : -1;
  }
  TestDatabase db_;
  std::unique_ptr<sdk::Session> session_;
};

TEST_F(Pipeline, CarriesEveryKindOfValueThereAndBack) {
  using namespace std::chrono_literals;
  const std::string bytes("\0\x01'\\\xff", 5);
  const sdk::Micros instant = std::chrono::sys_days{std::chrono::year{2025} / 3 / 9} + 5h + 123456us;
  const auto rows = session_->run(
      {"kinds", "SELECT $1::int, $2::bigint, $3::float8, $4::text, $5::bytea, $6::timestamptz, $7::bool, $8::text"},
      {-7, std::numeric_limits<std::int64_t>::min(), 0.1, "Zoë \"'\\", Param::bytes(bytes), instant, true, nullptr});
  ASSERT_TRUE(rows) << rows.error().message;
  RowReader row(**rows, 0);
  EXPECT_EQ(row.next<int>(), -7);
  EXPECT_EQ(row.next<std::int64_t>(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(row.next<double>(), 0.1);
  EXPECT_EQ(row.next<std::string>(), "Zoë \"'\\");
  EXPECT_EQ(row.next_bytes(), bytes);
  EXPECT_EQ(row.next<sdk::Micros>(), instant);
  EXPECT_TRUE(row.next<bool>());
  EXPECT_FALSE(row.next_or_null<std::string>());
}

TEST_F(Pipeline, RowsOutliveTheirSession) {
  auto rows = session_->run({"words", "SELECT 'still here'"});
  session_.reset();
  ASSERT_TRUE(rows);
  EXPECT_EQ((*rows)->text(0, 0), "still here");
}

TEST_F(Pipeline, TellsWhichConstraintRefused) {
  ASSERT_TRUE(session_->run(k_add, {1, "a"}));
  const auto twice = session_->run(k_add, {2, "a"});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().kind, FailureKind::conflict);
  EXPECT_EQ(twice.error().sqlstate, "23505");
  EXPECT_EQ(twice.error().constraint, "things_name_key");
  EXPECT_EQ(twice.error().message.find("(a)"), std::string::npos) << "values belong in no log";
  EXPECT_EQ(session_->run(k_add, {2, "bad"}).error().constraint, "things_name_check");
}

TEST_F(Pipeline, RefusesTextThatPostgresWouldCutOrReject) {
  EXPECT_EQ(session_->run(k_add, {1, std::string_view("a\0b", 3)}).error().kind, FailureKind::invalid);
  for (const char* broken : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"})
    EXPECT_EQ(session_->run(k_add, {1, broken}).error().kind, FailureKind::invalid) << broken;
  EXPECT_EQ(count(), 0);
}

TEST_F(Pipeline, CallersValuesAreInvalidAndOurSqlIsBroken) {
  EXPECT_EQ(session_->run(k_add, {"no number", "x"}).error().kind, FailureKind::invalid);
  EXPECT_EQ(session_->run(k_add, {std::int64_t{1} << 40, "x"}).error().kind, FailureKind::invalid);
  EXPECT_EQ(session_->run({"nonsense", "SELEC 1"}).error().kind, FailureKind::broken);
  EXPECT_EQ(session_->run(k_divide, {0}).error().sqlstate, "22012");
}

TEST_F(Pipeline, GivesEachTicketItsOwnRowsInAnyOrder) {
  const auto first = session_->post({"t1", "SELECT 'first'"}, {});
  const auto second = session_->post({"t2", "SELECT 'second'"}, {});
  const auto again = session_->post({"t1", "SELECT 'first'"}, {});
  EXPECT_EQ((*session_->collect(second))->text(0, 0), "second");
  EXPECT_EQ((*session_->collect(again))->text(0, 0), "first");
  EXPECT_EQ((*session_->collect(first))->text(0, 0), "first");
  EXPECT_EQ(session_->collect(first).error().kind, FailureKind::broken);
}

TEST_F(Pipeline, ParametersMayGoBeforeTheAnswerIsRead) {
  sdk::Ticket ticket;
  {
    std::string gone(100, 'x');
    ticket = session_->post({"echo", "SELECT $1::text"}, {gone});
    gone.assign(100, 'y');
  }
  EXPECT_EQ((*session_->collect(ticket))->text(0, 0), std::string(100, 'x'));
}

TEST_F(Pipeline, NothingBehindAFailureIsExecuted) {
  ASSERT_TRUE(session_->begin());
  session_->post(k_divide, {0});
  const auto behind = session_->run(k_add, {1, "a"});
  ASSERT_FALSE(behind);
  EXPECT_EQ(behind.error().sqlstate, "22012") << "the first failure speaks";
  const auto committed = session_->commit();
  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().sqlstate, "22012");
  EXPECT_FALSE(session_->in_transaction());
  EXPECT_EQ(count(), 0);
}

TEST_F(Pipeline, OutsideATransactionAQueueSucceedsOrFailsTogether) {
  const auto good = session_->post(k_add, {1, "a"});
  const auto bad = session_->post(k_divide, {0});
  EXPECT_EQ(session_->collect(good).error().sqlstate, "22012");
  EXPECT_EQ(session_->collect(bad).error().sqlstate, "22012");
  EXPECT_EQ(count(), 0);
}

TEST_F(Pipeline, WhatNobodyCollectedSurfacesAtCommit) {
  ASSERT_TRUE(session_->begin());
  session_->post(k_add, {1, "a"});
  session_->post(k_add, {1, "b"});
  const auto committed = session_->commit();
  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().constraint, "things_pkey");
  EXPECT_EQ(count(), 0);
}

TEST_F(Pipeline, WhatNobodyCollectedSurfacesAtTheNextRunOnce) {
  const auto first = session_->post(k_one, {});
  session_->post(k_divide, {0});
  EXPECT_FALSE(session_->collect(first)) << "rolled back together";
  EXPECT_TRUE(session_->run(k_one));
}

TEST_F(Pipeline, ResultsMayBeCollectedAfterCommit) {
  ASSERT_TRUE(session_->begin());
  const auto ticket =
      session_->post({"add.returning", "INSERT INTO things (id, name) VALUES (5, 'e') RETURNING id"}, {});
  ASSERT_TRUE(session_->commit());
  const auto rows = session_->collect(ticket);
  ASSERT_TRUE(rows);
  EXPECT_EQ((*rows)->text(0, 0), "5");
}

TEST_F(Pipeline, BeginDoesNotAdoptWhatWasQueuedBefore) {
  session_->post(k_add, {1, "a"});
  ASSERT_TRUE(session_->begin());
  ASSERT_TRUE(session_->run(k_add, {2, "b"}));
  session_->rollback();
  EXPECT_EQ(count(), 1);
}

TEST_F(Pipeline, AnInvalidValueAbortsTheTransactionLikeAnyFailure) {
  ASSERT_TRUE(session_->begin());
  ASSERT_TRUE(session_->run(k_add, {1, "a"}));
  EXPECT_FALSE(session_->run(k_add, {2, "\xff"}));
  EXPECT_FALSE(session_->run(k_one));
  EXPECT_EQ(session_->commit().error().kind, FailureKind::invalid);
  EXPECT_EQ(count(), 0);
}

TEST_F(Pipeline, CommitNoticesThatTheTransactionWasAborted) {
  ASSERT_TRUE(session_->begin());
  EXPECT_EQ(session_->run(k_divide, {0}).error().sqlstate, "22012");
  EXPECT_EQ(session_->commit().error().sqlstate, "22012");
  EXPECT_TRUE(session_->run(k_one));
}

TEST_F(Pipeline, DeferredConstraintsFailTheCommitWithTheirName) {
  ASSERT_TRUE(
      session_->run({"deferred", "CREATE TABLE d (a INT CONSTRAINT d_a UNIQUE DEFERRABLE INITIALLY DEFERRED)"}));
  ASSERT_TRUE(session_->begin());
  ASSERT_TRUE(session_->run({"deferred.add", "INSERT INTO d VALUES (1), (1)"}));
  const auto committed = session_->commit();
  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().kind, FailureKind::conflict);
  EXPECT_EQ(committed.error().constraint, "d_a");
  const auto at_once = session_->run({"deferred.add", "INSERT INTO d VALUES (1), (1)"});
  ASSERT_FALSE(at_once) << "the end of an implicit transaction fails too";
  EXPECT_EQ(at_once.error().constraint, "d_a");
  EXPECT_TRUE(session_->run(k_one));
}

TEST_F(Pipeline, ASavepointKeepsWhatWasBefore) {
  ASSERT_TRUE(session_->begin());
  session_->post(k_add, {1, "a"});
  ASSERT_TRUE(session_->savepoint("hook"));
  session_->post(k_add, {1, "twice"});
  const auto released = session_->release("hook");
  ASSERT_FALSE(released) << "a failure nobody collected surfaces at release";
  ASSERT_TRUE(session_->rollback_to("hook"));
  ASSERT_TRUE(session_->release("hook"));
  ASSERT_TRUE(session_->run(k_add, {2, "b"}));
  ASSERT_TRUE(session_->commit());
  EXPECT_EQ(count(), 2);
  EXPECT_EQ(session_->savepoint("x; DROP TABLE things").error().kind, FailureKind::invalid);
}

TEST_F(Pipeline, AFailedPrepareIsForgotten) {
  constexpr Statement later{"later.count", "SELECT count(*) FROM later"};
  EXPECT_EQ(session_->run(later).error().sqlstate, "42P01");
  ASSERT_TRUE(session_->begin());
  session_->post(k_divide, {0});
  session_->post({"fresh", "SELECT 'fresh'"}, {});  // its prepare is aborted with the pipeline
  session_->rollback();
  ASSERT_TRUE(session_->run({"make.later", "CREATE TABLE later (a INT)"}));
  EXPECT_TRUE(session_->run(later));
  EXPECT_TRUE(session_->run({"fresh", "SELECT 'fresh'"}));
}

TEST_F(Pipeline, AChangedTableAsksForRetryAndThenWorks) {
  constexpr Statement all{"things.all", "SELECT * FROM things"};
  ASSERT_TRUE(session_->run(all));
  db_.sql("ALTER TABLE things ADD extra INT; SELECT 1");
  const auto stale = session_->run(all);
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().kind, FailureKind::retry);
  const auto fresh = session_->run(all);
  ASSERT_TRUE(fresh) << fresh.error().message;
  EXPECT_EQ((*fresh)->columns(), 4u);
}

TEST_F(Pipeline, OneNameWithAnotherTextIsPreparedAnew) {
  EXPECT_EQ((*session_->run({"same", "SELECT 'old'"}))->text(0, 0), "old");
  EXPECT_EQ((*session_->run({"same", "SELECT 'new'"}))->text(0, 0), "new");
}

TEST_F(Pipeline, CountsWhatItChanged) {
  ASSERT_TRUE(session_->run(k_add, {1, "a"}));
  ASSERT_TRUE(session_->run(k_add, {2, "b"}));
  EXPECT_EQ((*session_->run({"clear", "DELETE FROM things"}))->affected(), 2u);
}

TEST_F(Pipeline, LongQueuesDoNotBlock) {
  const std::string large(100 * 1024, 'x');
  ASSERT_TRUE(session_->begin());
  std::vector<sdk::Ticket> tickets;
  for (int i = 0; i < 200; ++i) tickets.push_back(session_->post({"large", "SELECT $1::text || 'y'"}, {large}));
  for (const sdk::Ticket ticket : tickets) {
    auto rows = session_->collect(ticket);
    ASSERT_TRUE(rows);
    EXPECT_EQ((*rows)->text(0, 0).size(), large.size() + 1);
  }
  EXPECT_TRUE(session_->commit());
}

}  // namespace
}  // namespace crm::test
