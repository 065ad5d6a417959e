#include "plugin/services/meeting/contact_meetings.hpp"

#include <algorithm>
#include <map>

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"

namespace scheduling {

Result<std::vector<HostedMeeting>> meetings_of_contact(Transaction& transaction, ContactId contact,
                                                       std::optional<UserId> host, Instant now) {
  auto meetings = transaction.meetings().of_contact(
      {contact, host, now, k_contact_meetings_ahead_max, k_contact_meetings_past_max});
  if (!meetings) return fail(std::move(meetings.error()));
  std::map<UserId, std::string> names;
  for (const ContactMeeting& meeting : *meetings) {
    if (names.contains(meeting.host)) continue;
    auto person = transaction.users().find(meeting.host);
    if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
    names.emplace(meeting.host, person ? person->name : "");
  }
  std::vector<HostedMeeting> hosted;
  for (ContactMeeting& meeting : *meetings) {
    std::string name = names[meeting.host];
    hosted.push_back({std::move(meeting), std::move(name)});
  }
  return hosted;
}

Done hide_contacts(Transaction& transaction, const ContactReader& reader, std::span<Meeting> meetings) {
  std::vector<ContactId> contacts;
  for (const Meeting& meeting : meetings)
    if (meeting.contact && std::ranges::find(contacts, *meeting.contact) == contacts.end())
      contacts.push_back(*meeting.contact);
  if (reader.is_admin || contacts.empty()) return {};
  auto seen = transaction.records().seen_by(reader, contacts);
  if (!seen) return fail(std::move(seen.error()));
  for (Meeting& meeting : meetings)
    if (meeting.contact && std::ranges::find(*seen, *meeting.contact) == seen->end()) meeting.contact.reset();
  return {};
}

}  // namespace scheduling
