#pragma once
#include <functional>

#include "plugin/adapters/pipelining/pipelined_crm.hpp"
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/outbox_repository.hpp"

namespace scheduling {

class PgOutboxRepository final : public OutboxRepository {
 public:
  /// `users`: of the same session, made when they are asked for.
  PgOutboxRepository(PgSession& session, std::function<PipelinedUserDirectory&()> users)
      : session_(session), users_(std::move(users)) {}
  Result<std::optional<ClaimedMessage>> claim(OutboxKind kind, Instant now, std::chrono::seconds wait_max) override;
  Result<bool> take(const ClaimedMessage& message, Instant now) override;
  void ask_take(const ClaimedMessage& message, Instant now) override;
  void ask_ahead(const ClaimedMessage& message, Ahead what) override;
  Done settle(OutboxId id, const DeliveryOutcome& outcome) override;
  Done settle_unsent(OutboxId id, const DeliveryOutcome& outcome) override;
  void note_reminder_sent(MeetingId meeting) override;
  Done note_refusal(const ClaimedMessage& message, std::string_view recipient, std::string_view reply,
                    Instant now) override;
  Done note_hand_over(OutboxId id, Instant now) override;
  Done take_back_hand_over(OutboxId id) override;
  Result<ChainMails> mails_of_chain(MeetingId meeting) override;
  Result<std::vector<DueReminder>> take_due_reminders(Instant now, int count) override;
  void add(const std::vector<ReminderMails>& reminders, Instant now) override;
  Result<int> ask_outcomes(const std::vector<OutboxMessage>& first, const std::vector<OutboxMessage>& again,
                           Instant now, int count) override;
  Result<std::vector<OutboxEntry>> list(const OutboxFilter& filter, OutboxId before, int count) override;
  Result<int> drop_held_of_ended(Instant now) override;
  Result<bool> revive(OutboxId id, std::optional<UserId> host, Instant now) override;
  Result<MailCounts> counts(Instant now, Instant since, std::chrono::minutes grace) override;

 private:
  PgSession& session_;
  std::function<PipelinedUserDirectory&()> users_;
};

}  // namespace scheduling
