#include "plugin/services/teams/rep_bookings.hpp"

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"

namespace scheduling {
namespace {

Error unknown(const char* field, const char* message) {
  Error error = make_error(Code::not_found);
  error.fields.push_back({field, "not_found", message});
  return error;
}

/// What was typed wins; what was left open is the contact's.
void fill_from(const Contact& contact, AttendeeDetailsDraft& attendee) {
  const auto field = [&](const char* name) {
    const auto found = contact.fields.find(name);
    return found == contact.fields.end() ? std::string() : found->second;
  };
  if (attendee.attendee_name.empty()) attendee.attendee_name = field("name");
  if (attendee.attendee_email.empty()) attendee.attendee_email = field("email");
  if (!attendee.phone && !field("phone").empty()) attendee.phone = field("phone");
}

}  // namespace

Result<Contact> seen_contact(Transaction& transaction, const Actor& actor, ContactId id) {
  auto seen = transaction.records().seen_by({actor.id, actor.is_admin}, {&id, 1});
  if (!seen) return fail(std::move(seen.error()));
  if (seen->empty()) return fail(unknown("contact_id", "There is no such contact"));
  return transaction.records().find(id);
}

Result<BookingTarget> RepBookings::target(const Actor& actor, MeetingTypeId id) {
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<BookingTarget> {
    auto type = transaction.meeting_types().find(id, Lock::none);
    if (!type) return fail(std::move(type.error()));
    if (!*type) return fail(unknown("meeting_type_id", "There is no such meeting type"));
    auto page = transaction.pages().find((*type)->type.page, Lock::none);
    if (!page) return fail(std::move(page.error()));
    const bool is_usable =
        *page && (actor.may_touch((*page)->owner) || member_of((*page)->content.members, actor.id) != nullptr);
    if (!is_usable) return fail(unknown("meeting_type_id", "There is no such meeting type"));
    return BookingTarget{std::move(**page), std::move((*type)->type), 0, {}};
  });
}

Result<BookingCommand> RepBookings::command_of(const Actor& actor, const RepBookingDraft& draft) {
  auto target = this->target(actor, draft.type);
  if (!target) return fail(std::move(target.error()));
  const PageContent& page = target->page.content;
  BookingCommand command = draft.booking;
  command.page_slug = page.slug.text();
  command.type_slug = target->type->content.slug.text();
  RepBooking rep{actor.id, draft.host, {}};
  // The host of a personal page is who would host it anyway.
  if (!page.is_team() && rep.host == target->page.owner) rep.host.reset();
  if (rep.host && page.assignment == Assignment::collective)
    return fail(invalid_field("host_user_id", "invalid_option", "All members host meetings of this page."));
  auto read = parts_.transactions.reading([&](Transaction& transaction) -> Done {
    if (rep.host) {
      auto person = transaction.users().find(*rep.host);
      if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
      if (!person || !person->is_active)
        return fail(invalid_field("host_user_id", "invalid_option", "There is no such active user."));
    }
    if (!draft.contact) return {};
    auto contact = seen_contact(transaction, actor, *draft.contact);
    if (!contact) return fail(std::move(contact.error()));
    rep.contact = std::move(*contact);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  if (rep.contact) fill_from(*rep.contact, command.attendee);
  command.rep = std::move(rep);
  return command;
}

BookingResult RepBookings::book(const Actor& actor, const RepBookingDraft& draft) {
  auto command = command_of(actor, draft);
  if (!command) return {std::nullopt, std::move(command.error()), {}};
  return booking_.book(*command);
}

Result<std::vector<TimeRange>> RepBookings::slots(const BookingTarget& target, std::optional<UserId> host,
                                                  TimeRange window) {
  if (host) return parts_.availability.slots_of_hosts(target, {&*host, 1}, window);
  return parts_.availability.slots_of_hosts(target, {}, window);
}

}  // namespace scheduling
