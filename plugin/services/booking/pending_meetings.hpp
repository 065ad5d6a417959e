#pragma once
/// Meetings that wait for their host and were not confirmed in time.
#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

/// Thread: any. Safe to run twice and on several instances. Source: behaviour B-7.
class PendingMeetings {
 public:
  PendingMeetings(Transactions& transactions, const Clock& clock) : transactions_(transactions), clock_(clock) {}
  /// Ends at most `count` of them as cancelled, each in a transaction of its own; gives how many.
  Result<int> expire(int count);

 private:
  Result<bool> expire_one(Transaction& transaction, MeetingId id, Instant now) const;

  Transactions& transactions_;
  const Clock& clock_;
};

}  // namespace scheduling
