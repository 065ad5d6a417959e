#include "plugin/services/outbox/mail_overview.hpp"

namespace scheduling {

Result<std::vector<OutboxEntry>> MailOverview::list(const Actor& actor, OutboxFilter filter, OutboxId before,
                                                    int count) {
  if (!actor.is_admin) filter.host = actor.id;
  return transactions_.reading(
      [&](Transaction& transaction) { return transaction.outbox().list(filter, before, count); });
}

Done MailOverview::retry(const Actor& actor, OutboxId id) {
  auto revived = transactions_.in_transaction(
      [&](Transaction& transaction) { return transaction.outbox().revive(id, actor.listed_owner(), clock_.now()); });
  if (!revived) return fail(std::move(revived.error()));
  if (!*revived) return fail(Code::not_found);
  return {};
}

Result<MailHealth> MailOverview::health() {
  const Instant now = clock_.now();
  auto counts = transactions_.reading([&](Transaction& transaction) {
    return transaction.outbox().counts(now, now - k_reminders_counted, k_reminder_grace);
  });
  if (!counts) return fail(std::move(counts.error()));
  MailHealth health{std::move(*counts), delivery_.halted(), now};
  const std::lock_guard lock(mutex_);
  last_ = health;
  return health;
}

std::optional<MailHealth> MailOverview::last_health() const {
  const std::lock_guard lock(mutex_);
  if (!last_) return std::nullopt;
  MailHealth health = *last_;
  health.halted = delivery_.halted();
  return health;
}

}  // namespace scheduling
