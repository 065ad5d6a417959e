#pragma once
/// An account of a user at a calendar provider, and its calendars. Source: behaviour B-9.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/calendar/remote_event.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

/// Exactly one of the two writes to attendees: our mails, or the provider in the calendar's name.
enum class Invites : std::uint8_t { scheduler, provider };
constexpr std::string_view name_of(Invites invites) {
  return invites == Invites::scheduler ? "scheduler" : "provider";
}

struct ConnectedCalendar {
  CalendarId id{};
  ConnectionId connection{};
  std::string provider_id{};
  std::string name{};
  std::string timezone{};  ///< as the provider says
  bool is_primary = false;
  bool can_write = false;
  bool checks_conflicts = false;
  bool writes_meetings = false;
  std::string sync_token{};              ///< empty: everything is to be read
  std::optional<Instant> horizon_end{};  ///< until when the last full reading looked
  std::int64_t events = 0;               ///< that block
  bool holds_meetings = false;           ///< its owner put events of meetings into it
};

struct ConnectionError {
  std::string code{};
  std::string message{};  ///< one English sentence for people
  Instant at{};
};

struct CalendarConnection {
  ConnectionId id{};
  UserId user{};
  std::string provider{};
  std::string account{};  ///< an address
  bool is_active = true;  ///< false: broken; only its user can mend it
  std::optional<ConnectionError> last_error{};
  std::optional<Instant> last_sync_at{};
  std::optional<Instant> next_sync_at{};
  int failures = 0;         ///< readings that failed in a row
  std::int64_t events = 0;  ///< that block
  bool is_told = false;     ///< the provider tells when something changes
  Invites invites = Invites::provider;
  std::vector<ConnectedCalendar> calendars{};
};

/// How all accounts fare.
struct ConnectionCounts {
  std::int64_t all = 0;
  std::int64_t troubled = 0;                ///< broken, failing, or not read for too long
  std::vector<CalendarConnection> first{};  ///< a few of the troubled ones, broken ones before others; no calendars
};

/// How a meeting stands in its host's calendar.
enum class CalendarStatus : std::uint8_t { none, pending, written, failed };
constexpr std::string_view name_of(CalendarStatus status) {
  constexpr std::string_view names[] = {"none", "pending", "written", "failed"};
  return names[static_cast<std::size_t>(status)];
}

/// What became of the host's own move of the event.
enum class HostMove : std::uint8_t {
  none,
  outside_rules,  ///< followed, though a rule would have refused it
  put_back,       ///< it lay on another meeting
};
constexpr std::string_view name_of(HostMove move) {
  constexpr std::string_view names[] = {"none", "outside_rules", "put_back"};
  return names[static_cast<std::size_t>(move)];
}

struct MeetingInCalendar {
  CalendarStatus status = CalendarStatus::none;
  std::optional<std::string> error{};  ///< why it is not written, so far or for good
  AttendeeResponse response = AttendeeResponse::none;
  HostMove host_move = HostMove::none;
  std::optional<std::string> host_move_rule{};  ///< of outside_rules: the reason that a slot would have had
  bool is_unchecked = false;                    ///< booked while a calendar that is to block could not be read
};

/// What a user wants of one calendar.
struct CalendarChoice {
  std::string provider_id{};
  bool checks_conflicts = false;
  bool writes_meetings = false;
};

}  // namespace scheduling
