#include "plugin/services/booking/crm_events.hpp"

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {

Done CrmEvents::contact_merged(Transaction& transaction, ContactId gone, ContactId stays) const {
  if (gone == stays) return {};
  return transaction.meetings().follow_contact(gone, stays, clock_.now());
}

Done CrmEvents::user_left(Transaction& transaction, UserId user) const {
  return transaction.pages().close_of_owner(user, clock_.now());
}

}  // namespace scheduling
