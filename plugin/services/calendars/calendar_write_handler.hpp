#pragma once
/// Brings a host's calendar to what a meeting is now: one live event for each chain of moves and host, none for what
/// ended. It looks at the meeting as it stands and at what was written before, so that late, repeated and interrupted
/// writes end alike.
///
/// Thread: any; each chain and host is one's at a time (the outbox keeps their order). Source: behaviour B-7, B-9;
/// ADR-0032.
#include <string>

#include "plugin/ports/presentation/message_catalog.hpp"
#include "plugin/services/calendars/calendar_access.hpp"
#include "plugin/services/calendars/own_event.hpp"
#include "plugin/services/meeting/meeting_details.hpp"
#include "plugin/services/outbox/outbox_handler.hpp"
#include "plugin/services/wording/localized_location.hpp"

namespace scheduling {

class CalendarWriteHandler final : public OutboxHandler {
 public:
  CalendarWriteHandler(CalendarAccess& access, const LocalizedLocation& places, const TokenVault& vault,
                       const Clock& clock)
      : access_(access), places_(places), vault_(vault), clock_(clock) {}

  OutboxKind kind() const noexcept override { return OutboxKind::calendar_write; }
  const RetryPolicy& retry() const noexcept override { return k_calendar_retry; }
  std::string blocked() const override { return {}; }
  Result<HandlerOutcome> handle(Transaction& transaction, const ClaimedMessage& message) override;
  /// The meeting's own `calendar.status` tells it.
  Done give_up(Transaction&, const ClaimedMessage&, const std::string&) override { return {}; }

 private:
  struct Task {
    WrittenEvent event;  ///< as it shall stand
    EventDraft draft{};
    MeetingDetails details;
    EventRoom room = EventRoom::none;  ///< that the event is to have, or has
    int tries = 0;                     ///< earlier ones of this message
    bool is_repeated = false;          ///< an earlier try may have been done
    bool is_recreated = false;         ///< once is enough for one try
  };
  Result<Task> task_of(const MeetingDetails& details, UserId user, const std::optional<WrittenEvent>& written,
                       const WritingCalendar& place) const;
  Result<HandlerOutcome> create(Transaction& transaction, Task& task);
  Result<HandlerOutcome> update(Transaction& transaction, Task& task);
  Result<HandlerOutcome> look_for_room(Transaction& transaction, Task& task);
  void begin_again(Task& task) const;
  static bool gives_up_room(const ProviderError& error, Task& task);
  Result<HandlerOutcome> remove(Transaction& transaction, const WrittenEvent& written, bool tells_attendees);
  Result<HandlerOutcome> save(Transaction& transaction, Task& task, const RemoteEvent& event) const;
  Result<HandlerOutcome> remove_unnoted(Transaction& transaction, const Meeting& meeting, UserId user,
                                        const WritingCalendar& place, bool tells_attendees);
  Result<Told<OwnEvent>> find_in_account(Transaction& transaction, const WrittenEvent& written);
  std::string id_of(const std::string& uid, UserId user, int attempt) const;

  CalendarAccess& access_;
  const LocalizedLocation& places_;
  const TokenVault& vault_;
  const Clock& clock_;
};

}  // namespace scheduling
