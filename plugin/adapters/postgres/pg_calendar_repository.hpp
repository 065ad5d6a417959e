#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/calendar_repository.hpp"

namespace scheduling {

class PgCalendarRepository final : public CalendarRepository {
 public:
  explicit PgCalendarRepository(PgSession& session) : session_(session) {}
  Done add_log_in(const StoredLogIn& log_in, Instant now) override;
  Result<std::optional<std::string>> take_log_in(std::string_view state_hash, UserId user, std::string_view provider,
                                                 Instant now) override;
  Result<std::optional<ConnectionId>> find_account(UserId user, std::string_view provider,
                                                   std::string_view account) override;
  Result<ConnectionId> next_id() override;
  Done save(ConnectionId id, UserId user, std::string_view account, const StoredTokens& tokens, Instant now) override;
  Done save_calendars(ConnectionId id, UserId user, std::span<const RemoteCalendar> calendars, bool is_new) override;
  Result<std::vector<CalendarConnection>> list(std::optional<UserId> user, std::optional<ConnectionId> id) override;
  Result<ConnectionCounts> counts(int count, Instant stale) override;
  Done remove(ConnectionId id) override;
  Done choose(ConnectionId id, UserId user, std::span<const CalendarChoice> choices) override;
  Done save_invites(ConnectionId id, Invites invites, Instant now) override;
  Done want_upcoming(UserId user, Instant now) override;
  Result<std::optional<StoredTokens>> tokens(ConnectionId id) override;
  Result<std::optional<StoredTokens>> tokens_for_update(ConnectionId id) override;
  Done save_tokens(ConnectionId id, const StoredTokens& tokens, Instant now) override;
  Done break_connection(ConnectionId id, const ConnectionError& error) override;
  Result<std::vector<ConnectionId>> due(Instant now, std::chrono::seconds wait_max, int count) override;
  Done lock_sync(ConnectionId id) override;
  Result<bool> try_lock_sync(ConnectionId id) override;
  Done synced(ConnectionId id, const std::optional<ConnectionError>& error, Instant now, Instant next) override;
  Done put_busy(CalendarId calendar, std::span<const BusyEvent> events) override;
  Done drop_busy(CalendarId calendar, const std::vector<std::string>& events) override;
  Done drop_occurrences(CalendarId calendar, const std::vector<std::string>& objects,
                        const std::vector<std::string>& kept) override;
  Done keep_busy(CalendarId calendar, const std::vector<std::string>& events) override;
  Done save_place(CalendarId calendar, std::string_view sync_token, std::optional<Instant> horizon_end) override;
  Result<std::optional<WritingCalendar>> writing_calendar(UserId user) override;
  Result<std::optional<HostsMeeting>> meeting_of_host(MeetingId any_of_chain, UserId user) override;
  Result<std::optional<WrittenEvent>> find_event(MeetingId chain, UserId user) override;
  Result<std::vector<WrittenEvent>> own_events(ConnectionId connection, const std::vector<std::string>& event_ids,
                                               const std::vector<std::string>& marks) override;
  Result<std::vector<std::string>> own_marks(UserId host, const std::vector<std::string>& marks) override;
  Result<std::vector<WrittenEvent>> live_events(ConnectionId connection, std::string_view calendar, Instant now,
                                                std::optional<Instant> since) override;
  Done note_unchecked(MeetingId meeting) override;
  Result<std::vector<MeetingInCalendar>> states(std::span<const MeetingId> meetings) override;
  Result<std::int64_t> count_upcoming(UserId user, Instant now) override;
  Done save_event(const WrittenEvent& event, Instant now) override;

 private:
  PgSession& session_;
};

}  // namespace scheduling
