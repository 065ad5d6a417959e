#include "plugin/services/assignment/contact_owner.hpp"

#include <algorithm>

#include "plugin/core/booking/email_address.hpp"
#include "plugin/ports/crm/record_book.hpp"

namespace scheduling {

bool asks_for_owner(const BookingTarget& target) {
  return target.type && target.page.content.assignment == Assignment::round_robin &&
         target.type->content.settings.owner_first_or_default() != OwnerFirst::off;
}

std::optional<UserId> serving_owner(const BookingTarget& target, UserId owner) {
  const std::vector<UserId> members = serving(target.page.content.members);
  const bool is_serving = std::ranges::find(members, owner) != members.end();
  return is_serving ? std::optional(owner) : std::nullopt;
}

Result<std::optional<UserId>> owner_by_address(Transactions& transactions, const BookingTarget& target,
                                               std::string_view typed) {
  std::optional<UserId> none;
  const auto email = EmailAddress::parse(typed);
  if (!email) return none;
  auto contacts = transactions.reading(
      [&](Transaction& transaction) { return transaction.records().find_by_email(email->text()); });
  if (!contacts) return fail(std::move(contacts.error()));
  for (const Contact& contact : *contacts)
    if (const auto owner = serving_owner(target, contact.owner)) return owner;
  return none;
}

}  // namespace scheduling
