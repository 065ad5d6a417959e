#pragma once
/// What changes here when the CRM changes. Called inside the CRM's own transaction, so both sides commit together; each
/// function may be called twice for one event (B-13).
#include <string_view>

#include "plugin/core/ids.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

class CrmEvents {
 public:
  explicit CrmEvents(const Clock& clock) : clock_(clock) {}

  /// Meetings, suggestions and invitations of a contact that was merged into another one follow to the one that stays.
  Done contact_merged(Transaction& transaction, ContactId gone, ContactId stays) const;
  /// A record was saved: `before`, its stored text until then. Meetings that write to an address it no longer has are
  /// suggested to follow.
  Done contact_updated(Transaction& transaction, ContactId contact, std::string_view before) const;
  /// A contact went to another owner: its meetings that are ahead are listed for reassignment.
  Done owner_changed(Transaction& transaction, ContactId contact) const;
  /// A user left or came back; what holds now counts: pages close or open, meetings that are ahead wait for another
  /// host or no more, and no team's turn comes to who left.
  Done user_changed(Transaction& transaction, UserId user) const;

 private:
  const Clock& clock_;
};

}  // namespace scheduling
