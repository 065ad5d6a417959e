#pragma once
/// Connections to calendars, what blocks in them, and what was written into them. Source: behaviour B-9.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/calendar/calendar_connection.hpp"
#include "plugin/core/calendar/remote_event.hpp"
#include "plugin/core/interval/time_range.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/calendar/calendar_provider.hpp"

namespace scheduling {

/// As stored: sealed.
struct StoredTokens {
  std::string provider{};
  std::string access{};
  std::optional<std::string> refresh{};
  std::optional<Instant> expires_at{};
  bool is_active = true;
};

struct StoredLogIn {
  std::string state_hash{};
  UserId user{};
  std::string provider{};
  std::string verifier{};  ///< sealed
  Instant expires_at{};
};

struct BusyEvent {
  std::string id{};
  TimeRange time;
};

/// What stands in a host's calendar about a chain of moves.
struct WrittenEvent {
  MeetingId chain{};
  UserId user{};
  std::optional<ConnectionId> connection{};
  std::string calendar{};
  std::string event_id{};
  std::string etag{};
  int attempt = 0;
  bool is_live = false;
  MeetingId meeting{};
  TimeRange time;
  std::string content_hash{};
  AttendeeResponse response = AttendeeResponse::none;
  std::string room_url{};  ///< of the room that the event's provider made with it
  HostMove host_move = HostMove::none;
  std::string host_move_rule{};
  bool is_placed = false;  ///< its host put it into this calendar, where it stays while the account is written to
  std::string mark{};      ///< the meeting's UID
};

struct WritingCalendar {
  ConnectionId connection{};
  std::string calendar{};
  Invites invites = Invites::provider;
  std::string provider{};
};

struct HostsMeeting {
  MeetingId newest{};
  bool is_host = false;
};

class CalendarRepository {
 public:
  virtual ~CalendarRepository() = default;

  virtual Done add_log_in(const StoredLogIn& log_in, Instant now) = 0;
  /// The sealed verifier, once; none for a state that is not this user's, was used, or is too old.
  virtual Result<std::optional<std::string>> take_log_in(std::string_view state_hash, UserId user,
                                                         std::string_view provider, Instant now) = 0;

  virtual Result<std::optional<ConnectionId>> find_account(UserId user, std::string_view provider,
                                                           std::string_view account) = 0;
  virtual Result<ConnectionId> next_id() = 0;
  virtual Done save(ConnectionId id, UserId user, std::string_view account, const StoredTokens& tokens,
                    Instant now) = 0;
  virtual Done save_calendars(ConnectionId id, UserId user, std::span<const RemoteCalendar> calendars, bool is_new) = 0;
  /// By id; narrowed to one user's, or one.
  virtual Result<std::vector<CalendarConnection>> list(std::optional<UserId> user, std::optional<ConnectionId> id) = 0;
  /// `first` holds at most `count`; read last before `stale` is trouble.
  virtual Result<ConnectionCounts> counts(int count, Instant stale) = 0;
  virtual Done remove(ConnectionId id) = 0;
  virtual Done choose(ConnectionId id, UserId user, std::span<const CalendarChoice> choices) = 0;
  virtual Done save_invites(ConnectionId id, Invites invites, Instant now) = 0;
  /// Meetings that are ahead are written into the host's calendar.
  virtual Done want_upcoming(UserId user, Instant now) = 0;

  virtual Result<std::optional<StoredTokens>> tokens(ConnectionId id) = 0;
  virtual Result<std::optional<StoredTokens>> tokens_for_update(ConnectionId id) = 0;
  virtual Done save_tokens(ConnectionId id, const StoredTokens& tokens, Instant now) = 0;
  /// Writes the notice to its user too, unless it was broken before.
  virtual Done break_connection(ConnectionId id, const ConnectionError& error) = 0;

  virtual Result<std::vector<ConnectionId>> due(Instant now, std::chrono::seconds wait_max, int count) = 0;
  /// Waits; ends with the transaction.
  virtual Done lock_sync(ConnectionId id) = 0;
  virtual Result<bool> try_lock_sync(ConnectionId id) = 0;
  virtual Done synced(ConnectionId id, const std::optional<ConnectionError>& error, Instant now, Instant next) = 0;
  virtual Done put_busy(CalendarId calendar, std::span<const BusyEvent> events) = 0;
  virtual Done drop_busy(CalendarId calendar, const std::vector<std::string>& events) = 0;
  /// What else was known of these objects' occurrences than `kept` goes.
  virtual Done drop_occurrences(CalendarId calendar, const std::vector<std::string>& objects,
                                const std::vector<std::string>& kept) = 0;
  virtual Done keep_busy(CalendarId calendar, const std::vector<std::string>& events) = 0;
  /// An empty token: everything has to be read again.
  virtual Done save_place(CalendarId calendar, std::string_view sync_token, std::optional<Instant> horizon_end) = 0;

  virtual Result<std::optional<WritingCalendar>> writing_calendar(UserId user) = 0;
  virtual Result<std::optional<HostsMeeting>> meeting_of_host(MeetingId any_of_chain, UserId user) = 0;
  virtual Result<std::optional<WrittenEvent>> find_event(MeetingId chain, UserId user) = 0;
  virtual Result<std::vector<WrittenEvent>> own_events(ConnectionId connection,
                                                       const std::vector<std::string>& event_ids,
                                                       const std::vector<std::string>& marks) = 0;
  /// Those of `marks` that are UIDs of the host's meetings.
  virtual Result<std::vector<std::string>> own_marks(UserId host, const std::vector<std::string>& marks) = 0;
  /// Of that calendar, not over at `now`, and written at `since` or later.
  virtual Result<std::vector<WrittenEvent>> live_events(ConnectionId connection, std::string_view calendar, Instant now,
                                                        std::optional<Instant> since) = 0;
  /// In the transaction that makes the meeting, before or after it.
  virtual Done note_unchecked(MeetingId meeting) = 0;
  /// In the order of `meetings`.
  virtual Result<std::vector<MeetingInCalendar>> states(std::span<const MeetingId> meetings) = 0;
  /// Meetings of that host which are ahead.
  virtual Result<std::int64_t> count_upcoming(UserId user, Instant now) = 0;
  virtual Done save_event(const WrittenEvent& event, Instant now) = 0;
};

}  // namespace scheduling
