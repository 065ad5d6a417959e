#pragma once
/// Pages and meeting types: what a rep offers.
///
/// A patch holds what the caller sent. It is laid over what is stored (PUT) or over the defaults (POST), and rules are
/// checked after that, all at once.
/// Thread:  any. Errors: not_found for what is not the actor's, invalid_input, conflict naming `slug`.
/// Source:  behaviour B-7 (archiving), B-8 (slugs), B-13 (foreign ids).
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/availability/booking_target_cache.hpp"
#include "plugin/services/availability/bounded_cache.hpp"

namespace scheduling {

class SchedulingService {
 public:
  SchedulingService(Transactions& transactions, BookingTargetCache& targets, const ZoneSource& zones,
                    const Clock& clock)
      : transactions_(transactions), targets_(targets), zones_(zones), clock_(clock) {}

  Result<std::vector<SchedulingPage>> list_pages(const Actor& actor, PageId after, int count);
  Result<SchedulingPage> get_page(const Actor& actor, PageId id);
  /// Without a slug one is derived from the name; without a zone the owner's schedule zone is taken. An admin may make
  /// it for another user.
  Result<SchedulingPage> create_page(const Actor& actor, const PagePatch& patch);
  Result<SchedulingPage> update_page(const Actor& actor, PageId id, const PagePatch& patch);
  Done archive_page(const Actor& actor, PageId id);
  /// For admins: a slug that a page had before is free to everybody at once, not only after a year. `not_found` when no
  /// page has given it up.
  Done release_slug(std::string_view slug);

  Result<std::vector<MeetingType>> list_types(const Actor& actor, std::optional<PageId> page,
                                              const MeetingTypeRepository::ListPosition& after, int count);
  Result<MeetingType> get_type(const Actor& actor, MeetingTypeId id);
  Result<MeetingType> create_type(const Actor& actor, const MeetingTypePatch& patch);
  Result<MeetingType> update_type(const Actor& actor, MeetingTypeId id, const MeetingTypePatch& patch);
  Done archive_type(const Actor& actor, MeetingTypeId id);

  /// What the public may see: `not_found` unless page (and type) are active. Slugs may be former ones.
  struct PublicPage {
    SchedulingPage page;
    std::vector<MeetingType> types;         ///< active ones in display order
    std::vector<std::string> host_names{};  ///< of a team that shows them: who takes meetings, by id
  };
  /// While the database is away: as it was shown last.
  Result<PublicPage> public_page(std::string_view page_slug);
  struct PublicType {
    BookingTargetPtr target;  ///< keeps the two alive
    const SchedulingPage& page;
    const MeetingType& type;
  };
  Result<PublicType> public_type(std::string_view page_slug, std::string_view type_slug);
  /// The same from memory, however old it is; not_found when it is not there.
  Result<PublicType> remembered_type(std::string_view page_slug, std::string_view type_slug);

 private:
  Result<PageContent> checked_page(const PageDraft& draft) const;
  Result<PageDraft> new_page_draft(Transaction& transaction, const Actor& actor) const;
  Result<SchedulingPage> insert_page(Transaction& transaction, UserId owner, PageDraft draft);
  Result<MeetingTypeId> insert_type(Transaction& transaction, PageId page, MeetingTypeDraft draft);

  Transactions& transactions_;
  BookingTargetCache& targets_;
  static constexpr std::size_t k_pages_bytes_max = 8 * 1024 * 1024;
  std::mutex pages_mutex_;
  BoundedCache<std::string, std::shared_ptr<const PublicPage>> pages_{k_pages_bytes_max};  ///< by slug, as last shown
  const ZoneSource& zones_;
  const Clock& clock_;
};

}  // namespace scheduling
