#include "plugin/core/mail/meeting_event.hpp"

#include <algorithm>

namespace scheduling {
namespace {

constexpr std::array k_roles = {MailRole::attendee, MailRole::guest, MailRole::host, MailRole::previous_host};

template <class Named, std::size_t Count>
std::optional<Named> named(const std::array<Named, Count>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, [](Named one) { return name_of(one); });
  return found == all.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

std::string_view name_of(MeetingEvent meeting_event) {
  switch (meeting_event) {
    case MeetingEvent::booked: return "booked";
    case MeetingEvent::requested: return "requested";
    case MeetingEvent::moved: return "moved";
    case MeetingEvent::cancelled: return "cancelled";
    case MeetingEvent::confirmed: return "confirmed";
    case MeetingEvent::declined: return "declined";
    case MeetingEvent::expired: return "expired";
    case MeetingEvent::reassigned: return "reassigned";
    case MeetingEvent::reminder: return "reminder";
    case MeetingEvent::room: return "room";
    case MeetingEvent::verify: return "verify";
    case MeetingEvent::outcome: return "outcome";
    case MeetingEvent::missed: return "missed";
  }
  return "booked";
}

std::optional<MeetingEvent> meeting_event_of(std::string_view name) {
  return named(k_meeting_events, name);
}

std::string_view name_of(MailRole role) {
  switch (role) {
    case MailRole::attendee: return "attendee";
    case MailRole::guest: return "guest";
    case MailRole::host: return "host";
    case MailRole::previous_host: return "previous_host";
  }
  return "attendee";
}

std::optional<MailRole> mail_role_of(std::string_view name) {
  return named(k_roles, name);
}

}  // namespace scheduling
