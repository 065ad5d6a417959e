#pragma once
/// What changes here when the CRM changes. After-hooks: they run in the CRM's transaction under a
/// savepoint, survive repetition, and refuse nothing (B-13).
#include <functional>
#include <memory>

#include "crm/sdk/records.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

class CrmHooks {
 public:
  /// `inside`: our repositories within the CRM's own session.
  using Inside = std::function<std::unique_ptr<Transaction>(crm::sdk::Session&)>;
  CrmHooks(Inside inside, const Clock& clock) : inside_(std::move(inside)), clock_(clock) {}

  /// Meetings of a contact that was merged away follow to the one that stays.
  crm::sdk::Done contact_merged(crm::sdk::Session& session, const crm::sdk::RecordChange& change);
  /// Pages of a user who left are closed.
  crm::sdk::Done user_left(crm::sdk::Session& session, crm::sdk::UserEvent event, const crm::sdk::User& user);

 private:
  Inside inside_;
  const Clock& clock_;
};

}  // namespace scheduling
