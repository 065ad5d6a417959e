#pragma once
/// What is to happen outside the database, and how far that went. Rows come into being with the change they follow
/// from (MeetingRepository), and reminders when they are due; here they are worked off.
///
/// A message is claimed, marked and handed over in one transaction (Transactions::once): nobody waits for the claimed
/// row, and a process that dies before its commit leaves the row waiting.
/// Rows of kinds that only a newer version knows stay as they are, and hold up no other row.
/// Source: behaviour B-7, B-11.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/mail/what_to_tell.hpp"
#include "plugin/core/outbox/outbox_message.hpp"
#include "plugin/core/outbox/outbox_status.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/ports/storage/outbox_overview.hpp"

namespace scheduling {

struct ClaimedMessage {
  OutboxId id{};
  MeetingId meeting{};
  int attempts = 0;  ///< earlier ones that failed
  OutboxMessage message{};
  bool may_have_left = false;  ///< the hand-over was noted before
  /// Of the meeting when the row was claimed, to ask ahead with; what counts is read again.
  UserId host{};
  MeetingTypeId type{};
  PageId page{};
  MeetingId chain{};
  std::string unreadable{};  ///< why `message` could not be read from the row; empty: it was
};

/// How a try ended. `waiting` is another try, at `available_at`.
struct DeliveryOutcome {
  OutboxStatus status = OutboxStatus::done;
  int attempts = 1;  ///< with this one
  std::optional<Instant> available_at{};
  std::string error{};  ///< empty: none
  Instant now{};
  bool did_leave_not = false;  ///< the receiver said no: the note of the hand-over is taken back
};

/// A reminder whose time has come, with what its mails are made of.
struct DueReminder {
  MeetingId meeting{};
  std::chrono::minutes offset{};  ///< before the meeting's start
  Instant due_at{};
  bool is_wanted = false;  ///< the meeting is on and not over
  UserId host{};
  std::string attendee_email{};
  std::vector<std::string> guests{};
  std::string timezone{};  ///< the attendee's
  std::string locale{};
  std::int32_t sequence = 0;
  std::vector<UserId> other_hosts{};  ///< of a collective meeting
};

struct ReminderMails {
  MeetingId meeting{};
  std::chrono::minutes offset{};
  Instant due_at{};
  std::vector<OutboxMessage> messages{};
};

class OutboxRepository {
 public:
  virtual ~OutboxRepository() = default;
  /// The next row of that kind that is due at `now`, locked until the transaction ends; rows that others hold are
  /// passed over. A row that waits for longer than `wait_max` is due as well: the clock was set back.
  virtual Result<std::optional<ClaimedMessage>> claim(OutboxKind kind, Instant now, std::chrono::seconds wait_max) = 0;
  /// Locks a row that this process noted in an earlier transaction, and marks it as done. False when somebody else has
  /// it, settled it or took its note back.
  virtual Result<bool> take(const ClaimedMessage& message, Instant now) = 0;
  /// Queues take() with the same arguments, which then reads the answer: other questions travel with it.
  virtual void ask_take(const ClaimedMessage& message, Instant now) = 0;
  /// Queues what a mail asks: whether it is still wanted, or everything that its text needs. One round trip brings all
  /// answers to those who ask then. What is asked here is not written before it is read.
  enum class Ahead : std::uint8_t { wanted, text };
  virtual void ask_ahead(const ClaimedMessage& message, Ahead what) = 0;
  /// Of a row that this transaction claimed.
  virtual Done settle(OutboxId id, const DeliveryOutcome& outcome) = 0;
  /// Of a row whose claim was rolled back; does nothing when somebody else has it or has settled it.
  virtual Done settle_unsent(OutboxId id, const DeliveryOutcome& outcome) = 0;
  /// Notes, to be committed before the hand-over, that a claimed message may have left from now on (ADR-0010).
  virtual Done note_hand_over(OutboxId id, Instant now) = 0;
  /// Takes that back when it did not; does nothing when somebody else has the row.
  virtual Done take_back_hand_over(OutboxId id) = 0;
  /// All mails about a meeting and its moves; without those that cannot be read.
  virtual Result<ChainMails> mails_of_chain(MeetingId meeting) = 0;
  virtual void note_reminder_sent(MeetingId meeting) = 0;  ///< queued: travels with the commit
  /// Tells the rep, with the meeting, that an address was refused for good.
  virtual Done note_refusal(const ClaimedMessage& message, std::string_view recipient, std::string_view reply,
                            Instant now) = 0;
  /// Takes at most `count` due reminders that nobody else takes, by time; after the commit they are not due again.
  virtual Result<std::vector<DueReminder>> take_due_reminders(Instant now, int count) = 0;
  /// Each (meeting, offset, recipient) once. Queued: travels with the commit.
  virtual void add(const std::vector<ReminderMails>& reminders, Instant now) = 0;
  /// Adds `first` for each meeting whose host is to be asked what came of it, and `again` where they were asked a day
  /// before and nobody has said it. Looks at no more than `count` that nobody else looks at; how many it were.
  virtual Result<int> ask_outcomes(const std::vector<OutboxMessage>& first, const std::vector<OutboxMessage>& again,
                                   Instant now, int count) = 0;

  /// Mails, newest first, those before `before`.
  virtual Result<std::vector<OutboxEntry>> list(const OutboxFilter& filter, OutboxId before, int count) = 0;
  /// Held mails of meetings that are over or off at `now` are dropped, and what waits behind them; how many.
  virtual Result<int> drop_held_of_ended(Instant now) = 0;
  /// A dead or held mail waits again; false when it is neither, or not that host's.
  virtual Result<bool> revive(OutboxId id, std::optional<UserId> host, Instant now) = 0;
  /// How mail stands. Reminders due after `since`; sent later than `grace` after that they are late.
  virtual Result<MailCounts> counts(Instant now, Instant since, std::chrono::minutes grace) = 0;
};

}  // namespace scheduling
