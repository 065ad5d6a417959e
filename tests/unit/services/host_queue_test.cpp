// Who waits for a host waits in the process, in the order of arrival, and not for ever.
#include "plugin/services/availability/host_queue.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace scheduling::test {
namespace {

constexpr UserId k_ann{1};
constexpr UserId k_bob{2};

void wait_until(const std::function<bool()>& condition) {
  while (!condition()) std::this_thread::yield();
}

TEST(HostQueue, LetsAFewInsideAndTheOthersFollowInTheirOrder) {
  HostQueue queue(std::chrono::hours{1});
  std::vector<HostQueue::Turn> inside;
  for (int i = 0; i < HostQueue::k_inside_max; ++i) inside.push_back(queue.enter(k_ann));
  std::mutex mutex;
  std::vector<int> order;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 5; ++i) {
    threads.emplace_back([&, i] {
      const auto turn = queue.enter(k_ann);
      const std::lock_guard lock(mutex);
      order.push_back(i);
    });
    wait_until([&] { return queue.waiting(k_ann) == i + 1; });
  }
  EXPECT_TRUE(order.empty());
  inside.pop_back();  // the other one stays, so they pass one by one
  threads.clear();
  EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
}

TEST(HostQueue, HostsDoNotWaitForEachOther) {
  HostQueue queue(std::chrono::hours{1});
  std::vector<HostQueue::Turn> inside;
  for (int i = 0; i < HostQueue::k_inside_max; ++i) inside.push_back(queue.enter(k_ann));
  const auto turn = queue.enter(k_bob);
  EXPECT_EQ(queue.waiting(k_bob), 0);
}

TEST(HostQueue, WhoeverWaitedTooLongGoesInWithoutATurn) {
  HostQueue queue(std::chrono::milliseconds{1});
  std::vector<HostQueue::Turn> inside;
  for (int i = 0; i < HostQueue::k_inside_max; ++i) inside.push_back(queue.enter(k_ann));
  { const auto late = queue.enter(k_ann); }
  EXPECT_EQ(queue.waiting(k_ann), 0);
  inside.clear();
  const auto next = queue.enter(k_ann);
  EXPECT_EQ(queue.waiting(k_ann), 0);
}

}  // namespace
}  // namespace scheduling::test
