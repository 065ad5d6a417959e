#pragma once
/// Scheduling pages as they are stored. Archived pages are invisible here.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/catalog/scheduling_page.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

enum class Lock { none, for_update };  ///< for_update: later writers wait until our transaction ends

class PageRepository {
 public:
  virtual ~PageRepository() = default;
  /// By id, those after `after`, at most `count`: the owner's, and those which they serve as a member. `owner` absent:
  /// everybody's, for admins.
  virtual Result<std::vector<SchedulingPage>> list(std::optional<UserId> owner, PageId after, int count) = 0;
  virtual Result<std::optional<SchedulingPage>> find(PageId id, Lock lock) = 0;
  /// A former slug finds its page too: compare `slug` with what was asked for, and redirect when it differs.
  virtual Result<std::optional<SchedulingPage>> find_by_slug(std::string_view slug) = 0;
  /// Slugs that begin with `prefix` and that `owner` cannot have.
  virtual Result<std::vector<std::string>> slugs_like(std::string_view prefix, UserId owner, Instant now) = 0;
  /// Whether a page of somebody else had that slug less than a year before `now`: it is not free to `owner`.
  virtual Result<bool> slug_is_reserved(std::string_view slug, UserId owner, Instant now) = 0;
  /// Makes a former slug free to everybody; false when nobody has it. Its old links lead nowhere from now on.
  virtual Result<bool> release_slug(std::string_view slug, Instant now) = 0;
  /// `conflict` naming `slug` when another living page has it.
  virtual Result<SchedulingPage> insert(UserId owner, const PageContent& content, Instant now) = 0;
  /// The same conflict; after it the transaction is lost.
  virtual Result<SchedulingPage> update(PageId id, const PageContent& content, Instant now) = 0;
  /// A team page's members are these and nobody else.
  virtual Done replace_members(PageId id, const PageMembers& members) = 0;
  virtual Done set_membership(PageId id, UserId member, bool is_active) = 0;
  virtual Done remember_slug(PageId id, std::string_view former_slug, Instant now) = 0;
  /// Archives the page and its types. `not_found` when there is no such living page.
  virtual Done archive(PageId id, Instant now) = 0;
  /// Makes every personal page of a user who left inactive.
  virtual Done close_of_owner(UserId owner, Instant now) = 0;
  /// Those that closed when the owner left.
  virtual Done reopen_of_owner(UserId owner, Instant now) = 0;
};

}  // namespace scheduling
