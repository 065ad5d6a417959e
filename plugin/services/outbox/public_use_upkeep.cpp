#include "plugin/services/outbox/public_use_upkeep.hpp"

#include "plugin/ports/storage/booking_store.hpp"
#include "plugin/ports/storage/outbox_repository.hpp"

namespace scheduling {

Result<int> PublicUseUpkeep::run() {
  const Instant now = clock_.now();
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<int> {
    if (auto forgotten = transaction.bookings().forget_uses(now - k_uses_kept); !forgotten)
      return fail(std::move(forgotten.error()));
    return transaction.outbox().drop_held_of_ended(now);
  });
}

}  // namespace scheduling
