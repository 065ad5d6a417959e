#pragma once
/// What the module does outside its database after a commit. A closed list: the database stores a message as a name and
/// JSON (json/outbox_json.hpp), the code sees only these types.
///
/// A new kind of work needs an alternative of OutboxMessage here with an OutboxKind of
/// the same position, its two functions in the codec, and an OutboxHandler.
/// Source: behaviour B-7, B-11.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plugin/core/booking/admission.hpp"
#include "plugin/core/booking/meeting_status.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/mail/meeting_event.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

/// A mail to one person about one meeting: what nobody can read from the meeting any more when the mail is written.
struct MeetingMail {
  MeetingEvent event = MeetingEvent::booked;
  MailRole role = MailRole::attendee;
  std::optional<std::string> recipient{};      ///< as known when this was written; none: the meeting's host of later
  std::string zone{};                          ///< the attendee's and guests'; hosts have the one they have then
  std::string locale{};                        ///< BCP 47; of attendees and guests, as above
  std::optional<std::int32_t> sequence{};      ///< iCalendar SEQUENCE of what is told; none: the meeting's own
  std::optional<Instant> previous_start{};     ///< of a move
  std::optional<std::string> reason{};         ///< of a cancellation or refusal
  std::optional<UserId> user{};                ///< who reads it, of a host or a former one; none: the host of later
  std::optional<UserId> told_host{};           ///< whom the mail names as the host
  std::vector<UserId> told_others{};           ///< further hosts whom it names, by id
  std::optional<MeetingStatus> told_status{};  ///< what the mail says of the meeting: pending or scheduled
  /// Of a reminder: how long before the start it is due. Of a question's reminder: how long after the question.
  std::optional<std::chrono::minutes> reminder_offset{};
  std::optional<MailLimit> held_by{};  ///< a first mail that may not leave yet: the row's state, not its payload
  friend bool operator==(const MeetingMail&, const MeetingMail&) = default;
};

/// A host's calendar may no longer show a meeting as it is. What it shall show is read when it is written, so whoever
/// comes late or twice writes the same.
struct CalendarWrite {
  std::optional<std::string> recipient{};  ///< none, ever
  UserId user{};                           ///< whose calendar
  friend bool operator==(const CalendarWrite&, const CalendarWrite&) = default;
};

/// A provider no longer lets us into a user's calendar: they are told once.
struct CalendarNotice {
  std::optional<std::string> recipient{};  ///< none: the user's address when the mail leaves
  UserId user{};
  ConnectionId connection{};
  std::string account{};
  friend bool operator==(const CalendarNotice&, const CalendarNotice&) = default;
};

/// A meeting's room may no longer be as the meeting is; as with calendars, whoever comes late or twice does the same.
struct RoomWrite {
  std::optional<std::string> recipient{};  ///< none, ever
  friend bool operator==(const RoomWrite&, const RoomWrite&) = default;
};

using OutboxMessage = std::variant<MeetingMail, CalendarWrite, CalendarNotice, RoomWrite>;

/// The alternatives of OutboxMessage, in their order.
enum class OutboxKind : std::uint8_t { meeting_mail, calendar_write, calendar_notice, room_write };
static_assert(std::variant_size_v<OutboxMessage> == 4, "each alternative needs its OutboxKind");

inline OutboxKind kind_of(const OutboxMessage& message) {
  return static_cast<OutboxKind>(message.index());
}

}  // namespace scheduling
