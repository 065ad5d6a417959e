#include "plugin/services/availability/host_version_poller.hpp"

#include <algorithm>
#include <utility>

#include "plugin/ports/storage/meeting_repository.hpp"

namespace scheduling {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds k_poll_after{250};
/// While another thread asks the database, what is younger than this is good enough.
constexpr milliseconds k_age_max{800};
/// Nobody waits longer for another thread's question.
constexpr milliseconds k_wait_max{1000};
/// A database that is away is asked again after this.
constexpr milliseconds k_away_pause{500};

Error away() {
  return make_error(Code::database_unavailable, "the database is away");
}

}  // namespace

bool HostVersionPoller::is_fresh(milliseconds age_max) const {
  return !mark_.empty() && polled_writes_ == transactions_.writes() && steady_clock::now() - polled_at_ < age_max;
}

/// The question is asked by one thread, without mutex_; ends its turn also when asking throws.
class HostVersionPoller::Turn {
 public:
  Turn(HostVersionPoller& poller, std::unique_lock<std::mutex>& lock) : poller_(poller), lock_(lock) {
    poller_.polling_ = true;
    lock_.unlock();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    lock_.lock();
    poller_.polling_ = false;
    poller_.polled_.notify_all();
  }

 private:
  HostVersionPoller& poller_;
  std::unique_lock<std::mutex>& lock_;
};

bool HostVersionPoller::failed_a_moment_ago() const {
  return away_since_ && steady_clock::now() - failed_at_ < k_away_pause;
}

Done HostVersionPoller::refresh() {
  std::unique_lock lock(mutex_);
  if (is_fresh(k_poll_after)) return {};
  if (failed_a_moment_ago()) return fail(away());
  if (polling_) {
    if (is_fresh(k_age_max)) return {};
    if (away_since_) return fail(away());
    if (!polled_.wait_for(lock, k_wait_max, [this] { return !polling_; })) return fail(away());
    // The other thread's question was ours too, and so is its failure.
    if (is_fresh(k_poll_after)) return {};
    if (failed_a_moment_ago()) return fail(away());
  }
  const Turn turn(*this, lock);
  return poll();
}

Done HostVersionPoller::poll() {
  std::string mark;
  {
    const std::lock_guard lock(mutex_);
    mark = mark_;
  }
  // Both are taken before the question: a write that ends while it is on its way makes the result out of date.
  const auto asked_at = steady_clock::now();
  const std::uint64_t writes = transactions_.writes();
  auto changes =
      transactions_.asking([&](Transaction& transaction) { return transaction.meetings().hosts_changed_since(mark); });
  if (!changes) {
    if (changes.error().code == Code::database_unavailable) note_away(asked_at);
    return fail(std::move(changes.error()));
  }
  const std::lock_guard lock(mutex_);
  away_since_.reset();
  if (mark.empty() || changes->epoch != database_) begin_watch(std::move(changes->epoch));
  mark_ = std::move(changes->mark);
  for (const auto& [host, version] : changes->hosts) {
    HostVersion& newest = newest_[host];
    newest.calendar = std::max(newest.calendar, version.calendar);
    newest.pages = std::max(newest.pages, version.pages);
  }
  polled_at_ = asked_at;
  polled_writes_ = writes;
  return {};
}

void HostVersionPoller::note_away(steady_clock::time_point asked_at) {
  const std::lock_guard lock(mutex_);
  if (!away_since_) away_since_ = asked_at;
  failed_at_ = steady_clock::now();
}

bool HostVersionPoller::may_list_memory(const Error& refused) const {
  if (refused.code != Code::database_unavailable) return false;
  const std::chrono::seconds longest = settings_.current().memory_while_away;
  const std::lock_guard lock(mutex_);
  // Not noted yet: another thread's question is still on its way.
  return !mark_.empty() && longest.count() > 0 && (!away_since_ || steady_clock::now() - *away_since_ < longest);
}

/// Holds mutex_ already.
void HostVersionPoller::begin_watch(DatabaseEpoch database) {
  ++epoch_;
  database_ = std::move(database);
  newest_.clear();
}

HostVersion HostVersionPoller::newest(UserId host) const {
  const std::lock_guard lock(mutex_);
  const auto found = newest_.find(host);
  return found == newest_.end() ? HostVersion{} : found->second;
}

std::uint64_t HostVersionPoller::epoch() const {
  const std::lock_guard lock(mutex_);
  return epoch_;
}

}  // namespace scheduling
