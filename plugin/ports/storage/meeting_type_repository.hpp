#pragma once
/// Meeting types as they are stored. Archived types and those of archived pages are invisible here,
/// except to find_with_archived().
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/catalog/scheduling_page.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/ports/storage/calendar_rows.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {

/// A type with the user whose page it stands on: its host, as long as the page is personal.
struct OwnedMeetingType {
  MeetingType type;
  UserId owner;
};

/// Page and type of a public link. Compare the slugs with the link's to see whether to redirect.
struct BookingTarget {
  SchedulingPage page;
  std::optional<MeetingType> type;  ///< none: the page has no such type
  std::int64_t page_version = 0;    ///< of the owner, not newer than what stands here
  DatabaseEpoch epoch{};            ///< in which the version counts
};

inline bool is_open(const BookingTarget& target) {
  return target.page.content.is_active && target.type && target.type->content.is_active;
}

class MeetingTypeRepository {
 public:
  virtual ~MeetingTypeRepository() = default;

  struct ListPosition {  ///< the last one of the page of results before
    PageId page;
    std::int32_t display_order = 0;
    MeetingTypeId id;
  };
  /// By page, display order and id. `owner` absent: everybody's, for admins.
  virtual Result<std::vector<OwnedMeetingType>> list(std::optional<UserId> owner, std::optional<PageId> page,
                                                     const ListPosition& after, int count) = 0;
  /// The active types of one page in display order, at most 200.
  virtual Result<std::vector<MeetingType>> list_active(PageId page) = 0;
  virtual Result<std::optional<OwnedMeetingType>> find(MeetingTypeId id, Lock lock) = 0;
  /// Archived ones too: meetings outlive their type.
  virtual Result<std::optional<OwnedMeetingType>> find_with_archived(MeetingTypeId id) = 0;
  /// Page and type by their slugs, former ones included, in one round trip. None: no such page.
  virtual Result<std::optional<BookingTarget>> find_target(std::string_view page_slug, std::string_view type_slug) = 0;
  virtual Result<std::vector<std::string>> slugs_like(PageId page, std::string_view prefix) = 0;
  /// `conflict` naming `slug` when another living type of the page has it.
  virtual Result<MeetingTypeId> insert(PageId page, const MeetingTypeContent& content) = 0;
  /// The same conflict; after it the transaction is lost.
  virtual Done update(MeetingTypeId id, const MeetingTypeContent& content) = 0;
  virtual Done remember_slug(PageId page, MeetingTypeId id, std::string_view former_slug, Instant now) = 0;
  virtual Done archive(MeetingTypeId id, Instant now) = 0;
};

}  // namespace scheduling
