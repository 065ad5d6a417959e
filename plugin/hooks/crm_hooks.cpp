#include "plugin/hooks/crm_hooks.hpp"

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

crm::sdk::Done to_crm(const Done& done) {
  if (done) return {};
  return crm::sdk::fail(to_failure(done.error()));
}

/// What we wrote into a record is no news to us.
bool is_our_own(const crm::sdk::RecordChange& change) {
  return change.cause != nullptr && change.cause->module_id == "meeting_scheduler";
}

}  // namespace

crm::sdk::Done CrmHooks::contact_merged(crm::sdk::Session& session, const crm::sdk::RecordChange& change) {
  if (change.before == nullptr || change.after == nullptr) return {};
  const auto transaction = inside_(session);
  return to_crm(
      events_.contact_merged(*transaction, ContactId{change.before->id.value}, ContactId{change.after->id.value}));
}

crm::sdk::Done CrmHooks::contact_updated(crm::sdk::Session& session, const crm::sdk::RecordChange& change) {
  if (change.before == nullptr || is_our_own(change)) return {};
  const auto transaction = inside_(session);
  return to_crm(events_.contact_updated(*transaction, ContactId{change.before->id.value}, change.before->data_json));
}

crm::sdk::Done CrmHooks::owner_changed(crm::sdk::Session& session, const crm::sdk::RecordChange& change) {
  if (change.before == nullptr || is_our_own(change)) return {};
  const auto transaction = inside_(session);
  return to_crm(events_.owner_changed(*transaction, ContactId{change.before->id.value}));
}

crm::sdk::Done CrmHooks::user_changed(crm::sdk::Session& session, const crm::sdk::User& user) {
  const auto transaction = inside_(session);
  return to_crm(events_.user_changed(*transaction, UserId{user.id.value}));
}

}  // namespace scheduling
