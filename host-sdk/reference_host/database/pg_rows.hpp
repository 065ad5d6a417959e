#pragma once
/// The SDK's Rows over one PGresult.
#include "crm/sdk/database.hpp"
#include "reference_host/database/pg_failure.hpp"

namespace crm::app {

class PgRows final : public sdk::Rows {
 public:
  explicit PgRows(ResultPtr result);
  std::size_t size() const noexcept override { return rows_; }
  std::size_t columns() const noexcept override { return columns_; }
  std::size_t affected() const noexcept override { return affected_; }
  bool is_null(std::size_t row, std::size_t column) const noexcept override;
  std::string_view text(std::size_t row, std::size_t column) const noexcept override;
  /// "COMMIT", "INSERT 0 1" …
  std::string_view command() const noexcept { return PQcmdStatus(result_.get()); }

 private:
  ResultPtr result_;
  std::size_t rows_;
  std::size_t columns_;
  std::size_t affected_;
};

}  // namespace crm::app
