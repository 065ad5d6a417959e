#pragma once
/// Identifiers of rows. Distinct types, so that a page is never taken for a meeting.
#include <compare>
#include <cstdint>
#include <functional>

namespace scheduling {

template <class Tag>
struct Id {
  std::int64_t value = 0;  ///< positive for stored rows; 0 means "none yet"
  explicit operator bool() const { return value != 0; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using UserId = Id<struct UserTag>;        ///< the CRM's user
using ContactId = Id<struct ContactTag>;  ///< the CRM's record of the module "contacts"
using PageId = Id<struct PageTag>;
using MeetingTypeId = Id<struct MeetingTypeTag>;
using MeetingId = Id<struct MeetingTag>;
using OverrideId = Id<struct OverrideTag>;
using OutboxId = Id<struct OutboxTag>;
using ConnectionId = Id<struct ConnectionTag>;  ///< an account at a calendar provider
using CalendarId = Id<struct CalendarTag>;      ///< one calendar of a connection

}  // namespace scheduling

template <class Tag>
struct std::hash<scheduling::Id<Tag>> {
  std::size_t operator()(const scheduling::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
