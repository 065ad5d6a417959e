#pragma once
/// What changes here when the CRM changes. Called inside the CRM's own transaction, so both sides commit together; each
/// function may be called twice for one event (B-13).
#include "plugin/core/ids.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

class CrmEvents {
 public:
  explicit CrmEvents(const Clock& clock) : clock_(clock) {}

  /// Meetings of a contact that was merged into another one follow to the one that stays.
  Done contact_merged(Transaction& transaction, ContactId gone, ContactId stays) const;
  /// Of a user who left, personal pages are closed, and no team's turn comes to them. Who came back serves their teams
  /// again. What the CRM says now counts: an event may be told late.
  Done user_changed(Transaction& transaction, UserId user) const;

 private:
  const Clock& clock_;
};

}  // namespace scheduling
