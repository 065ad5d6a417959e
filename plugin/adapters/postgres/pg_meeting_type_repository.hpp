#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"

namespace scheduling {

class PgMeetingTypeRepository final : public MeetingTypeRepository {
 public:
  explicit PgMeetingTypeRepository(PgSession& session) : session_(session) {}
  Result<std::vector<OwnedMeetingType>> list(std::optional<UserId> owner, std::optional<PageId> page,
                                             const ListPosition& after, int count) override;
  Result<std::vector<MeetingType>> list_active(PageId page) override;
  Result<std::optional<OwnedMeetingType>> find(MeetingTypeId id, Lock lock) override;
  Result<std::optional<OwnedMeetingType>> find_with_archived(MeetingTypeId id) override;
  Result<std::optional<BookingTarget>> find_target(std::string_view page_slug, std::string_view type_slug) override;
  Result<std::vector<std::string>> slugs_like(PageId page, std::string_view prefix) override;
  Result<MeetingTypeId> insert(PageId page, const MeetingTypeContent& content) override;
  Done update(MeetingTypeId id, const MeetingTypeContent& content) override;
  Done remember_slug(PageId page, MeetingTypeId id, std::string_view former_slug, Instant now) override;
  Done archive(MeetingTypeId id, Instant now) override;

 private:
  PgSession& session_;
};

}  // namespace scheduling
