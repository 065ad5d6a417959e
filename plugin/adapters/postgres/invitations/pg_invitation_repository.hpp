#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/invitations/invitation_repository.hpp"

namespace scheduling {

class PgInvitationRepository final : public InvitationRepository {
 public:
  explicit PgInvitationRepository(PgSession& session) : session_(session) {}
  Done add(const std::string& token_hash, const StoredInvitation& invitation, Instant now) override;
  Result<std::optional<StoredInvitation>> find(const std::string& token_hash, Lock lock) override;
  Done forget(Instant ended_before) override;

 private:
  PgSession& session_;
};

}  // namespace scheduling
