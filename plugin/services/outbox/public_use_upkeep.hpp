#pragma once
/// Forgets what public bookings used up once it counts no more (client networks are kept for 48 hours), and drops first
/// mails that a limit held back until their meetings were over.
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

inline constexpr std::chrono::hours k_uses_kept{48};

class PublicUseUpkeep {
 public:
  PublicUseUpkeep(Transactions& transactions, const Clock& clock) : transactions_(transactions), clock_(clock) {}
  /// Gives how many mails were dropped. Safe to run twice.
  Result<int> run();

 private:
  Transactions& transactions_;
  const Clock& clock_;
};

}  // namespace scheduling
