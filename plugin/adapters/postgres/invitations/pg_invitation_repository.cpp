#include "plugin/adapters/postgres/invitations/pg_invitation_repository.hpp"

#include "plugin/adapters/postgres/queries.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::invitation_repository;
using crm::sdk::Param;
using crm::sdk::RowReader;

}  // namespace

Done PgInvitationRepository::add(const std::string& token_hash, const StoredInvitation& invitation, Instant now) {
  return session_.execute(query::insert, {Param::bytes(token_hash), invitation.type.value, invitation.contact.value,
                                          invitation.inviter.value, invitation.expires_at, now});
}

Result<std::optional<StoredInvitation>> PgInvitationRepository::find(const std::string& token_hash, Lock lock) {
  const auto& statement = lock == Lock::none ? query::find : query::find_for_update;
  return session_.one<StoredInvitation>(session_.run(statement, {Param::bytes(token_hash)}),
                                        [](RowReader& row) -> Result<StoredInvitation> {
                                          StoredInvitation found;
                                          found.type = MeetingTypeId{row.next<std::int64_t>()};
                                          found.contact = ContactId{row.next<std::int64_t>()};
                                          found.inviter = UserId{row.next<std::int64_t>()};
                                          found.expires_at = row.next<Instant>();
                                          return found;
                                        });
}

Done PgInvitationRepository::forget(Instant ended_before) {
  return session_.execute(query::forget, {ended_before});
}

}  // namespace scheduling
