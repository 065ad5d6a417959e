#pragma once
/// Meetings that took place become `completed`.
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

class MeetingCompletion {
 public:
  MeetingCompletion(Transactions& transactions, const Clock& clock) : transactions_(transactions), clock_(clock) {}

  /// Completes at most `count` meetings that are over; how many it were. Several instances may call it at once: each
  /// call claims its rows.
  Result<int> complete_past(int count);

 private:
  Transactions& transactions_;
  const Clock& clock_;
};

}  // namespace scheduling
