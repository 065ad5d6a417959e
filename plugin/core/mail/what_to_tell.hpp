#pragma once
/// What a mail tells when it leaves: decided from what its reader was told before, and from how the meeting stands.
/// The table of all combinations stands in ADR 0018.
///
/// Source: behaviour B-11.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/booking/meeting_status.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/outbox/outbox_message.hpp"
#include "plugin/core/outbox/outbox_status.hpp"

namespace scheduling {

/// One mail about a meeting or another one of its chain.
struct ChainMail {
  OutboxId id{};
  MeetingId meeting{};
  Instant start{};  ///< of that meeting
  OutboxStatus status = OutboxStatus::waiting;
  bool may_have_left = false;  ///< a process died while it was handing this over
  MeetingMail mail{};
};

/// A chain's mails in the order in which they were written, and its newest meeting.
struct ChainMails {
  MeetingId newest{};
  MeetingStatus status = MeetingStatus::scheduled;
  std::int32_t sequence = 0;  ///< iCalendar SEQUENCE of the newest meeting
  std::vector<ChainMail> mails{};
};

/// The meeting that a mail is about.
struct ToldMeeting {
  MeetingId id{};
  UserId host{};
  MeetingStatus status = MeetingStatus::scheduled;
  Instant start{};
  Instant end{};
  std::optional<Instant> verify_by{};  ///< until when the attendee may prove their address; none: no need any more
  bool has_outcome = false;            ///< somebody said what came of it
  std::vector<UserId> other_hosts{};   ///< by id
};

struct Telling {
  std::string obsolete{};  ///< why nothing is told; empty: the mail is wanted
  MeetingEvent event = MeetingEvent::booked;
  std::optional<Instant> previous_start{};  ///< the time that the reader knew, where it is another
};

/// Whether two mails go to one person: the same user, or the same address in any spelling.
bool have_one_reader(const MeetingMail& one, const MeetingMail& other);

/// Of the mail `id`, whose text stands in `mail`.
Telling what_to_tell(OutboxId id, const MeetingMail& mail, const ToldMeeting& meeting, const ChainMails& chain,
                     Instant now);

}  // namespace scheduling
