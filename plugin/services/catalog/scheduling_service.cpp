#include "plugin/services/catalog/scheduling_service.hpp"

#include <algorithm>
#include <utility>

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/availability_repository.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/turn_repository.hpp"

namespace scheduling {
namespace {

/// What the insert may lose to somebody else who wanted the same derived slug.
constexpr int k_slug_tries_max = 5;

/// "demo", "demo-2", "demo-3" …: the first that is not among `taken`.
Slug first_free(const Slug& wanted, const std::vector<std::string>& taken) {
  const auto is_free = [&](const Slug& slug) { return std::ranges::find(taken, slug.text()) == taken.end(); };
  Slug slug = wanted;
  for (unsigned number = 2; !is_free(slug); ++number) slug = wanted.numbered(number);
  return slug;
}

/// Numbered slugs may cut the end of a long one, so the prefix is a little shorter.
std::string prefix_of(const Slug& slug) {
  return slug.text().substr(0, k_slug_length_max - 5);
}

/// A page that the actor may read: their own, or one that they serve.
Result<SchedulingPage> seen_page(Transaction& transaction, const Actor& actor, PageId id, Lock lock_kind) {
  auto page = transaction.pages().find(id, lock_kind);
  if (!page) return fail(std::move(page.error()));
  if (!*page) return fail(Code::not_found);
  const bool is_member = member_of((*page)->content.members, actor.id) != nullptr;
  if (!is_member && !actor.may_touch((*page)->owner)) return fail(Code::not_found);
  return std::move(**page);
}

/// A page that the actor may change. Who only serves it is told that it is not theirs.
Result<SchedulingPage> own_page(Transaction& transaction, const Actor& actor, PageId id, Lock lock_kind) {
  auto page = seen_page(transaction, actor, id, lock_kind);
  if (page && !actor.may_touch(page->owner)) return fail(Code::not_yours, "the page belongs to its owner");
  return page;
}

/// A link that people still have must not lead to somebody else's page: `conflict` for a slug that another owner gave
/// up less than a year ago.
Done check_slug_free(Transaction& transaction, const Slug& slug, UserId owner, Instant now) {
  auto reserved = transaction.pages().slug_is_reserved(slug.text(), owner, now);
  if (!reserved) return fail(std::move(reserved.error()));
  if (!*reserved) return {};
  Error error = make_error(Code::conflict, "slug");
  error.fields.push_back({"slug", "slug_taken",
                          "Another user's page had this slug within the last year; an administrator can release it"});
  return fail(std::move(error));
}

Result<OwnedMeetingType> own_type(Transaction& transaction, const Actor& actor, MeetingTypeId id, Lock lock_kind) {
  auto type = transaction.meeting_types().find(id, lock_kind);
  if (!type) return fail(std::move(type.error()));
  if (!*type) return fail(Code::not_found);
  if (actor.may_touch((*type)->owner)) return std::move(**type);
  auto page = seen_page(transaction, actor, (*type)->type.page, Lock::none);
  if (!page) return fail(std::move(page.error()));
  return fail(Code::not_yours, "the meeting type belongs to the owner of its page");
}

/// Members of a team read the types that they serve.
Result<OwnedMeetingType> seen_type(Transaction& transaction, const Actor& actor, MeetingTypeId id) {
  auto type = transaction.meeting_types().find(id, Lock::none);
  if (!type) return fail(std::move(type.error()));
  if (!*type) return fail(Code::not_found);
  if (actor.may_touch((*type)->owner)) return std::move(**type);
  auto page = seen_page(transaction, actor, (*type)->type.page, Lock::none);
  if (!page) return fail(std::move(page.error()));
  return std::move(**type);
}

/// Only active users can be named; who was a member before and left since may stay.
Done check_members(Transaction& transaction, PageContent& content, const PageMembers& before) {
  FieldErrors errors;
  for (std::size_t i = 0; i < content.members.size(); ++i) {
    PageMember& member = content.members[i];
    if (const PageMember* known = member_of(before, member.user)) {
      member.has_left = known->has_left;
      continue;
    }
    auto person = transaction.users().find(member.user);
    if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
    if (!person || !person->is_active)
      errors.add("members", "invalid_option", "There is no active user " + std::to_string(member.user.value));
  }
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return {};
}

bool is_taken_slug(const Error& error) {
  return error.code == Code::conflict && !error.fields.empty() && error.fields.front().field == "slug";
}

}  // namespace

Result<PageContent> SchedulingService::checked_page(const PageDraft& draft) const {
  FieldErrors errors;
  auto content = PageContent::make(draft);
  if (!content) errors.add_all("", content.error().fields);
  const auto zone = zones_.find(draft.timezone);
  if (!errors.names("timezone") && !zone) errors.add("timezone", "invalid_timezone", "This time zone does not exist");
  if (!errors.empty()) return fail(std::move(errors).to_error());
  content->timezone = *zone;
  return content;
}

Result<std::vector<SchedulingPage>> SchedulingService::list_pages(const Actor& actor, PageId after, int count) {
  return transactions_.reading(
      [&](Transaction& transaction) { return transaction.pages().list(actor.listed_owner(), after, count); });
}

Result<SchedulingPage> SchedulingService::get_page(const Actor& actor, PageId id) {
  return transactions_.reading([&](Transaction& transaction) { return seen_page(transaction, actor, id, Lock::none); });
}

Result<PageDraft> SchedulingService::new_page_draft(Transaction& transaction, const Actor& actor) const {
  PageDraft draft;
  auto schedule = transaction.availability().find(actor.id);
  if (!schedule) return fail(std::move(schedule.error()));
  draft.timezone = *schedule ? (*schedule)->zone.name() : actor.timezone;
  return draft;
}

Result<SchedulingPage> SchedulingService::create_page(const Actor& actor, const PagePatch& patch) {
  const UserId owner = actor.is_admin ? patch.owner.value_or(actor.id) : actor.id;
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<SchedulingPage> {
    if (owner != actor.id) {
      auto person = transaction.users().find(owner);
      if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
      if (!person || !person->is_active)
        return fail(invalid_field("user_id", "invalid_option", "There is no such active user."));
    }
    auto draft = new_page_draft(transaction, actor);
    if (!draft) return fail(std::move(draft.error()));
    auto page = insert_page(transaction, owner, apply_patch(std::move(*draft), patch));
    if (!page || page->content.members.empty()) return page;
    if (auto saved = transaction.pages().replace_members(page->id, page->content.members); !saved)
      return fail(std::move(saved.error()));
    return page;
  });
}

