#pragma once
/// What travels in and out of the MeetingRepository.
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plugin/core/assignment/assignment_record.hpp"
#include "plugin/core/booking/contact_suggestions.hpp"
#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/outbox/outbox_message.hpp"
#include "plugin/ports/storage/calendar_rows.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {

using TokenHash = std::string;  ///< SHA-256, 32 raw bytes
using BodyHash = std::string;   ///< SHA-256, 32 raw bytes

struct AuditEntry {
  enum class Actor { attendee, user, system };
  std::string action{};  ///< at most 40 characters: "booked", "cancelled", "moved"
  Actor actor = Actor::system;
  UserId user{};  ///< when a user did it
  std::string request_id{};
  std::map<std::string, std::string> details{};
};

struct NewToken {
  TokenHash hash{};
  std::string sealed{};  ///< raw bytes; bind it to the meeting's ical_uid, which the whole chain keeps
  Instant expires_at{};
};

struct NewBookingKey {
  std::string key{};  ///< at most 255 characters
  BodyHash body_hash{};
};

/// What one public booking uses up under a key.
struct UseEntry {
  std::string key{};
  std::int64_t bookings = 0;
  std::int64_t mails = 0;
};

struct NewMeeting {
  /// `id` is one that BookingStore gave, and `chain` the same for the first of a chain. `host` is ignored in
  /// favour of `hosts`; `created_at` is the time of all that is written.
  Meeting meeting;
  std::vector<UserId> hosts{};      ///< at least one; the first is the meeting's host_user_id
  std::optional<NewToken> token{};  ///< for the first of a chain
  std::optional<NewBookingKey> key{};
  AssignmentRecord assignment{};  ///< `at` is not read: it is `created_at`
  PageId turn_page{};             ///< of a team, whose ledger gets `turn`
  std::vector<TurnEntry> turn{};  ///< none: the booking has no entries
  AuditEntry audit{};
  std::vector<OutboxMessage> messages{};          ///< each (meeting, iCalendar sequence, kind, recipient) once
  std::vector<std::chrono::minutes> reminders{};  ///< planned: minutes before the start, each once
  std::vector<FieldSuggestion> suggestions{};     ///< for the meeting's contact; one that is open already stays one
  std::vector<UseEntry> uses{};
  std::optional<UserId> suggested_host{};  ///< whose contact it is, where somebody else got the meeting
};

struct LinkedMeeting {
  Meeting meeting;  ///< the newest of its chain
  Instant expires_at{};
};

struct SealedToken {
  std::string sealed{};  ///< raw bytes
  Instant expires_at{};
};

struct RepeatedBooking {
  Meeting meeting;  ///< the newest of its chain
  BodyHash body_hash{};
  std::string sealed_token{};  ///< raw bytes
};

struct StatusChange {
  MeetingId id{};
  MeetingStatus from = MeetingStatus::scheduled;
  MeetingStatus to = MeetingStatus::cancelled;
  CancelledBy cancelled_by = CancelledBy::system;  ///< with `cancelled`
  std::optional<CancelReason> cancel_reason{};     ///< with `cancelled`
  AuditEntry audit{};
  std::vector<OutboxMessage> messages{};
  Instant now{};
  std::vector<std::chrono::minutes> reminders{};  ///< planned from now on, with `scheduled`
};

/// The attendee proved their address: what was kept back when the meeting was booked happens now.
struct VerifiedMeeting {
  Meeting meeting;  ///< as it is from now on; `updated_at` is the time of all that is written
  AuditEntry audit{};
  std::vector<OutboxMessage> messages{};
  std::vector<std::chrono::minutes> reminders{};
  std::vector<FieldSuggestion> suggestions{};
  std::vector<UseEntry> uses{};
  std::optional<UserId> suggested_host{};
};
struct Reassignment {
  MeetingId id{};
  UserId from{};
  UserId to{};
  AuditEntry audit{};
  std::vector<OutboxMessage> messages{};
  Instant now{};
  std::optional<MeetingClocks> clocks{};  ///< with the new host's; a note about the former host's clock goes
  AssignmentRecord assignment{};          ///< its reason is `reassigned`
  std::optional<std::string> location{};  ///< see published_location(): without the former host's room
};

/// What stands in place of a meeting that was moved.
struct Successor {
  MeetingId moved{};
  MeetingId newest{};
  UserId host{};
};

struct AttendeeName {
  MeetingId meeting{};
  std::string name{};
};

}  // namespace scheduling
