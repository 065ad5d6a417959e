#pragma once
/// Whom a booking belongs to in the CRM (B-7).
#include <optional>
#include <span>
#include <vector>

#include "plugin/core/booking/attendee_details.hpp"
#include "plugin/core/booking/contact_suggestions.hpp"
#include "plugin/core/booking/meeting.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/storage/booking_store.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

struct MatchedContact {
  ContactChoice choice;
  std::vector<FieldSuggestion> suggestions;  ///< what the booker said and the record does not say
  TextFields filled{};                       ///< empty fields of a known contact that the booking may fill
};

/// Which of `contacts`, all with the attendee's address, by id, the booking belongs to: the first that one of `owners`
/// has, then the first. An existing one stays as it is; without any a new one is made, owned by the host. Pure.
MatchedContact match_contact(const std::vector<Contact>& contacts, std::span<const UserId> owners, UserId host,
                             const AttendeeDetails& attendee);
/// Of a personal page: the host's own first.
inline MatchedContact match_contact(const std::vector<Contact>& contacts, UserId host,
                                    const AttendeeDetails& attendee) {
  return match_contact(contacts, {&host, 1}, host, attendee);
}

/// The booking of a contact who is known already, whatever address was typed.
MatchedContact known_contact(const Contact& contact, const AttendeeDetails& attendee);
/// The booking of a contact who was invited. Empty fields are filled when the typed address is one of the contact's:
/// who has the invitation and knows the address is who was invited.
MatchedContact invited_contact(const Contact& contact, const AttendeeDetails& attendee);
/// As an activity shows them: the proposed value of each field.
TextFields proposed_fields(const std::vector<FieldSuggestion>& suggestions);

/// Fills those fields. What the CRM refuses stays a suggestion: a booking does not fail for it.
Done fill_contact(RecordBook& book, MatchedContact& contact);

/// What the booker of a meeting said and its contact's record still does not say. The meeting has a contact.
Result<TextFields> open_suggestions(RecordBook& book, const Meeting& meeting);

/// Whose contact it is, where a team gave the meeting to somebody else although its type asks for the owner first: the
/// owner may take it over. None: nobody is to be asked.
std::optional<UserId> owner_elsewhere(const MeetingDetails& details, const ContactChoice& choice);

}  // namespace scheduling
