#pragma once
/// A borrowed session with its failures turned into Errors, and a memory of whether the transaction may
/// be tried again.
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/database.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"

namespace scheduling {

/// The core's ids as parameters; zero is NULL.
template <class Tag>
crm::sdk::Param id_param(Id<Tag> id) {
  return id ? crm::sdk::Param(id.value) : crm::sdk::Param(nullptr);
}
template <class Tag>
crm::sdk::Param id_param(const std::optional<Id<Tag>>& id) {
  return id ? id_param(*id) : crm::sdk::Param(nullptr);
}

/// The common table, except that a violated constraint of ours becomes `slot_taken` or names a field; `detail` is the
/// constraint's name.
Error database_error(const crm::sdk::Failure& failure);

class PgSession {
 public:
  using Params = std::initializer_list<crm::sdk::Param>;

  explicit PgSession(crm::sdk::Session& session) : session_(session) {}

  Result<crm::sdk::RowsPtr> run(const crm::sdk::Statement& statement, Params params);
  Done execute(const crm::sdk::Statement& statement, Params params);
  /// The ticket of the same question that was asked ahead, if there is one.
  crm::sdk::Ticket post(const crm::sdk::Statement& statement, Params params);
  Result<crm::sdk::RowsPtr> collect(crm::sdk::Ticket ticket);
  /// Sends a question that post() or run() will ask with the same parameters in this transaction; that call then gets
  /// its answer. It is as old as this call, so what is asked ahead must not be written in between.
  void ask_ahead(const crm::sdk::Statement& statement, Params params);

  /// Maps every row with `read(RowReader&) -> Result<T>`.
  template <class T, class Read>
  Result<std::vector<T>> all(Result<crm::sdk::RowsPtr> rows, Read&& read);
  /// The first row, if any.
  template <class T, class Read>
  Result<std::optional<T>> one(Result<crm::sdk::RowsPtr> rows, Read&& read);

  crm::sdk::Session& raw() { return session_; }
  bool may_retry() const { return may_retry_; }
  void note(const crm::sdk::Failure& failure) {
    if (failure.kind == crm::sdk::FailureKind::retry) may_retry_ = true;
  }

 private:
  struct Asked {
    std::string_view statement;
    std::string params;
    crm::sdk::Ticket ticket;
  };
  std::optional<crm::sdk::Ticket> asked_before(const crm::sdk::Statement& statement, Params params);

  crm::sdk::Session& session_;
  std::vector<Asked> asked_;
  bool may_retry_ = false;
};

template <class T, class Read>
Result<std::vector<T>> PgSession::all(Result<crm::sdk::RowsPtr> rows, Read&& read) {
  if (!rows) return fail(std::move(rows.error()));
  std::vector<T> values;
  values.reserve((*rows)->size());
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    crm::sdk::RowReader row(**rows, i);
    Result<T> value = read(row);
    if (!value) return fail(std::move(value.error()));
    values.push_back(std::move(*value));
  }
  return values;
}

template <class T, class Read>
Result<std::optional<T>> PgSession::one(Result<crm::sdk::RowsPtr> rows, Read&& read) {
  if (!rows) return fail(std::move(rows.error()));
  if ((*rows)->size() == 0) return std::optional<T>{};
  crm::sdk::RowReader row(**rows, 0);
  Result<T> value = read(row);
  if (!value) return fail(std::move(value.error()));
  return std::optional<T>(std::move(*value));
}

}  // namespace scheduling
