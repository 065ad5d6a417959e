#include "plugin/services/meeting/booking_contact.hpp"

#include <algorithm>

#include "plugin/core/booking/contact_suggestions.hpp"

namespace scheduling {
namespace {

TextFields offered_fields(const std::string& name, const std::optional<std::string>& phone) {
  TextFields fields{{"name", name}};
  if (phone) fields["phone"] = *phone;
  return fields;
}

ContactChoice new_contact(UserId owner, const AttendeeDetails& attendee) {
  TextFields fields = offered_fields(attendee.attendee_name, attendee.phone);
  fields["email"] = attendee.attendee_email.text();
  fields["source"] = "meeting_scheduler";
  for (const auto& [name, text] : attendee.utm) fields["utm_" + name] = text;
  return {std::nullopt, owner, std::move(fields)};
}

}  // namespace

MatchedContact match_contact(const std::vector<Contact>& contacts, std::span<const UserId> owners, UserId host,
                             const AttendeeDetails& attendee) {
  if (contacts.empty()) return {new_contact(host, attendee), {}};
  const auto own = std::ranges::find_if(
      contacts, [&](const Contact& each) { return std::ranges::find(owners, each.owner) != owners.end(); });
  const Contact& contact = own == contacts.end() ? contacts.front() : *own;
  return known_contact(contact, attendee);
}

MatchedContact known_contact(const Contact& contact, const AttendeeDetails& attendee) {
  return {{contact.id, contact.owner, {}},
          suggest_fields(contact.fields, offered_fields(attendee.attendee_name, attendee.phone))};
}

MatchedContact invited_contact(const Contact& contact, const AttendeeDetails& attendee) {
  MatchedContact matched = known_contact(contact, attendee);
  const std::string typed = attendee.attendee_email.key();
  const bool is_theirs =
      std::ranges::any_of(contact.addresses, [&](const std::string& own) { return address_key(own) == typed; });
  if (!is_theirs) return matched;
  std::erase_if(matched.suggestions, [&](const FieldSuggestion& each) {
    if (!each.current.empty()) return false;
    matched.filled.emplace(each.field, each.proposed);
    return true;
  });
  return matched;
}

Done fill_contact(RecordBook& book, MatchedContact& contact) {
  if (contact.filled.empty() || !contact.choice.known) return {};
  auto changed = book.change(*contact.choice.known, contact.filled, UserId{});
  if (changed) return {};
  if (changed.error().code != Code::invalid_input) return fail(std::move(changed.error()));
  for (const auto& [field, value] : contact.filled) contact.suggestions.push_back({field, "", value});
  contact.filled.clear();
  return {};
}

TextFields proposed_fields(const std::vector<FieldSuggestion>& suggestions) {
  TextFields fields;
  for (const FieldSuggestion& each : suggestions) fields.emplace(each.field, each.proposed);
  return fields;
}

Result<TextFields> open_suggestions(RecordBook& book, const Meeting& meeting) {
  auto contact = book.find(*meeting.contact);
  if (!contact && contact.error().code == Code::not_found) return TextFields{};
  if (!contact) return fail(std::move(contact.error()));
  return proposed_fields(suggest_fields(contact->fields, offered_fields(meeting.attendee_name, meeting.phone)));
}

std::optional<UserId> owner_elsewhere(const MeetingDetails& details, const ContactChoice& choice) {
  const bool asks_for_owner = details.page && details.page->content.assignment == Assignment::round_robin &&
                              details.type.content.settings.owner_first.value_or(OwnerFirst::off) != OwnerFirst::off;
  if (!asks_for_owner || !choice.known || is_hosted_by(details.meeting, choice.owner)) return std::nullopt;
  const PageMember* owner = member_of(details.page->content.members, choice.owner);
  return owner && owner->serves() ? std::optional(choice.owner) : std::nullopt;
}

}  // namespace scheduling