Result<SchedulingPage> SchedulingService::insert_page(Transaction& transaction, UserId owner, PageDraft draft) {
  const bool is_derived = draft.slug.empty();
  const Slug wanted = Slug::derive(draft.name);
  for (int attempt = 1;; ++attempt) {
    if (is_derived) {
      auto taken = transaction.pages().slugs_like(prefix_of(wanted), owner, clock_.now());
      if (!taken) return fail(std::move(taken.error()));
      draft.slug = first_free(wanted, *taken).text();
    }
    auto content = checked_page(draft);
    if (!content) return fail(std::move(content.error()));
    if (auto members = check_members(transaction, *content, {}); !members) return fail(std::move(members.error()));
    if (auto is_free = check_slug_free(transaction, content->slug, owner, clock_.now()); !is_free)
      return fail(std::move(is_free.error()));
    auto page = transaction.pages().insert(owner, *content, clock_.now());
    if (page) page->content.members = std::move(content->members);
    if (page || !is_derived || !is_taken_slug(page.error()) || attempt >= k_slug_tries_max) return page;
  }
}

Result<SchedulingPage> SchedulingService::update_page(const Actor& actor, PageId id, const PagePatch& patch) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<SchedulingPage> {
    // The turn's lock before the row's, in the order of a booking.
    if (auto locked = transaction.turns().lock(id); !locked) return fail(std::move(locked.error()));
    auto page = own_page(transaction, actor, id, Lock::for_update);
    if (!page) return page;
    const PageDraft draft = apply_patch(to_draft(page->content), patch);
    auto content = checked_page(draft);
    if (!content) return fail(std::move(content.error()));
    auto members = check_members(transaction, *content, page->content.members);
    if (!members) return fail(std::move(members.error()));
    const Instant now = clock_.now();
    if (content->slug != page->content.slug)
      if (auto is_free = check_slug_free(transaction, content->slug, page->owner, now); !is_free)
        return fail(std::move(is_free.error()));
    auto updated = transaction.pages().update(id, *content, now);
    if (updated && content->members != page->content.members) {
      if (auto saved = transaction.pages().replace_members(id, content->members); !saved)
        return fail(std::move(saved.error()));
      updated->content.members = content->members;
    }
    if (!updated || content->slug == page->content.slug) return updated;
    if (auto remembered = transaction.pages().remember_slug(id, page->content.slug.text(), now); !remembered)
      return fail(std::move(remembered.error()));
    return updated;
  });
}

