#pragma once
/// Bound values in the form libpq wants them. One buffer per connection, used again for each statement.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crm/sdk/database.hpp"

namespace crm::app {

class ParamBuffer {
 public:
  /// Copies the values. A text that is no UTF-8 or holds a NUL, and an instant outside the years
  /// 1–9999, is the caller's mistake: PostgreSQL would cut the first and refuse the second.
  std::optional<sdk::Failure> fill(std::span<const sdk::Param> params);

  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::optional<sdk::Failure> append(const sdk::Param& param);

  std::string arena_;
  std::vector<std::ptrdiff_t> offsets_;  ///< into arena_; -1: NULL
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;  ///< 0 text, 1 binary (bytea)
};

bool is_utf8_without_nul(std::string_view text);

}  // namespace crm::app
