#pragma once
/// Why people are written to about a meeting, and who they are to it. Closed lists: an outbox row names one of each,
/// and the mails' texts are keyed by them.
/// Source: behaviour B-7, B-11.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace scheduling {

enum class MeetingEvent : std::uint8_t {
  booked,
  requested,  ///< booked, and the host has yet to confirm
  moved,
  cancelled,
  confirmed,
  declined,
  expired,     ///< the host did not confirm in time
  reassigned,  ///< another host took it over
  reminder,
  room,     ///< the link of its video call came after the meeting was told
  verify,   ///< the attendee has yet to prove their address, before anything else is told to anybody
  outcome,  ///< the host is asked what came of a meeting that is over
  missed,   ///< the attendee did not come, and may book again
};
inline constexpr std::array k_meeting_events = {
    MeetingEvent::booked,    MeetingEvent::requested, MeetingEvent::moved,   MeetingEvent::cancelled,
    MeetingEvent::confirmed, MeetingEvent::declined,  MeetingEvent::expired, MeetingEvent::reassigned,
    MeetingEvent::reminder,  MeetingEvent::room,      MeetingEvent::verify,  MeetingEvent::outcome,
    MeetingEvent::missed};

std::string_view name_of(MeetingEvent meeting_event);  ///< "booked"
/// What is written about a meeting that is over: it changes nothing, and no calendar shows it.
constexpr bool is_afterwards(MeetingEvent meeting_event) {
  return meeting_event == MeetingEvent::outcome || meeting_event == MeetingEvent::missed;
}
/// Whether a rep may say it in their own words. Who has not proved their address hears ours alone; and a link that
/// comes late is told shortly, as is what comes afterwards.
constexpr bool is_rewordable(MeetingEvent meeting_event) {
  return meeting_event != MeetingEvent::verify && meeting_event != MeetingEvent::room && !is_afterwards(meeting_event);
}
std::optional<MeetingEvent> meeting_event_of(std::string_view name);

enum class MailRole : std::uint8_t {
  attendee,
  guest,
  host,
  previous_host,  ///< of a reassigned meeting
};
std::string_view name_of(MailRole role);  ///< "attendee"
std::optional<MailRole> mail_role_of(std::string_view name);

}  // namespace scheduling
