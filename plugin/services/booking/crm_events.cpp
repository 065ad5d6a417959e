#include "plugin/services/booking/crm_events.hpp"

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {

Done CrmEvents::contact_merged(Transaction& transaction, ContactId gone, ContactId stays) const {
  if (gone == stays) return {};
  return transaction.meetings().follow_contact(gone, stays, clock_.now());
}

Done CrmEvents::user_changed(Transaction& transaction, UserId user) const {
  auto person = transaction.users().find(user);
  if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
  const bool has_left = !person || !person->is_active;
  if (auto marked = transaction.pages().set_has_left(user, has_left); !marked) return marked;
  return has_left ? transaction.pages().close_of_owner(user, clock_.now()) : Done{};
}

}  // namespace scheduling
