#pragma once
/// Whether the database answers: asked over a connection of its own, under a limit of its own, so that nobody else has
/// to wait long to find out.
///
/// A server that hangs looks like one that works long. Who waits for longer than usual says so (suspect), and the watch
/// asks. No answer: the database is away, everybody who waits for it is told, and what was connected before is not used
/// again (generation). While it is away the watch alone tries to reach it, and the log gets one line when it goes and
/// one when it is back. Thread: any; one of its own.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "crm/sdk/services.hpp"
#include "reference_host/database/pg_connection.hpp"

namespace crm::app {

/// How long a question waits that every healthy server answers at once.
constexpr std::chrono::milliseconds k_answer_max{2000};

/// Waits are taken in steps, so that a server that hangs is noticed.
constexpr std::chrono::milliseconds k_wait_step{300};

class ServerWatch {
 public:
  ServerWatch(const ConnectionPlan& plan, sdk::Log& log);
  ~ServerWatch();

  bool is_away() const { return is_away_.load(); }
  /// Rises when the database goes away, or answers from another place.
  std::uint64_t generation() const { return generation_.load(); }
  /// Has it asked, without an answer yet, for longer than usual? Then fewer should wait.
  bool is_in_doubt() const;

  void suspect() noexcept;  ///< asks, and waits for nothing
  /// Whether the database answers a question that is asked now; false when nothing was heard within `wait`.
  bool ask(std::chrono::milliseconds wait);
  /// Waits for a database that went away a moment ago, as one that is switched over; false: it is still away.
  bool wait_until_back(std::chrono::milliseconds wait);
  /// Told in the line that says that it is back.
  void count_failure() noexcept { failures_.fetch_add(1); }
  /// "host:port" of a connection that was made now; true when it is another place than before.
  bool connected_to(const std::string& place);

 private:
  using Clock = std::chrono::steady_clock;

  void run(const std::stop_token& stop);
  std::optional<sdk::Failure> question();
  std::optional<sdk::Failure> connect();
  void settle(const std::optional<sdk::Failure>& failure);  ///< holds mutex_ already

  const ConnectionPlan& plan_;
  sdk::Log& log_;
  OwnConnection connection_;  ///< the thread's
  std::atomic<bool> is_away_{false};
  std::atomic<std::uint64_t> generation_{0};
  std::atomic<std::uint64_t> failures_{0};
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::uint64_t asked_ = 0;
  std::uint64_t answered_ = 0;
  int waiting_ = 0;
  std::string place_;
  std::optional<Clock::time_point> asking_since_;
  Clock::time_point away_since_{};
  std::jthread thread_;  ///< ends first
};

}  // namespace crm::app