Done SchedulingService::archive_page(const Actor& actor, PageId id) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Done {
    auto page = own_page(transaction, actor, id, Lock::none);
    if (!page) return fail(std::move(page.error()));
    if (auto locked = transaction.meetings().lock_host(page->owner); !locked) return locked;
    return transaction.pages().archive(id, clock_.now());
  });
}

Done SchedulingService::release_slug(std::string_view slug) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Done {
    auto released = transaction.pages().release_slug(slug, clock_.now());
    if (!released) return fail(std::move(released.error()));
    if (!*released) return fail(Code::not_found);
    return {};
  });
}

Result<std::vector<MeetingType>> SchedulingService::list_types(const Actor& actor, std::optional<PageId> page,
                                                               const MeetingTypeRepository::ListPosition& after,
                                                               int count) {
  return transactions_.reading([&](Transaction& transaction) -> Result<std::vector<MeetingType>> {
    auto owned = transaction.meeting_types().list(actor.listed_owner(), page, after, count);
    if (!owned) return fail(std::move(owned.error()));
    std::vector<MeetingType> types;
    for (OwnedMeetingType& one : *owned) types.push_back(std::move(one.type));
    return types;
  });
}

Result<MeetingType> SchedulingService::get_type(const Actor& actor, MeetingTypeId id) {
  return transactions_.reading([&](Transaction& transaction) -> Result<MeetingType> {
    return seen_type(transaction, actor, id).map([](OwnedMeetingType&& owned) { return owned.type; });
  });
}

Result<MeetingType> SchedulingService::create_type(const Actor& actor, const MeetingTypePatch& patch) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<MeetingType> {
    auto page = own_page(transaction, actor, patch.page.value_or(PageId{}), Lock::none);
    if (!page) {
      if (page.error().code == Code::not_found)
        page.error().fields.push_back({"scheduling_page_id", "not_found", "There is no such page"});
      return fail(std::move(page.error()));
    }
    auto id = insert_type(transaction, page->id, apply_patch(MeetingTypeDraft{}, patch));
    if (!id) return fail(std::move(id.error()));
    return own_type(transaction, actor, *id, Lock::none).map([](OwnedMeetingType&& owned) { return owned.type; });
  });
}

Result<MeetingTypeId> SchedulingService::insert_type(Transaction& transaction, PageId page, MeetingTypeDraft draft) {
  const bool is_derived = draft.slug.empty();
  const Slug wanted = Slug::derive(draft.name);
  for (int attempt = 1;; ++attempt) {
    if (is_derived) {
      auto taken = transaction.meeting_types().slugs_like(page, prefix_of(wanted));
      if (!taken) return fail(std::move(taken.error()));
      draft.slug = first_free(wanted, *taken).text();
    }
    auto content = MeetingTypeContent::make(draft);
    if (!content) return fail(std::move(content.error()));
    auto id = transaction.meeting_types().insert(page, *content);
    if (id || !is_derived || !is_taken_slug(id.error()) || attempt >= k_slug_tries_max) return id;
  }
}

