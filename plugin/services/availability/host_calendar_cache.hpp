#pragma once
/// What decides about hosts' free times, kept in memory.
///
/// One owner: every read of it goes through here. One invalidation: the versions of host_versions. Listing takes the
/// version that HostVersionPoller knows; booking trusts nothing but the version it read under the host's lock.
/// A calendar that is a few changes behind follows: the changed meetings and events are read and put in their place. It
/// is read as a whole when hours changed, when it is far behind, and when the database is another one than before. When
/// the provider's calendars were last read raises no version: once that is too long ago the database is asked for it.
/// Bounded: the hosts used longest ago are forgotten beyond `bytes_max`.
/// Thread:  any. Errors: those of the database. Source: behaviour B-3, B-7; ADR 0007.
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "plugin/core/availability/host_calendar.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/availability/bounded_cache.hpp"
#include "plugin/services/availability/host_version_poller.hpp"
#include "plugin/services/availability/load_host_calendar.hpp"

namespace scheduling {

/// A host's calendar over a stretch of time. Immutable.
struct CachedCalendar {
  HostCalendar calendar;
  std::vector<ExternalEvent> events;  ///< what the calendar's external_busy is made of
  HostVersion version;                ///< not newer than the calendar
  TimeRange covers;
};
using CachedCalendarPtr = std::shared_ptr<const CachedCalendar>;

class HostCalendarCache {
 public:
  static constexpr std::size_t k_bytes_max = 128 * 1024 * 1024;

  HostCalendarCache(Transactions& transactions, HostVersionPoller& versions, const ZoneSource& zones,
                    const Clock& clock, const SettingsSource& settings, std::size_t bytes_max = k_bytes_max)
      : transactions_(transactions),
        versions_(versions),
        zones_(zones),
        clock_(clock),
        settings_(settings),
        calendars_(bytes_max) {}

  // For listing: as new as any write of this instance, and at most a second behind the others.
  Result<CachedCalendarPtr> calendar(UserId host, TimeRange span);
  /// Several at once, in their order; those not in memory come in one round trip.
  Result<std::vector<CachedCalendarPtr>> calendars(std::span<const UserId> hosts, TimeRange span);

  // For a booking, in its transaction.
  /// What to ask BookingStore::open() about.
  HeldCalendar held(UserId host) const;
  /// As new as `updates`, which were read in this transaction, in their order; those that cannot follow come in one
  /// round trip.
  Result<std::vector<CachedCalendarPtr>> calendars_at(Transaction& transaction, std::span<const UserId> hosts,
                                                      TimeRange span, std::span<const CalendarUpdate> updates);

  /// How calendars became what they are, since the start.
  struct Counts {
    std::uint64_t loaded = 0;    ///< read as a whole
    std::uint64_t followed = 0;  ///< brought up to date by changes read from the database
  };
  Counts counts() const { return {loaded_.load(), followed_.load()}; }
  std::size_t bytes() const;  ///< held now, estimated
  /// See HostVersionPoller::from_memory().
  std::uint64_t from_memory() const { return versions_.from_memory(); }

 private:
  struct Entry {
    CachedCalendarPtr calendar;
    std::uint64_t epoch = 0;
  };
  /// What is loaded for a question about a shorter stretch, and whether it is worth keeping.
  struct Cover {
    TimeRange span;
    bool is_kept;
  };
  /// Null when nothing of this watch is held, or what is held does not reach over `span`.
  CachedCalendarPtr known(UserId host, TimeRange span, std::uint64_t epoch);
  std::optional<std::vector<CachedCalendarPtr>> while_away(const Error& refused, std::span<const UserId> hosts,
                                                           TimeRange span);
  /// What is known, when it is as new as the poller knows, and the provider's calendars were read lately.
  CachedCalendarPtr current(UserId host, TimeRange span, std::uint64_t epoch);
  bool may_be_read_since(const CachedCalendar& held) const;
  /// Null when the update does not fit what is held.
  CachedCalendarPtr follow(UserId host, TimeRange span, const CalendarUpdate& update, std::uint64_t epoch);
  Result<CachedCalendarPtr> load(Transaction& transaction, UserId host, TimeRange span);
  Result<CachedCalendarPtr> follow_or_load(Transaction& transaction, UserId host, TimeRange span);
  Done follow_held(Transaction& transaction, std::span<const UserId> hosts, TimeRange span,
                   std::vector<CachedCalendarPtr>& calendars);
  Done load_missing(Transaction& transaction, std::span<const UserId> hosts, TimeRange span,
                    std::vector<CachedCalendarPtr>& calendars);
  Cover cover_of(TimeRange needed, std::span<const UserId> hosts) const;
  CachedCalendarPtr keep(UserId host, LoadedCalendar loaded, const Cover& cover, std::uint64_t epoch);
  CachedCalendarPtr put(UserId host, CachedCalendarPtr calendar, std::uint64_t epoch);

  Transactions& transactions_;
  HostVersionPoller& versions_;
  const ZoneSource& zones_;
  const Clock& clock_;
  const SettingsSource& settings_;
  mutable std::mutex mutex_;
  mutable BoundedCache<UserId, Entry> calendars_;  ///< looking is a use
  std::atomic<std::uint64_t> loaded_ = 0;
  std::atomic<std::uint64_t> followed_ = 0;
};

}  // namespace scheduling
