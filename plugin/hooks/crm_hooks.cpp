#include "plugin/hooks/crm_hooks.hpp"

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {
namespace {

crm::sdk::Done told(const Done& done) {
  if (done) return {};
  return crm::sdk::fail(crm::sdk::FailureKind::broken, done.error().detail);
}

}  // namespace

crm::sdk::Done CrmHooks::contact_merged(crm::sdk::Session& session, const crm::sdk::RecordChange& change) {
  if (change.before == nullptr || change.after == nullptr || change.before->id == change.after->id) return {};
  auto transaction = inside_(session);
  return told(transaction->meetings().follow_contact(ContactId{change.before->id.value},
                                                     ContactId{change.after->id.value}, clock_.now()));
}

crm::sdk::Done CrmHooks::user_left(crm::sdk::Session& session, crm::sdk::UserEvent, const crm::sdk::User& user) {
  auto transaction = inside_(session);
  return told(transaction->pages().close_of_owner(UserId{user.id.value}, clock_.now()));
}

}  // namespace scheduling
