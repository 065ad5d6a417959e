#include "plugin/core/conferencing/phone_call.hpp"

namespace scheduling {

std::optional<PhoneCall> phone_call_of(const std::optional<Location>& location,
                                       const std::optional<std::string>& attendee_phone, const PhoneReader& phones) {
  if (!location || location->kind != LocationType::phone) return std::nullopt;
  if (auto number = phones.read(location->details, "")) return PhoneCall{Caller::attendee, std::move(*number)};
  if (attendee_phone) return PhoneCall{Caller::host, *attendee_phone};
  return std::nullopt;
}

std::optional<Location> with_readable_number(std::optional<Location> location, const PhoneReader& phones,
                                             std::string_view region) {
  if (!location || location->kind != LocationType::phone) return location;
  if (auto number = phones.read(location->details, region)) location->details = std::move(*number);
  return location;
}

}  // namespace scheduling
