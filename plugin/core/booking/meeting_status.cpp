#include "plugin/core/booking/meeting_status.hpp"

#include <algorithm>
#include <array>

namespace scheduling {
namespace {

constexpr std::array<std::string_view, 6> k_names = {"scheduled", "pending",   "completed",
                                                     "no_show",   "cancelled", "rescheduled"};

}  // namespace

std::string_view name_of(MeetingStatus status) {
  return k_names[static_cast<std::size_t>(status)];
}

std::optional<MeetingStatus> meeting_status_of(std::string_view name) {
  const auto found = std::find(k_names.begin(), k_names.end(), name);
  if (found == k_names.end()) return std::nullopt;
  return static_cast<MeetingStatus>(found - k_names.begin());
}

bool may_become(MeetingStatus from, MeetingStatus to) {
  using enum MeetingStatus;
  switch (from) {
    case pending: return to == scheduled || to == cancelled || to == rescheduled;
    case scheduled: return to == completed || to == no_show || to == cancelled || to == rescheduled;
    case completed: return to == no_show;
    case no_show: return to == completed;
    case cancelled:
    case rescheduled: return false;
  }
  return false;
}

}  // namespace scheduling
