#pragma once
/// What is to happen outside the database, and how far that went. Rows come into being with the change they follow
/// from (MeetingRepository); here they are worked off.
///
/// A mail is claimed, marked and handed over in one transaction (Transactions::once): nobody waits for the claimed row,
/// and a process that dies before its commit leaves the row waiting.
/// Source: behaviour B-7, B-11.
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/outbox/outbox_status.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

struct ClaimedMessage {
  OutboxId id{};
  std::string kind{};
  MeetingId meeting{};
  std::optional<std::string> recipient{};  ///< none: the meeting's host, whoever that is now
  std::map<std::string, std::string> payload{};
  int attempts = 0;                 ///< earlier ones that failed
  std::optional<Instant> due_at{};  ///< of a reminder
};

/// How a try ended. `waiting` is another try, at `available_at`.
struct DeliveryOutcome {
  OutboxStatus status = OutboxStatus::done;
  bool counts = true;  ///< as an attempt
  std::optional<Instant> available_at{};
  std::string error{};  ///< empty: none
  Instant now{};
};

struct OutboxEntry {
  OutboxId id{};
  std::string kind{};
  MeetingId meeting{};
  std::optional<std::string> recipient{};
  std::string role{};
  OutboxStatus status = OutboxStatus::waiting;
  int attempts = 0;
  std::optional<std::string> error{};
  std::optional<Instant> due_at{};
  Instant available_at{};
  std::optional<Instant> done_at{};
  Instant created_at{};
};

struct OutboxFilter {
  std::optional<UserId> host{};  ///< absent: everybody's, for admins
  std::optional<MeetingId> meeting{};
  std::optional<OutboxStatus> status{};
};

struct QueuedReminders {
  int reminders = 0;  ///< that were due
  int mails = 0;      ///< that they became
};

struct MailCounts {
  std::int64_t waiting = 0;
  std::optional<Instant> oldest{};  ///< of those that wait
  std::int64_t tried = 0;           ///< of those that wait, refused before
  std::string wait_reason{};
  std::int64_t dead = 0;
  std::string dead_reason{};
  struct Reminders {
    std::int64_t due = 0;  ///< and not sent yet
    std::int64_t sent = 0;
    std::int64_t late = 0;  ///< of those sent
    std::int64_t failed = 0;
    std::string reason{};  ///< why the last one failed or is refused for now
  } reminders{};           ///< those that were due since the asked instant
};

class OutboxRepository {
 public:
  virtual ~OutboxRepository() = default;
  /// The next row that is due at `now`, locked until the transaction ends; rows that others hold are passed over. A row
  /// that waits for longer than `wait_max` is due as well: the clock was set back.
  virtual Result<std::optional<ClaimedMessage>> claim(Instant now, std::chrono::seconds wait_max) = 0;
  /// Of a row that this transaction claimed.
  virtual Done settle(OutboxId id, const DeliveryOutcome& outcome) = 0;
  /// Of a row whose claim was rolled back; does nothing when somebody else has it or has settled it.
  virtual Done settle_unsent(OutboxId id, const DeliveryOutcome& outcome) = 0;
  /// Queued: travels with the commit.
  virtual void note_reminder_sent(MeetingId meeting) = 0;
  /// Tells the rep, with the meeting, that an address was refused for good.
  virtual Done note_refusal(const ClaimedMessage& message, std::string_view recipient, std::string_view reply,
                            Instant now) = 0;
  /// Turns at most `count` due reminders into mails, one for each recipient.
  virtual Result<QueuedReminders> queue_reminders(Instant now, int count, bool to_hosts) = 0;

  /// Newest first, those before `before`.
  virtual Result<std::vector<OutboxEntry>> list(const OutboxFilter& filter, OutboxId before, int count) = 0;
  /// A dead row waits again; false when it is not there, not that host's, or not dead.
  virtual Result<bool> revive(OutboxId id, std::optional<UserId> host, Instant now) = 0;
  /// Reminders due after `since`; sent later than `grace` after that they are late.
  virtual Result<MailCounts> counts(Instant now, Instant since, std::chrono::minutes grace) = 0;
};

}  // namespace scheduling
