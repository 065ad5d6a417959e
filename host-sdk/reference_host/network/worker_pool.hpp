#pragma once
/// Threads that make connections go on: made when needed, gone when idle.
///
/// Thread: any.
#include <Poco/Runnable.h>
#include <Poco/ThreadPool.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

#include "reference_host/network/connection.hpp"

namespace crm::app {

class WorkerPool final : private Poco::Runnable {
 public:
  using Work = std::function<void(Connection&)>;

  WorkerPool(int workers_max, Work work);
  ~WorkerPool() override;

  void add(Connection& connection);
  /// Whether a worker that waits for its peer for a moment would make somebody else wait.
  bool is_short() const;
  int waiting() const;  ///< for a worker
  int threads() const { return pool_.allocated(); }
  /// Ends all threads once the queue is empty.
  void stop();

 private:
  void run() override;

  const int workers_max_;
  const Work work_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Connection*> queue_;
  int running_ = 0;  ///< threads, idle ones too
  int idle_ = 0;
  bool is_stopped_ = false;
  Poco::ThreadPool pool_;
};

}  // namespace crm::app
