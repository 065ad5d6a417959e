#pragma once
/// What PostgreSQL's errors mean to a caller.
#include <libpq-fe.h>

#include <memory>
#include <string_view>

#include "crm/sdk/outcome.hpp"

namespace crm::app {

struct ResultCloser {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultCloser>;

sdk::FailureKind kind_of(std::string_view sqlstate);

/// Only the primary message: the detail line would carry people's values into the log.
sdk::Failure failure_of(const PGresult* result, std::string_view statement);
/// A connection that could not be made or was lost: always `unavailable`.
sdk::Failure connection_failure(const PGconn* connection);

/// A prepared statement is gone or its plan no longer fits the tables: prepare again.
bool is_stale_plan(const PGresult* result);

}  // namespace crm::app
