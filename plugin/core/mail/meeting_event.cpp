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

std::string_view name_of(Occasion occasion) {
  switch (occasion) {
    case Occasion::booked: return "booked";
    case Occasion::requested: return "requested";
    case Occasion::moved: return "moved";
    case Occasion::cancelled: return "cancelled";
    case Occasion::confirmed: return "confirmed";
    case Occasion::declined: return "declined";
    case Occasion::expired: return "expired";
    case Occasion::reassigned: return "reassigned";
    case Occasion::reminder: return "reminder";
  }
  return "booked";
}

std::optional<Occasion> occasion_of(std::string_view name) {
  return named(k_occasions, name);
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
