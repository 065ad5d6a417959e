#pragma once
/// Which hosts changed, as the database says: the one way in which caches of this instance learn that what they hold
/// is out of date.
///
/// Every transaction that changes what decides about a host's free times raises a number in host_versions, whoever
/// makes it: this instance, another one, the CRM or a person with psql. Asking "who changed since the mark of last
/// time?" is one statement, however many hosts there are. The mark is a snapshot of PostgreSQL's transaction numbers,
/// not a time: a transaction that began before the mark and commits after it is reported by the next poll all the
/// same. Listing calls refresh() first, so it is as new as every write of this instance and at most a second behind
/// the others. A mark counts in one database only: after a fail-over or a restore the watch begins anew, and all that
/// was read before is forgotten. Booking does not rely on it: it reads the host's version under the host's lock.
/// While the database is away, what is in memory may be listed for a while (may_list_memory), and every such answer is
/// counted, so that who gives it can say so.
/// Thread: any. Errors: those of the database. Source: ADR 0007.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/storage/calendar_rows.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

class HostVersionPoller {
 public:
  HostVersionPoller(Transactions& transactions, const SettingsSource& settings)
      : transactions_(transactions), settings_(settings) {}

  /// Asks the database unless it was asked a moment ago and this instance has written nothing since. Several threads
  /// at once share one question, and wait for it for a second at most; for a database that is away only one waits.
  Done refresh();
  /// After refresh() failed: whether the database has been away for so short a time that memory is good enough.
  bool may_list_memory(const Error& refused) const;
  void count_from_memory() { from_memory_.fetch_add(1); }
  /// How often memory was good enough. A number that moved meanwhile: what was listed may be from memory.
  std::uint64_t from_memory() const { return from_memory_.load(); }
  /// The newest version known of the host; zeros: no change was reported since the watch began.
  HostVersion newest(UserId host) const;
  /// Rises when a watch begins: at the first question, and when another database answers than before. What was read
  /// from the database in an earlier epoch was not watched and is not used: take the epoch before reading, and keep it
  /// with what was read.
  std::uint64_t epoch() const;

 private:
  class Turn;
  Done poll();
  void note_away(std::chrono::steady_clock::time_point asked_at);
  void begin_watch(DatabaseEpoch database);
  bool is_fresh(std::chrono::milliseconds age_max) const;  ///< holds mutex_ already
  bool failed_a_moment_ago() const;                        ///< holds mutex_ already

  Transactions& transactions_;
  const SettingsSource& settings_;
  std::atomic<std::uint64_t> from_memory_{0};
  mutable std::mutex mutex_;
  std::condition_variable polled_;
  bool polling_ = false;                            ///< one thread asks the database
  std::unordered_map<UserId, HostVersion> newest_;  ///< two numbers a host
  std::string mark_;
  DatabaseEpoch database_;
  std::uint64_t epoch_ = 0;
  std::uint64_t polled_writes_ = 0;
  std::chrono::steady_clock::time_point polled_at_{};
  std::optional<std::chrono::steady_clock::time_point> away_since_;
  std::chrono::steady_clock::time_point failed_at_{};
};

}  // namespace scheduling
