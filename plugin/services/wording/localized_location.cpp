#include "plugin/services/wording/localized_location.hpp"

namespace scheduling {

std::string location_kind_text(const MessageCatalog& messages, std::string_view locale, const Meeting& meeting) {
  if (!meeting.location || meeting.location->kind == LocationType::custom) return {};
  if (meeting.location->kind == LocationType::phone && meeting.phone)
    return messages.text("location.phone_number", locale, MessageArgs{}.text("number", *meeting.phone));
  return messages.text("location." + std::string(name_of(meeting.location->kind)), locale);
}

std::string location_text(const MessageCatalog& messages, std::string_view locale, const Meeting& meeting) {
  if (!meeting.location) return {};
  return text_of(*meeting.location, location_kind_text(messages, locale, meeting));
}

}  // namespace scheduling
