#pragma once
/// Whom a booking belongs to in the CRM (B-7).
#include "plugin/core/booking/attendee_details.hpp"
#include "plugin/core/booking/meeting.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/storage/booking_store.hpp"

namespace scheduling {

struct MatchedContact {
  ContactChoice choice;
  TextFields suggestions;  ///< what the booker said and the record does not say
};

/// Which of `contacts`, all with the attendee's address, the booking belongs to: the host's own, then the lowest id.
/// Its empty fields are filled and nothing is overwritten; without any a new one is made, owned by the host. Pure.
MatchedContact match_contact(const std::vector<Contact>& contacts, UserId host, const AttendeeDetails& attendee);

/// What the booker of a meeting said and its contact's record still does not say. The meeting has a contact.
Result<TextFields> open_suggestions(RecordBook& book, const Meeting& meeting);

}  // namespace scheduling
