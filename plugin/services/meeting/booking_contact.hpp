#pragma once
/// Whom a booking belongs to in the CRM (B-7).
#include "plugin/core/booking/attendee_details.hpp"
#include "plugin/core/booking/meeting.hpp"
#include "plugin/ports/crm/record_book.hpp"

namespace scheduling {

struct MatchedContact {
  ContactId id;
  TextFields suggestions;  ///< what the booker said and the record does not say
};

/// Finds the contact by address: of several the host's own, then the lowest id. Fills its empty fields
/// and overwrites nothing; makes a new one, owned by the host, when there is none.
Result<MatchedContact> match_contact(RecordBook& book, UserId host, const AttendeeDetails& attendee);

/// What the booker of a meeting said and its contact's record still does not say. The meeting has a contact.
Result<TextFields> open_suggestions(RecordBook& book, const Meeting& meeting);

}  // namespace scheduling
