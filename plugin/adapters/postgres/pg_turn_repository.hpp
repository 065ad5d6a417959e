#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/turn_repository.hpp"

namespace scheduling {

class PgTurnRepository final : public TurnRepository {
 public:
  explicit PgTurnRepository(PgSession& session) : session_(session) {}
  Result<OpenedTurn> open(PageId page, std::span<const HeldCalendar> calendars) override;
  Done lock(PageId page) override;
  Result<std::vector<MemberTurn>> members(PageId page) override;
  Done move(MeetingId chain, UserId host) override;
  Result<std::vector<std::optional<AssignmentRecord>>> assignments(std::span<const MeetingId> meetings) override;

 private:
  PgSession& session_;
};

/// Sends what a booking writes into the ledger, with whatever is sent next; nothing without entries.
void post_turn(PgSession& session, MeetingId chain, PageId page, const std::vector<TurnEntry>& entries);

}  // namespace scheduling
