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
/// Thread: any. Errors: those of the database. Source: ADR 0007.
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/storage/calendar_rows.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

class HostVersionPoller {
 public:
  explicit HostVersionPoller(Transactions& transactions) : transactions_(transactions) {}

  /// Asks the database unless it was asked a moment ago and this instance has written nothing since. Several threads
  /// at once share one question.
  Done refresh();
  /// The newest version known of the host; zeros: no change was reported since the watch began.
  HostVersion newest(UserId host) const;
  /// Rises when a watch begins: at the first question, and when another database answers than before. What was read
  /// from the database in an earlier epoch was not watched and is not used: take the epoch before reading, and keep it
  /// with what was read.
  std::uint64_t epoch() const;

 private:
  Done poll();
  void begin_watch(DatabaseEpoch database);
  bool is_fresh(std::chrono::milliseconds age_max) const;  ///< holds mutex_ already

  Transactions& transactions_;
  std::mutex polling_;  ///< before mutex_
  mutable std::mutex mutex_;
  std::unordered_map<UserId, HostVersion> newest_;  ///< two numbers a host
  std::string mark_;
  DatabaseEpoch database_;
  std::uint64_t epoch_ = 0;
  std::uint64_t polled_writes_ = 0;
  std::chrono::steady_clock::time_point polled_at_{};
};

}  // namespace scheduling
