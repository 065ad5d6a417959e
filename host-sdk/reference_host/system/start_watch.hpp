#pragma once
/// What a start and whoever watches it tell each other: how far it is, that it is to end, what must not outlive it.
///
/// Thread: any.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>

namespace crm::app {

class StartWatch {
 public:
  // For the start.
  void enter(std::string phase);  ///< "connecting to the database at db:5432"
  bool is_to_end() const;
  /// Waits; false when the start is to end.
  bool pause(std::chrono::milliseconds time);
  /// What ends a child by force; called when the start does not end by itself. Empty: nothing any more.
  void at_force(std::function<void()> action);

  // For whoever watches.
  std::string phase() const;
  void end();
  void force();

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::string phase_;
  std::function<void()> action_;
  bool is_to_end_ = false;
};

}  // namespace crm::app
