#pragma once
/// One thread that accepts connections and watches those that pause; a worker gets one only when it can go on.
///
/// So neither a silent connection, nor half a request, nor a peer that does not take its answer holds a thread.
/// When room is short, who has been sending its request for longest gives way first, then who does not take its
/// answer, then who is silent for longest. A client that has more pausing connections than it may have makes room
/// for its own.
///
/// Thread: start() and stop() from one thread. Owner: everything given outlives the loop.
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "reference_host/network/connection.hpp"
#include "reference_host/network/listening_socket.hpp"
#include "reference_host/network/worker_pool.hpp"

namespace crm::app {

struct LoopLimits {
  int connections_max = 4096;
  /// Of one address (IPv6: one /64); trusted proxies have no such limits.
  int unfinished_per_client_max = 256;  ///< in the middle of a request or an answer
  int silent_per_client_max = 1024;
  int waiting_max = 1024;                         ///< connections that may wait for a worker
  std::size_t held_bytes_max = 64 * 1024 * 1024;  ///< by all that pause
  std::vector<std::string> trusted_peers;
};

class ConnectionLoop {
 public:
  using Factory = std::function<std::unique_ptr<Connection>(OwnedDescriptor fd, std::string peer, bool is_trusted)>;

  ConnectionLoop(ListeningSocket socket, LoopLimits limits, int workers, Factory make);
  ~ConnectionLoop();

  void start();
  /// Accepts nothing more, closes silent connections, lets the others finish for `grace`, then cuts them.
  void stop(std::chrono::milliseconds grace);

  const WorkerPool& workers() const { return workers_; }
  const ListeningSocket& socket() const { return socket_; }
  int size() const;
  std::size_t held() const;  ///< bytes
  std::uint64_t gave_way() const { return gave_way_; }
  std::uint64_t refused() const { return refused_; }

 private:
  using Clock = Connection::Clock;
  using Lock = std::unique_lock<std::mutex>;
  struct Pausing {
    int silent = 0;
    int unfinished = 0;
  };

  void run();
  void accept_all();
  void admit(OwnedDescriptor fd, std::string peer);
  bool make_room();
  void look_after(Clock::time_point now);
  void work(Connection& connection);
  void settle(Connection& connection, const std::optional<Pause>& pause);
  void take(Connection& connection, Wake why);
  void hand_over(Connection& connection, Wake why);
  void watch(Connection& connection);
  void limit_client(const std::string& client);
  void free_descriptor();
  void send_away(Connection& connection);
  /// Where a pausing connection is counted for its client; null when it is not.
  int* count_of(const Connection& connection);
  /// The pausing connection that has to give way first, among those of which `may_go` holds.
  Connection* first_to_go(const std::function<bool(const Connection&)>& may_go) const;
  /// Of those that hold much, the one that does for longest.
  Connection* longest_holder() const;
  void wake();

  ListeningSocket socket_;
  const LoopLimits limits_;
  const Factory make_;
  OwnedDescriptor epoll_;
  OwnedDescriptor wake_;

  mutable std::mutex mutex_;
  std::unordered_map<Connection*, std::unique_ptr<Connection>> all_;
  std::unordered_map<std::string, Pausing> pausing_;  ///< by client
  std::size_t held_ = 0;                              ///< by all that pause
  bool is_listening_ = true;
  bool is_stopping_ = false;
  bool is_cutting_ = false;

  std::atomic<std::uint64_t> gave_way_{0};
  std::atomic<std::uint64_t> refused_{0};
  WorkerPool workers_;
  std::thread thread_;
};

}  // namespace crm::app
