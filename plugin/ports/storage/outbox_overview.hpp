#pragma once
/// What people see of the outbox: its rows, and how many stand how.
///
/// Source: behaviour B-11.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/outbox/outbox_status.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

/// A row as people see it.
struct OutboxEntry {
  OutboxId id{};
  std::string kind{};  ///< its stored name: "mail_booked"
  MeetingId meeting{};
  std::optional<std::string> recipient{};
  std::string role{};  ///< of the recipient; empty for what cannot be read
  OutboxStatus status = OutboxStatus::waiting;
  int attempts = 0;
  std::optional<std::string> error{};
  std::optional<Instant> due_at{};
  Instant available_at{};
  std::optional<Instant> done_at{};
  Instant created_at{};
};

struct OutboxFilter {
  std::optional<UserId> host{};  ///< absent: everybody's, for admins
  std::optional<MeetingId> meeting{};
  std::optional<OutboxStatus> status{};
};

struct UnknownKind {
  std::string kind{};
  std::int64_t waiting = 0;
  Instant since{};
};

struct MailCounts {
  std::int64_t waiting = 0;
  std::optional<Instant> oldest{};  ///< of those that wait
  std::int64_t tried = 0;           ///< of those that wait, refused before
  std::string wait_reason{};
  std::int64_t dead = 0;
  std::string dead_reason{};
  std::int64_t held = 0;  ///< first mails that a limit keeps back
  std::string held_reason{};
  std::int64_t reviews = 0;  ///< bookings that wait for their host's review
  std::int64_t meetings_ahead = 0, pages_open = 0;
  struct Reminders {
    std::int64_t due = 0;  ///< and not sent yet
    std::int64_t sent = 0;
    std::int64_t late = 0;  ///< of those sent
    std::int64_t failed = 0;
    std::string reason{};  ///< why the last one failed or is refused for now
  } reminders{};           ///< those that were due since the asked instant
  /// Kinds of messages that this version does not know, by name. Not counted above.
  std::vector<UnknownKind> unknown{};
};

}  // namespace scheduling
