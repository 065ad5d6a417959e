#pragma once
/// Where a meeting takes place, as data. Sentences about it are made where they are read: in a mail, on a page.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

enum class LocationType : std::uint8_t { zoom, google_meet, teams, phone, in_person, custom };
std::string_view name_of(LocationType type);
std::optional<LocationType> location_type_of(std::string_view name);
/// The meeting is a video call, so a link leads to it.
bool is_video(LocationType type);

/// A phone call without details is made to the attendee's own number, which the meeting holds.
struct Location {
  LocationType kind = LocationType::custom;
  std::string details{};                  ///< as the host wrote it: an address, a link, a phone number; may be empty
  std::optional<std::string> join_url{};  ///< the link of a room that was made for this meeting
  bool operator==(const Location&) const = default;
};

/// The meeting is a video call for which a room is to be made: the host's own words name none.
bool wants_room(const Location& location);

/// What anybody may read of the host's own words before a booking: an address of a meeting in person. Empty for links,
/// dial-in numbers, and every other kind of place: they let people into a room.
std::string open_details(LocationType kind, const std::string& details);

/// In plain text: the link of the room and the details; `kind_text` when there are neither.
std::string text_of(const Location& location, std::string_view kind_text);
/// The English text that the API and the database column `location` have always held. Programs outside read it; this
/// program never does.
std::string published_text(const Location& location, const std::optional<std::string>& attendee_phone);

}  // namespace scheduling
