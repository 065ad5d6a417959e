#include "plugin/services/booking/crm_events.hpp"

#include <algorithm>

#include "plugin/core/booking/email_address.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/insight/suggestion_repository.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {
namespace {

std::vector<std::string> keys_of(const std::vector<std::string>& addresses) {
  std::vector<std::string> keys;
  for (const std::string& each : addresses) keys.push_back(address_key(each));
  std::ranges::sort(keys);
  return keys;
}

}  // namespace

Done CrmEvents::contact_merged(Transaction& transaction, ContactId gone, ContactId stays) const {
  if (gone == stays) return {};
  return transaction.meetings().follow_contact(gone, stays, clock_.now());
}

Done CrmEvents::contact_updated(Transaction& transaction, ContactId contact, std::string_view before) const {
  // Read anew: a replay tells of a change that later ones may have overtaken.
  auto now = transaction.records().find(contact);
  if (!now) return now.error().code == Code::not_found ? Done{} : fail(std::move(now.error()));
  ChangedAddress change;
  change.contact = contact;
  change.former = keys_of(transaction.records().addresses_in(before));
  change.present = keys_of(now->addresses);
  if (change.former == change.present) return {};
  if (!now->addresses.empty())
    if (const auto address = EmailAddress::parse(now->addresses.front())) change.email = address->text();
  change.now = clock_.now();
  return transaction.suggestions().propose_email(change);
}

Done CrmEvents::owner_changed(Transaction& transaction, ContactId contact) const {
  auto now = transaction.records().find(contact);
  if (!now) return now.error().code == Code::not_found ? Done{} : fail(std::move(now.error()));
  auto owner = now->owner ? std::optional(now->owner) : std::nullopt;
  if (owner) {
    auto person = transaction.users().find(*owner);
    if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
    if (!person || !person->is_active) owner.reset();
  }
  return transaction.suggestions().propose_owner(contact, owner, clock_.now());
}

Done CrmEvents::user_changed(Transaction& transaction, UserId user) const {
  // Read anew: a replay may tell of a leave that somebody has returned from.
  auto person = transaction.users().find(user);
  if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
  const Instant now = clock_.now();
  const bool has_left = !person || !person->is_active;
  if (!has_left) {
    if (auto back = transaction.suggestions().note_return(user); !back) return back;
    return transaction.pages().reopen_of_owner(user, now);
  }
  // A user who is deleted takes the note along.
  if (person)
    if (auto gone = transaction.suggestions().note_absence(user, now); !gone) return gone;
  return transaction.pages().close_of_owner(user, now);
}

}  // namespace scheduling