Result<MeetingType> SchedulingService::update_type(const Actor& actor, MeetingTypeId id,
                                                   const MeetingTypePatch& patch) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<MeetingType> {
    auto found = own_type(transaction, actor, id, Lock::none);
    if (!found) return fail(std::move(found.error()));
    // The page's and the host's lock before the row's, in the order of a booking.
    if (auto locked = transaction.turns().lock(found->type.page); !locked) return fail(std::move(locked.error()));
    if (auto locked = transaction.meetings().lock_host(found->owner); !locked) return fail(std::move(locked.error()));
    auto owned = own_type(transaction, actor, id, Lock::for_update);
    if (!owned) return fail(std::move(owned.error()));
    MeetingType& type = owned->type;
    if (patch.page && *patch.page != type.page)
      return fail(invalid_field("scheduling_page_id", "not_changeable", "A meeting type stays on its page"));
    auto content = MeetingTypeContent::make(apply_patch(to_draft(type.content), patch));
    if (!content) return fail(std::move(content.error()));
    if (auto updated = transaction.meeting_types().update(id, *content); !updated)
      return fail(std::move(updated.error()));
    if (content->slug != type.content.slug) {
      auto remembered =
          transaction.meeting_types().remember_slug(type.page, id, type.content.slug.text(), clock_.now());
      if (!remembered) return fail(std::move(remembered.error()));
    }
    type.content = std::move(*content);
    return type;
  });
}

Done SchedulingService::archive_type(const Actor& actor, MeetingTypeId id) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Done {
    auto owned = own_type(transaction, actor, id, Lock::none);
    if (!owned) return fail(std::move(owned.error()));
    if (auto locked = transaction.meetings().lock_host(owned->owner); !locked) return locked;
    return transaction.meeting_types().archive(id, clock_.now());
  });
}

Result<SchedulingService::PublicPage> SchedulingService::public_page(std::string_view page_slug) {
  const auto read = [&](Transaction& transaction) -> Result<PublicPage> {
    auto page = transaction.pages().find_by_slug(page_slug);
    if (!page) return fail(std::move(page.error()));
    if (!*page || !(*page)->content.is_active) return fail(Code::not_found);
    auto types = transaction.meeting_types().list_active((*page)->id);
    if (!types) return fail(std::move(types.error()));
    PublicPage found{std::move(**page), std::move(*types), {}};
    if (!found.page.content.show_hosts) return found;
    for (const UserId member : serving(found.page.content.members)) {
      auto person = transaction.users().find(member);
      if (!person) return fail(std::move(person.error()));
      found.host_names.push_back(std::move(person->name));
    }
    return found;
  };
  const std::string slug(page_slug);
  std::shared_ptr<const PublicPage> known;
  {
    const std::lock_guard lock(pages_mutex_);
    if (const auto* held = pages_.find(slug)) known = *held;
  }
  // Who has something to fall back on need not wait for long.
  auto page = known ? transactions_.asking(read) : transactions_.reading(read);
  if (!page && known && targets_.may_stand_in(page.error())) return *known;
  if (!page && known && page.error().code == Code::database_unavailable) return transactions_.reading(read);
  if (page && page->page.content.slug.text() == slug) {
    const std::size_t bytes = sizeof(PublicPage) + page->types.size() * 2048;
    const std::lock_guard lock(pages_mutex_);
    pages_.put(slug, std::make_shared<const PublicPage>(*page), bytes);
  }
  return page;
}

Result<SchedulingService::PublicType> SchedulingService::public_type(std::string_view page_slug,
                                                                     std::string_view type_slug) {
  auto target = targets_.find(page_slug, type_slug);
  if (!target) return fail(std::move(target.error()));
  if (!*target || !is_open(**target)) return fail(Code::not_found);
  return PublicType{*target, (*target)->page, *(*target)->type};
}

Result<SchedulingService::PublicType> SchedulingService::remembered_type(std::string_view page_slug,
                                                                         std::string_view type_slug) {
  const auto target = targets_.remembered(page_slug, type_slug);
  if (!target || !is_open(*target)) return fail(Code::not_found);
  return PublicType{target, target->page, *target->type};
}

}  // namespace scheduling
