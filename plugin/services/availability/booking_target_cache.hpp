#pragma once
/// What public links lead to, a page with one of its types, kept in memory.
///
/// Bounded: those used longest ago are forgotten beyond `bytes_max`.
/// Thread: any. Errors: those of the database. Source: behaviour B-8; ADR 0007.
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/availability/bounded_cache.hpp"
#include "plugin/services/availability/host_version_poller.hpp"

namespace scheduling {

using BookingTargetPtr = std::shared_ptr<const BookingTarget>;  ///< null: no such page

class BookingTargetCache {
 public:
  static constexpr std::size_t k_bytes_max = 32 * 1024 * 1024;

  BookingTargetCache(Transactions& transactions, HostVersionPoller& versions, std::size_t bytes_max = k_bytes_max)
      : transactions_(transactions), versions_(versions), targets_(bytes_max) {}

  /// For listing: as new as any write of this instance, and at most a second behind the others.
  Result<BookingTargetPtr> find(std::string_view page_slug, std::string_view type_slug);

  /// After reading was refused: whether what was read before may be told instead, which is counted then.
  bool may_stand_in(const Error& refused);

  // For a booking, in its transaction.
  /// Possibly out of date: compare its page_version with the host's under the lock. Null: not known.
  BookingTargetPtr remembered(std::string_view page_slug, std::string_view type_slug);
  Result<BookingTargetPtr> load(Transaction& transaction, std::string_view page_slug, std::string_view type_slug);

 private:
  struct Entry {
    BookingTargetPtr target;
    std::uint64_t epoch = 0;
  };
  void keep(BookingTargetPtr target, std::uint64_t epoch);

  Transactions& transactions_;
  HostVersionPoller& versions_;
  std::mutex mutex_;
  BoundedCache<std::string, Entry> targets_;  ///< by "page/type"
};

}  // namespace scheduling
