#include "plugin/core/calendar/remote_event.hpp"

#include <array>
#include <utility>

namespace scheduling {
namespace {

constexpr std::array<std::pair<AttendeeResponse, std::string_view>, 4> k_responses = {{
    {AttendeeResponse::none, "none"},
    {AttendeeResponse::accepted, "accepted"},
    {AttendeeResponse::tentative, "tentative"},
    {AttendeeResponse::declined, "declined"},
}};

}  // namespace

std::string_view name_of(AttendeeResponse response) {
  return k_responses[static_cast<std::size_t>(response)].second;
}

std::optional<AttendeeResponse> attendee_response_of(std::string_view name) {
  for (const auto& [response, known] : k_responses)
    if (known == name) return response;
  return std::nullopt;
}

bool blocks(const RemoteEvent& event) {
  if (event.is_cancelled || event.is_free || event.is_declined) return false;
  switch (event.kind) {
    case RemoteEventKind::ordinary:
    case RemoteEventKind::out_of_office:
    case RemoteEventKind::focus: return true;
    case RemoteEventKind::working_location:
    case RemoteEventKind::birthday: return false;
  }
  return true;
}

}  // namespace scheduling
