#include "reference_host/network/worker_pool.hpp"

#include <algorithm>
#include <chrono>

namespace crm::app {
namespace {

/// Only touched pages count as memory, so this bounds recursion and costs nothing while idle.
constexpr int k_stack_bytes = 1024 * 1024;
constexpr int k_idle_seconds = 10;

}  // namespace

/// A thread that has left run() is not at once free for the next start, hence a few more than may run.
WorkerPool::WorkerPool(int workers_max, Work work)
    : workers_max_(workers_max),
      work_(std::move(work)),
      pool_("http", 2, workers_max + 8, k_idle_seconds, k_stack_bytes) {}

WorkerPool::~WorkerPool() {
  stop();
}

void WorkerPool::add(Connection& connection) {
  const std::lock_guard lock(mutex_);
  queue_.push_back(&connection);
  // An idle thread that was woken for an earlier task still counts as idle: it cannot take two.
  if (static_cast<int>(queue_.size()) <= idle_ || running_ >= workers_max_) {
    wake_.notify_one();
    return;
  }
  try {
    pool_.start(*this);
    ++running_;
  } catch (const Poco::Exception&) {
    wake_.notify_one();  // no thread to be had: those that run take it
  }
}

bool WorkerPool::is_short() const {
  const std::lock_guard lock(mutex_);
  return !queue_.empty() || running_ - idle_ > workers_max_ - std::max(1, workers_max_ / 4);
}

int WorkerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(queue_.size());
}

void WorkerPool::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (queue_.empty()) {
      if (is_stopped_) break;
      ++idle_;
      const bool is_woken =
          wake_.wait_for(lock, std::chrono::seconds(k_idle_seconds), [this] { return is_stopped_ || !queue_.empty(); });
      --idle_;
      if (!is_woken) break;
      continue;
    }
    Connection& connection = *queue_.front();
    queue_.pop_front();
    lock.unlock();
    work_(connection);
    lock.lock();
  }
  --running_;
}

void WorkerPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  wake_.notify_all();
  pool_.joinAll();
}

}  // namespace crm::app
