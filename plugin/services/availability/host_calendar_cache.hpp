#pragma once
/// What decides about hosts' free times, kept in memory, and what their public links lead to.
///
/// One owner: every read of it goes through here. One invalidation: the versions of host_versions.
///   Listing asks refresh() first: at most every k_poll_after, and after each write of this process, it
///   asks the database which hosts changed; what is older than the newest version known is loaded anew.
///   Booking trusts nothing but the version it reads under the host's lock.
/// Bounded: the hosts used longest ago are forgotten beyond `bytes_max`.
/// Thread:  any. Errors: those of the database. Source: behaviour B-3, B-7; ADR 0007.
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "plugin/core/availability/host_calendar.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/availability/load_host_calendar.hpp"

namespace scheduling {

/// A host's calendar over a stretch of time. Immutable.
struct CachedCalendar {
  HostCalendar calendar;
  std::int64_t version;  ///< not newer than the calendar
  TimeRange covers;
};
using CachedCalendarPtr = std::shared_ptr<const CachedCalendar>;
using BookingTargetPtr = std::shared_ptr<const BookingTarget>;  ///< null: no such page

class HostCalendarCache {
 public:
  static constexpr std::size_t k_bytes_max = 128 * 1024 * 1024;

  HostCalendarCache(Transactions& transactions, const ZoneSource& zones, const Clock& clock,
                    std::size_t bytes_max = k_bytes_max)
      : transactions_(transactions), zones_(zones), clock_(clock), bytes_max_(bytes_max) {}

  // For listing: as new as any write of this process, and at most a second behind the others.
  Result<CachedCalendarPtr> calendar(UserId host, TimeRange span);
  /// Several at once, in their order; those not in memory come in one round trip.
  Result<std::vector<CachedCalendarPtr>> calendars(std::span<const UserId> hosts, TimeRange span);
  Result<BookingTargetPtr> target(std::string_view page_slug, std::string_view type_slug);

  // For a booking, in its transaction.
  /// Possibly out of date: compare its page_version with the host's under the lock. Null: not known.
  BookingTargetPtr remembered_target(std::string_view page_slug, std::string_view type_slug);
  Result<BookingTargetPtr> load_target(Transaction& transaction, std::string_view page_slug,
                                       std::string_view type_slug);
  /// At least as new as `version`: the calendar's, as read under the host's lock.
  Result<CachedCalendarPtr> calendar_at(Transaction& transaction, UserId host, TimeRange span, std::int64_t version);
  /// After the commit: the one change since `version` was this new meeting. Saves the next one a reload.
  void booked(UserId host, std::int64_t version, const BookedMeeting& meeting);

  std::size_t bytes() const;  ///< held now, estimated

 private:
  struct Host {
    CachedCalendarPtr cached;
    std::vector<BookingTargetPtr> targets;
    std::size_t bytes = 0;
    std::list<UserId>::iterator used;
  };

  Done refresh();
  Done poll();

  // These hold mutex_ already.
  bool is_fresh(std::chrono::milliseconds age_max) const;
  CachedCalendarPtr known_calendar(UserId host, TimeRange span, std::int64_t version_min);
  BookingTargetPtr known_target(std::string_view page_slug, std::string_view type_slug);
  HostVersion newest(UserId host) const;
  Host& touch(UserId host);
  void recount(UserId id, Host& host);
  void forget(UserId host);

  Result<CachedCalendarPtr> load_calendar(Transaction& transaction, UserId host, TimeRange span);
  Done load_calendars(Transaction& transaction, std::span<const UserId> hosts, TimeRange span,
                      std::vector<CachedCalendarPtr>& calendars);
  struct Cover {
    TimeRange span;
    bool is_kept;
  };
  Cover cover_of(TimeRange needed) const;
  CachedCalendarPtr keep(UserId host, LoadedCalendar loaded, const Cover& cover);
  void keep_calendar(UserId host, CachedCalendarPtr cached);
  void keep_target(BookingTargetPtr target);

  Transactions& transactions_;
  const ZoneSource& zones_;
  const Clock& clock_;
  const std::size_t bytes_max_;

  std::mutex polling_;  ///< before mutex_
  mutable std::mutex mutex_;
  std::unordered_map<UserId, Host> hosts_;
  std::list<UserId> by_use_;                        ///< the last used first
  std::unordered_map<std::string, UserId> owners_;  ///< by the slug of a page in hosts_
  std::unordered_map<UserId, HostVersion> newest_;  ///< as polls told; two numbers a host
  std::size_t bytes_ = 0;
  std::string mark_;
  std::uint64_t polled_writes_ = 0;
  std::chrono::steady_clock::time_point polled_at_{};
};

}  // namespace scheduling
