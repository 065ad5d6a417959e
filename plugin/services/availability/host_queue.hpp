#pragma once
/// Bookings of one host wait for each other here before they wait in the database.
///
/// Who waits for a host's lock in the database holds a connection meanwhile; thirty of them on one popular page would
/// take all connections from everybody else's pages. So at most two of an instance are inside: one that books, and one
/// that the database lets in the moment the first has committed. The lock in the database alone decides; a turn here
/// only says when to ask for it, so whoever has waited too long goes in without. Thread: any. Source: behaviour B-7;
/// ADR 0028.
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "plugin/core/ids.hpp"

namespace scheduling {

class HostQueue {
 public:
  static constexpr int k_inside_max = 2;
  static constexpr std::chrono::milliseconds k_wait_max{5000};

  explicit HostQueue(std::chrono::milliseconds wait_max = k_wait_max) : wait_max_(wait_max) {}

  /// Inside as long as it lives. It must not outlive the queue.
  class Turn {
   public:
    Turn() = default;  ///< of nobody
    Turn(HostQueue& queue, UserId host) : queue_(&queue), host_(host) {}
    Turn(Turn&& other) noexcept : queue_(std::exchange(other.queue_, nullptr)), host_(other.host_) {}
    Turn& operator=(Turn&& other) noexcept {
      std::swap(queue_, other.queue_);
      std::swap(host_, other.host_);
      return *this;
    }
    ~Turn() {
      if (queue_) queue_->leave(host_);
    }

   private:
    HostQueue* queue_ = nullptr;
    UserId host_{};
  };

  /// Waits until it is the caller's turn, in the order of arrival.
  Turn enter(UserId host);
  int waiting(UserId host) const;

 private:
  struct Waiter {
    std::condition_variable turn;
    bool is_called = false;
  };
  struct Line {
    int inside = 0;
    std::list<Waiter*> waiting;
  };
  void leave(UserId host);

  const std::chrono::milliseconds wait_max_;
  mutable std::mutex mutex_;
  std::unordered_map<UserId, Line> lines_;  ///< of hosts with anybody inside
};

}  // namespace scheduling
