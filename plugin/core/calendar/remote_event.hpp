#pragma once
/// An event as a calendar provider tells it, in words that all providers share, and whether it blocks (B-9).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plugin/core/interval/time_range.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/core/time/local_time.hpp"

namespace scheduling {

enum class RemoteEventKind : std::uint8_t { ordinary, out_of_office, focus, working_location, birthday };

enum class AttendeeResponse : std::uint8_t { none, accepted, tentative, declined };
std::string_view name_of(AttendeeResponse response);
std::optional<AttendeeResponse> attendee_response_of(std::string_view name);

/// A wall time in a zone that the event names itself.
struct RemoteWallTime {
  WallTime wall{};
  std::string zone{};
};
/// An instant; a date of the calendar's own zone; or a wall time.
using RemoteTime = std::variant<Instant, LocalDate, RemoteWallTime>;

struct RemoteAttendee {
  std::string email{};
  AttendeeResponse response = AttendeeResponse::none;
};

/// How the room stands that an event was to get.
enum class RoomState : std::uint8_t {
  none,
  pending,  ///< the provider is at it
  ready,    ///< `join_url` leads there
  failed,   ///< the provider could not; it may be asked again
};

struct RemoteEvent {
  std::string id{};
  std::string etag{};
  bool is_cancelled = false;  ///< nothing but the id is certain then
  std::optional<RemoteTime> start{};
  std::optional<RemoteTime> end{};  ///< exclusive
  RemoteEventKind kind = RemoteEventKind::ordinary;
  bool is_free = false;               ///< shown as free
  bool is_declined = false;           ///< by the calendar's owner
  std::optional<std::string> mark{};  ///< our private mark: the meeting's UID
  std::vector<RemoteAttendee> attendees{};
  RoomState room = RoomState::none;
  std::string join_url{};
};

/// Busy, tentative and out of office block; free, declined, cancelled and mere places of work do not.
bool blocks(const RemoteEvent& event);

}  // namespace scheduling
