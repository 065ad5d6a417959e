#include "plugin/failure/sdk_failure.hpp"

#include <gtest/gtest.h>

#include "plugin/adapters/postgres/pg_session.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::Failure;
using crm::sdk::FailureKind;

struct Row {
  FailureKind kind;
  Code of_database;
  Fault whose;
  Code of_provider;
};

constexpr Row k_rows[] = {
    {FailureKind::invalid, Code::invalid_input, Fault::caller, Code::invalid_input},
    {FailureKind::vetoed, Code::invalid_input, Fault::caller, Code::invalid_input},
    {FailureKind::not_found, Code::not_found, Fault::caller, Code::not_found},
    {FailureKind::conflict, Code::conflict, Fault::caller, Code::conflict},
    {FailureKind::retry, Code::database_unavailable, Fault::ours, Code::provider_unavailable},
    {FailureKind::unavailable, Code::database_unavailable, Fault::ours, Code::provider_unavailable},
    {FailureKind::broken, Code::broken, Fault::ours, Code::broken},
};

TEST(SdkFailure, HasOneErrorForEachKind) {
  for (const Row& row : k_rows) {
    const Error error = to_error(Failure{row.kind, "message", {}, {}, {}});
    EXPECT_EQ(error.code, row.of_database) << static_cast<int>(row.kind);
    EXPECT_EQ(error.fault, row.whose) << static_cast<int>(row.kind);
    EXPECT_EQ(to_error(Failure{row.kind, "message", {}, {}, {}}, Peer::provider).code, row.of_provider);
  }
  EXPECT_EQ(to_error(Failure{FailureKind::unavailable, "", {}, {}, {}}, Peer::provider).fault, Fault::provider);
}

TEST(SdkFailure, KeepsWhatTheCallerMayRead) {
  const Error invalid = to_error(Failure{FailureKind::invalid, "Too long.", {}, {}, "data.name"});
  EXPECT_EQ(invalid.fields, (std::vector<FieldError>{{"data.name", "invalid", "Too long."}}));
  const Error vetoed = to_error(Failure{FailureKind::vetoed, "Not this name.", {}, {}, "data.name"});
  EXPECT_EQ(vetoed.fields, (std::vector<FieldError>{{"data.name", "vetoed", "Not this name."}}));
}

TEST(SdkFailure, KeepsWhatTheLogNeeds) {
  EXPECT_EQ(to_error(Failure{FailureKind::not_found, "no such user", {}, {}, {}}).detail, "no such user");
  EXPECT_EQ(to_error(Failure{FailureKind::unavailable, "no connection", {}, {}, {}}).detail, "no connection");
  EXPECT_EQ(to_error(Failure{FailureKind::conflict, "duplicate", "23505", "a_key", {}}).detail, "a_key");
  EXPECT_EQ(to_error(Failure{FailureKind::broken, "no such column", "42703", {}, {}}).detail, "42703 no such column");
  EXPECT_EQ(to_error(Failure{FailureKind::broken, "out of memory", {}, {}, {}}).detail, "out of memory");
}

TEST(SdkFailure, TellsTheCrmWhatWillPass) {
  EXPECT_EQ(to_failure(make_error(Code::database_unavailable, "gone")).kind, FailureKind::unavailable);
  EXPECT_EQ(to_failure(make_error(Code::provider_unavailable, "gone")).kind, FailureKind::unavailable);
  EXPECT_EQ(to_failure(make_error(Code::broken, "a bug")).kind, FailureKind::broken);
  EXPECT_EQ(to_failure(make_error(Code::conflict)).kind, FailureKind::broken);
  EXPECT_EQ(to_failure(make_error(Code::broken, "a bug")).message, "a bug");
  EXPECT_EQ(to_failure(make_error(Code::conflict)).message, "conflict") << "never without a word";
}

TEST(DatabaseError, KnowsTheConstraintsOfItsTables) {
  const auto of = [](const char* constraint) {
    return database_error(Failure{FailureKind::conflict, "refused", "23P01", constraint, {}});
  };
  EXPECT_EQ(of("meeting_hosts_no_overlap").code, Code::slot_taken);
  EXPECT_EQ(of("booking_keys_pkey").code, Code::conflict);
  EXPECT_EQ(of("booking_keys_pkey").fields.at(0).field, "idempotency_key");
  EXPECT_EQ(of("another_key").code, Code::conflict);
  EXPECT_TRUE(of("another_key").fields.empty());
  for (const Row& row : k_rows) {
    if (row.kind == FailureKind::conflict) continue;
    EXPECT_EQ(database_error(Failure{row.kind, "message", {}, {}, {}}).code, row.of_database);
  }
}

}  // namespace
}  // namespace scheduling::test
