#pragma once
/// Lists mails with their state and counts them, for reps and administrators.
///
/// Thread: any. Source: behaviour B-11, B-13 (foreign ids).
#include <chrono>
#include <mutex>
#include <optional>
#include <vector>

#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/outbox_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/outbox/outbox_worker.hpp"

namespace scheduling {

/// Reminders are counted over this long, and are late when they were sent later than that after their time.
inline constexpr std::chrono::hours k_reminders_counted{24};
inline constexpr std::chrono::minutes k_reminder_grace{5};

struct MailHealth {
  MailCounts counts;
  std::string halted;  ///< why nothing can be sent at all; empty: nothing is known to be in the way
  Instant at{};
};

class MailOverview {
 public:
  MailOverview(Transactions& transactions, const OutboxWorker& delivery, const Clock& clock)
      : transactions_(transactions), delivery_(delivery), clock_(clock) {}

  /// Newest first, those before `before`. `filter.host` narrows an admin's list; a rep's are those of the rep's
  /// meetings, whatever it says.
  Result<std::vector<OutboxEntry>> list(const Actor& actor, OutboxFilter filter, OutboxId before, int count);
  /// A mail that was given up is tried again. `not_found` for what is not the actor's or did not fail.
  Done retry(const Actor& actor, OutboxId id);

  /// Counts now.
  Result<MailHealth> health();
  /// What health() last returned in this instance, without a query; none: it was never called.
  std::optional<MailHealth> last_health() const;

 private:
  Transactions& transactions_;
  const OutboxWorker& delivery_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::optional<MailHealth> last_;
};

}  // namespace scheduling
