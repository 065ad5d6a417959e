#include "plugin/services/booking_contact.hpp"

#include <algorithm>

#include "plugin/core/booking/contact_fill.hpp"

namespace scheduling {
namespace {

TextFields offered_fields(const BookingDetails& details) {
  TextFields fields{{"name", details.attendee_name}};
  if (details.phone) fields["phone"] = *details.phone;
  return fields;
}

Result<MatchedContact> create_contact(RecordBook& book, UserId host, const BookingDetails& details) {
  TextFields fields = offered_fields(details);
  fields["email"] = details.attendee_email.text();
  fields["source"] = "meeting_scheduler";
  for (const auto& [name, text] : details.utm) fields["utm_" + name] = text;
  auto id = book.create(host, fields);
  if (!id) return fail(std::move(id.error()));
  return MatchedContact{*id, {}};
}

}  // namespace

Result<MatchedContact> match_contact(RecordBook& book, UserId host, const BookingDetails& details) {
  auto contacts = book.find_by_email(details.attendee_email.text());
  if (!contacts) return fail(std::move(contacts.error()));
  if (contacts->empty()) return create_contact(book, host, details);
  const auto own = std::ranges::find(*contacts, host, &Contact::owner);
  const Contact& contact = own == contacts->end() ? contacts->front() : *own;
  ContactFill change = fill_contact(contact.fields, offered_fields(details));
  if (change.changes_contact())
    if (auto filled = book.fill(contact.id, change.fill); !filled) return fail(std::move(filled.error()));
  return MatchedContact{contact.id, std::move(change.suggestions)};
}

}  // namespace scheduling
