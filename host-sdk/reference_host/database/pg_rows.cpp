#include "reference_host/database/pg_rows.hpp"

#include <charconv>
#include <cstring>

namespace crm::app {

namespace {
std::size_t affected_rows(PGresult* result) {
  const char* text = PQcmdTuples(result);
  std::size_t count = 0;
  std::from_chars(text, text + std::strlen(text), count);
  return count;
}
}  // namespace

PgRows::PgRows(ResultPtr result)
    : result_(std::move(result)),
      rows_(static_cast<std::size_t>(PQntuples(result_.get()))),
      columns_(static_cast<std::size_t>(PQnfields(result_.get()))),
      affected_(affected_rows(result_.get())) {}

bool PgRows::is_null(std::size_t row, std::size_t column) const noexcept {
  if (row >= rows_ || column >= columns_) return true;
  return PQgetisnull(result_.get(), static_cast<int>(row), static_cast<int>(column)) != 0;
}

std::string_view PgRows::text(std::size_t row, std::size_t column) const noexcept {
  if (row >= rows_ || column >= columns_) return {};
  const int r = static_cast<int>(row), c = static_cast<int>(column);
  return {PQgetvalue(result_.get(), r, c), static_cast<std::size_t>(PQgetlength(result_.get(), r, c))};
}

}  // namespace crm::app
