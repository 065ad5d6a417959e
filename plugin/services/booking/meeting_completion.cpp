#include "plugin/services/booking/meeting_completion.hpp"

#include "plugin/ports/storage/meeting_repository.hpp"

namespace scheduling {

Result<int> MeetingCompletion::complete_past(int count) {
  return transactions_.in_transaction(
      [&](Transaction& transaction) { return transaction.meetings().complete_past(clock_.now(), count); });
}

}  // namespace scheduling
