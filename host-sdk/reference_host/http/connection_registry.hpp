#pragma once
/// All open connections, and which of them are silent, so that silent ones can be closed when threads run short.
///
/// Thread: any. A entry's state changes without a lock; closing a silent connection is a shutdown() of
/// its reading side, which wakes its thread.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <unordered_set>

namespace crm::app {

class ConnectionRegistry {
 public:
  enum class State : std::uint8_t {
    silent,   ///< waits for the first byte of a request
    busy,     ///< reads, handles or answers one
    leaving,  ///< was told to go
  };

  struct Entry {
    explicit Entry(int descriptor) : fd(descriptor) {}
    const int fd;
    std::atomic<State> state{State::silent};
    std::atomic<std::int64_t> silent_since{0};  ///< monotonic nanoseconds
  };

  void enter(Entry& entry);
  void leave(Entry& entry);
  /// Tells the connection that is silent for longest to go, when it is silent for `age` at least.
  bool shed_one(std::chrono::milliseconds age);
  /// Tells every silent connection to go (`also_busy`: and cuts the others).
  void shed_all(bool also_busy);
  int size() const;

  static std::int64_t now_nanoseconds();

 private:
  mutable std::mutex mutex_;
  std::unordered_set<Entry*> entries_;
};

}  // namespace crm::app
