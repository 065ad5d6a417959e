#pragma once
/// A meeting with everything that texts about it need: its type, its page, its host.
#include <optional>
#include <string>
#include <string_view>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/catalog/scheduling_page.hpp"
#include "plugin/core/mail/meeting_event.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

struct MeetingDetails {
  Meeting meeting;
  MeetingType type;
  std::optional<SchedulingPage> page;  ///< none: archived since
  Person host;
};

/// Reads type, page and host of a stored meeting; archived types too. The answers come in the order of the questions.
/// Errors: broken when it has no type.
Result<MeetingDetails> load_meeting_details(Transaction& transaction, Meeting meeting);

/// The event's title: the type's template, or "Discovery Call: Rosa Rep – Ada Lovelace". `location`: where the meeting
/// takes place, in the reader's language. Guests do not learn the attendee's address.
std::string event_title(const MeetingDetails& details, std::string_view location, MailRole reader);
/// The type's template, or empty. `location`: as above.
std::string event_description(const MeetingDetails& details, std::string_view location, MailRole reader);
/// One line for the contact's timeline, which is in English: the type's template, or "Discovery Call with Ada
/// Lovelace".
std::string activity_subject(const MeetingDetails& details);

}  // namespace scheduling
