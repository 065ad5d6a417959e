#pragma once
#include <span>
#include <unordered_map>
#include <vector>

#include "plugin/adapters/postgres/pg_availability_repository.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/storage/calendar_rows.hpp"

namespace scheduling {

/// Hosts' states being put together from rows that come in any order of hosts.
class StatesOf {
 public:
  explicit StatesOf(std::span<const UserId> hosts) : states_(hosts.size()) {
    for (const UserId host : hosts) {
      states_[places_.size()].host = host;
      places_.emplace(host, places_.size());
    }
  }

  /// Gives each row to `put(state, item)`; remembers the first failure.
  template <class Item, class Put>
  void take(Result<std::vector<OfHost<Item>>> rows, Put put) {
    if (!rows) {
      if (done_) done_ = fail(std::move(rows.error()));
      return;
    }
    for (OfHost<Item>& row : *rows) put(states_[places_.at(row.host)], std::move(row.item));
  }
  Result<std::vector<HostCalendarRows>> result() {
    if (!done_) return fail(std::move(done_.error()));
    return std::move(states_);
  }

 private:
  std::vector<HostCalendarRows> states_;
  std::unordered_map<UserId, std::size_t> places_;
  Done done_;
};

}  // namespace scheduling
