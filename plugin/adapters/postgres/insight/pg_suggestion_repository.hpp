#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/insight/suggestion_repository.hpp"

namespace scheduling {

class PgSuggestionRepository final : public SuggestionRepository {
 public:
  explicit PgSuggestionRepository(PgSession& session) : session_(session) {}
  Result<std::vector<Suggestion>> list(const SuggestionFilter& filter, std::int64_t before, int count) override;
  Result<std::optional<Suggestion>> find_for_update(std::int64_t id) override;
  Done answer(const SuggestionAnswer& answer) override;
  Done propose_email(const ChangedAddress& change) override;
  Done propose_owner(ContactId contact, const std::optional<UserId>& owner, Instant now) override;
  Done note_absence(UserId user, Instant now) override;
  Done note_return(UserId user) override;
  Result<std::optional<MeetingId>> newest_of_chain(MeetingId meeting) override;
  Result<bool> move_mails(const MovedMails& moved) override;

 private:
  PgSession& session_;
};

}  // namespace scheduling
