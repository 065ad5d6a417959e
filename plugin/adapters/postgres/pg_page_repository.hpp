#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {

/// The columns every query of sql/queries/page_repository returns, in their order.
Result<SchedulingPage> read_page(crm::sdk::RowReader& row);

class PgPageRepository final : public PageRepository {
 public:
  explicit PgPageRepository(PgSession& session) : session_(session) {}
  Result<std::vector<SchedulingPage>> list(std::optional<UserId> owner, PageId after, int count) override;
  Result<std::optional<SchedulingPage>> find(PageId id, Lock lock) override;
  Result<std::optional<SchedulingPage>> find_by_slug(std::string_view slug) override;
  Result<std::vector<std::string>> slugs_like(std::string_view prefix, UserId owner, Instant now) override;
  Result<bool> slug_is_reserved(std::string_view slug, UserId owner, Instant now) override;
  Result<bool> release_slug(std::string_view slug, Instant now) override;
  Result<SchedulingPage> insert(UserId owner, const PageContent& content, Instant now) override;
  Result<SchedulingPage> update(PageId id, const PageContent& content, Instant now) override;
  Done replace_members(PageId id, const PageMembers& members) override;
  Done set_membership(PageId id, UserId member, bool is_active) override;
  Done remember_slug(PageId id, std::string_view former_slug, Instant now) override;
  Done archive(PageId id, Instant now) override;
  Done close_of_owner(UserId owner, Instant now) override;
  Done reopen_of_owner(UserId owner, Instant now) override;

 private:
  PgSession& session_;
};

/// The conflict that a taken slug is.
Error slug_taken();

}  // namespace scheduling
