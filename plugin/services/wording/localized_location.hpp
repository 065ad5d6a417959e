#pragma once
/// Where a meeting takes place, in the reader's language.
#include <string>
#include <string_view>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"

namespace scheduling {

/// "Phone call: +12025550136", "Zoom meeting"; empty for a place that only the host's own text names.
std::string location_kind_text(const MessageCatalog& messages, std::string_view locale, const Meeting& meeting);
/// The link of the room and the host's own text, else location_kind_text(). Empty when the meeting has no location.
std::string location_text(const MessageCatalog& messages, std::string_view locale, const Meeting& meeting);

}  // namespace scheduling
