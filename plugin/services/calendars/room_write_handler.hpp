#pragma once
/// Keeps the room of a meeting on Zoom as the meeting is: made once for a chain of moves, moved and taken away with it.
/// Zoom knows no key by which a wish that is told twice is one room. So the wish is committed first, and who finds one
/// whose end nobody knows looks for the room before making another.
///
/// Thread: any; each chain is one's at a time (the outbox keeps their order). Source: behaviour B-9; ADR-0036.
#include <string>

#include "plugin/ports/calendar/room_provider.hpp"
#include "plugin/ports/storage/calendars/room_repository.hpp"
#include "plugin/services/calendars/calendar_access.hpp"
#include "plugin/services/meeting/meeting_details.hpp"
#include "plugin/services/outbox/outbox_handler.hpp"

namespace scheduling {

class RoomWriteHandler final : public OutboxHandler {
 public:
  RoomWriteHandler(Transactions& transactions, CalendarAccess& access, RoomProvider& rooms, const TokenVault& vault,
                   const Clock& clock)
      : transactions_(transactions), access_(access), rooms_(rooms), vault_(vault), clock_(clock) {}

  OutboxKind kind() const noexcept override { return OutboxKind::room_write; }
  const RetryPolicy& retry() const noexcept override { return k_calendar_retry; }
  std::string blocked() const override { return {}; }
  Result<HandlerOutcome> handle(Transaction& transaction, const ClaimedMessage& message) override;
  /// The meeting stands without its room, and its host sees that.
  Done give_up(Transaction&, const ClaimedMessage&, const std::string&) override { return {}; }

 private:
  /// In whose account the room is.
  struct Account {
    std::optional<ConnectionId> connection{};  ///< none: the CRM's own
    std::string owner{};
  };
  Result<std::optional<Account>> account_of(Transaction& transaction, const Person& host) const;
  template <class Work>
  auto ask(const Account& account, Work&& work) -> decltype(work(std::declval<const std::string&>()));

  RoomDraft draft_of(const MeetingDetails& details) const;
  Result<HandlerOutcome> make(Transaction& transaction, const MeetingDetails& details, const Account& account,
                              const std::optional<MeetingRoom>& before);
  Result<HandlerOutcome> move(Transaction& transaction, const MeetingDetails& details, const Account& account,
                              MeetingRoom room);
  Result<HandlerOutcome> keep(Transaction& transaction, const MeetingDetails& details, MeetingRoom room);
  Result<HandlerOutcome> remove(Transaction& transaction, const MeetingDetails& details, MeetingRoom room);

  Transactions& transactions_;
  CalendarAccess& access_;
  RoomProvider& rooms_;
  const TokenVault& vault_;
  const Clock& clock_;
};

}  // namespace scheduling
