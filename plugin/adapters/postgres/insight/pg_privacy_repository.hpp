#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/insight/audit_repository.hpp"
#include "plugin/ports/insight/privacy_repository.hpp"

namespace scheduling {

class PgPrivacyRepository final : public PrivacyRepository {
 public:
  explicit PgPrivacyRepository(PgSession& session) : session_(session) {}
  Result<std::vector<MeetingId>> chains_of(const SoughtAddress& address) override;
  Result<std::vector<MeetingId>> old_chains(Instant end, int count) override;
  Result<std::vector<Meeting>> meetings_of(const std::vector<MeetingId>& chains) override;
  Result<Erasure> erase(const std::vector<MeetingId>& chains, GuestsToo guests, Instant now) override;
  Result<Erasure> erase_guest(const SoughtAddress& address, Instant now) override;
  Done note(const ErasureNote& note) override;
  Result<std::string> export_of(const std::vector<MeetingId>& chains, const SoughtAddress& address) override;
  Done keep_consent(MeetingId chain, const std::string& text, Instant now) override;

 private:
  PgSession& session_;
};

class PgAuditRepository final : public AuditRepository {
 public:
  explicit PgAuditRepository(PgSession& session) : session_(session) {}
  Result<std::vector<LoggedChange>> list(const AuditFilter& filter, std::int64_t before, int count) override;

 private:
  PgSession& session_;
};

}  // namespace scheduling
