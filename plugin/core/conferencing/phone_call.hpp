#pragma once
/// Who calls whom at a meeting by phone.
/// Source: behaviour B-7, B-8.
#include <cstdint>
#include <optional>
#include <string>

#include "plugin/core/booking/phone_reader.hpp"
#include "plugin/core/conferencing/location.hpp"

namespace scheduling {

enum class Caller : std::uint8_t { attendee, host };

struct PhoneCall {
  Caller caller = Caller::host;
  std::string number{};  ///< E.164; the host's where the attendee calls, else the attendee's
};

/// Details that are a phone number are the one that the attendee calls; else the host calls the attendee's own. None
/// where the meeting is not by phone, or where nobody gave a number (meetings of earlier versions).
std::optional<PhoneCall> phone_call_of(const std::optional<Location>& location,
                                       const std::optional<std::string>& attendee_phone, const PhoneReader& phones);

/// A location as a meeting keeps it: a phone number in the details becomes E.164. `region` as in PhoneReader, the
/// host's.
std::optional<Location> with_readable_number(std::optional<Location> location, const PhoneReader& phones,
                                             std::string_view region);

}  // namespace scheduling
