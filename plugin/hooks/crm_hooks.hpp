#pragma once
/// The CRM calls these when it has changed something. After-hooks: they run in the CRM's transaction under a savepoint
/// and refuse nothing. Each one takes our transaction inside the CRM's session, calls a service, and returns the result
/// in the SDK's words (B-13).
#include <functional>
#include <memory>

#include "crm/sdk/records.hpp"
#include "plugin/services/booking/crm_events.hpp"

namespace scheduling {

class CrmHooks {
 public:
  /// `inside`: our repositories within the CRM's own session.
  using Inside = std::function<std::unique_ptr<Transaction>(crm::sdk::Session&)>;
  CrmHooks(Inside inside, const CrmEvents& events) : inside_(std::move(inside)), events_(events) {}

  crm::sdk::Done contact_merged(crm::sdk::Session& session, const crm::sdk::RecordChange& change);
  crm::sdk::Done contact_updated(crm::sdk::Session& session, const crm::sdk::RecordChange& change);
  crm::sdk::Done owner_changed(crm::sdk::Session& session, const crm::sdk::RecordChange& change);
  crm::sdk::Done user_changed(crm::sdk::Session& session, const crm::sdk::User& user);

 private:
  Inside inside_;
  const CrmEvents& events_;
};

}  // namespace scheduling
