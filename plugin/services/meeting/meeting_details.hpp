#pragma once
/// A meeting with everything that texts about it need: its type, its page, its host.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/catalog/scheduling_page.hpp"
#include "plugin/core/mail/meeting_event.hpp"
#include "plugin/core/mail/participants.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

struct MeetingDetails {
  Meeting meeting;
  MeetingType type;
  std::optional<SchedulingPage> page;  ///< none: archived since
  Person host;
  std::vector<Person> other_hosts{};  ///< of a collective meeting
};

/// Reads type, page and host of a stored meeting; archived types too. The answers come in the order of the questions.
/// Errors: broken when it has no type.
Result<MeetingDetails> load_meeting_details(Transaction& transaction, Meeting meeting);

/// The meeting that a link lets one of its hosts answer for; they stand first.
/// Errors: not_found when they host it no more, or have left.
Result<MeetingDetails> load_hosted_meeting(Transaction& transaction, MeetingId id, UserId host);

/// Everybody who takes part, each address once.
std::vector<Participant> participants_of(const MeetingDetails& details);
/// "Ann Ames, Bob Bell"
std::string host_names(const MeetingDetails& details);
/// The meeting as one of its hosts sees it: they stand first.
void put_first(MeetingDetails& details, UserId host);
/// Who may take the meeting over when it is moved: the team's other serving members, where the type allows it.
std::vector<UserId> successors_of(const MeetingDetails& details);
/// How its page assigns meetings; of an archived one, as if it were personal.
Assignment strategy_of(const MeetingDetails& details);

/// The event's title: the type's template, or "Discovery Call: Rosa Rep – Ada Lovelace". `location`: where the meeting
/// takes place, in the reader's language. Guests do not learn the attendee's address.
std::string event_title(const MeetingDetails& details, std::string_view location, MailRole reader);
/// The type's template, or empty. `location`: as above.
std::string event_description(const MeetingDetails& details, std::string_view location, MailRole reader);
/// One line for the contact's timeline, which is in English: the type's template, or "Discovery Call with Ada
/// Lovelace".
std::string activity_subject(const MeetingDetails& details);

}  // namespace scheduling
