#include "plugin/services/availability/booking_target_cache.hpp"

#include <utility>

namespace scheduling {
namespace {

std::string key_of(std::string_view page_slug, std::string_view type_slug) {
  std::string key;
  key.reserve(page_slug.size() + 1 + type_slug.size());
  return key.append(page_slug).append("/").append(type_slug);
}

std::size_t size_of(const BookingTarget& target) {
  return sizeof(BookingTarget) + 1024 + target.type->content.questions.size() * 512;
}

/// Under its present slugs. A former slug is not remembered: it can be taken over by somebody whose version then moves,
/// and not the former owner's.
bool is_current(const BookingTarget& target, std::string_view page_slug, std::string_view type_slug) {
  return target.type && target.type->content.slug.text() == type_slug && target.page.content.slug.text() == page_slug;
}

}  // namespace

Result<BookingTargetPtr> BookingTargetCache::find(std::string_view page_slug, std::string_view type_slug) {
  auto refreshed = versions_.refresh();
  auto known = remembered(page_slug, type_slug);
  if (!refreshed) {
    if (refreshed.error().code != Code::database_unavailable) return fail(std::move(refreshed.error()));
    if (known && versions_.may_list_memory(refreshed.error())) {
      versions_.count_from_memory();
      return known;
    }
  } else if (known && known->page_version >= versions_.newest(known->page.owner).pages)
    return known;
  return transactions_.reading([&](Transaction& transaction) { return load(transaction, page_slug, type_slug); });
}

bool BookingTargetCache::may_stand_in(const Error& refused) {
  if (refused.code != Code::database_unavailable) return false;
  const auto refreshed = versions_.refresh();
  if (refreshed || !versions_.may_list_memory(refreshed.error())) return false;
  versions_.count_from_memory();
  return true;
}

BookingTargetPtr BookingTargetCache::remembered(std::string_view page_slug, std::string_view type_slug) {
  const std::uint64_t epoch = versions_.epoch();
  const std::lock_guard lock(mutex_);
  const Entry* entry = targets_.find(key_of(page_slug, type_slug));
  return entry && entry->epoch == epoch ? entry->target : nullptr;
}

Result<BookingTargetPtr> BookingTargetCache::load(Transaction& transaction, std::string_view page_slug,
                                                  std::string_view type_slug) {
  const std::uint64_t epoch = versions_.epoch();
  auto found = transaction.meeting_types().find_target(page_slug, type_slug);
  if (!found) return fail(std::move(found.error()));
  if (!*found) return BookingTargetPtr{};
  auto target = std::make_shared<const BookingTarget>(std::move(**found));
  if (is_current(*target, page_slug, type_slug)) keep(target, epoch);
  return BookingTargetPtr(std::move(target));
}

void BookingTargetCache::keep(BookingTargetPtr target, std::uint64_t epoch) {
  std::string key = key_of(target->page.content.slug.text(), target->type->content.slug.text());
  const std::size_t bytes = size_of(*target) + key.size();
  const std::lock_guard lock(mutex_);
  const Entry* known = targets_.find(key);
  const bool is_newer_known = known && known->epoch == epoch && known->target->epoch == target->epoch &&
                              known->target->page.owner == target->page.owner &&
                              known->target->page_version > target->page_version;
  if (!is_newer_known) targets_.put(key, {std::move(target), epoch}, bytes);
}

}  // namespace scheduling
