#include "plugin/services/meeting/booking_contact.hpp"

#include <algorithm>

#include "plugin/core/booking/contact_fill.hpp"

namespace scheduling {
namespace {

TextFields offered_fields(const std::string& name, const std::optional<std::string>& phone) {
  TextFields fields{{"name", name}};
  if (phone) fields["phone"] = *phone;
  return fields;
}

Result<MatchedContact> create_contact(RecordBook& book, UserId host, const AttendeeDetails& attendee) {
  TextFields fields = offered_fields(attendee.attendee_name, attendee.phone);
  fields["email"] = attendee.attendee_email.text();
  fields["source"] = "meeting_scheduler";
  for (const auto& [name, text] : attendee.utm) fields["utm_" + name] = text;
  auto id = book.create(host, fields);
  if (!id) return fail(std::move(id.error()));
  return MatchedContact{*id, {}};
}

}  // namespace

Result<MatchedContact> match_contact(RecordBook& book, UserId host, const AttendeeDetails& attendee) {
  auto contacts = book.find_by_email(attendee.attendee_email.text());
  if (!contacts) return fail(std::move(contacts.error()));
  if (contacts->empty()) return create_contact(book, host, attendee);
  const auto own = std::ranges::find(*contacts, host, &Contact::owner);
  const Contact& contact = own == contacts->end() ? contacts->front() : *own;
  ContactFill change = fill_contact(contact.fields, offered_fields(attendee.attendee_name, attendee.phone));
  if (change.changes_contact())
    if (auto filled = book.fill(contact.id, change.fill); !filled) return fail(std::move(filled.error()));
  return MatchedContact{contact.id, std::move(change.suggestions)};
}

Result<TextFields> open_suggestions(RecordBook& book, const Meeting& meeting) {
  auto contact = book.find(*meeting.contact);
  if (!contact && contact.error().code == Code::not_found) return TextFields{};
  if (!contact) return fail(std::move(contact.error()));
  return fill_contact(contact->fields, offered_fields(meeting.attendee_name, meeting.phone)).suggestions;
}

}  // namespace scheduling
