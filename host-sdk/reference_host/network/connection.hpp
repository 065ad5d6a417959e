#pragma once
/// A connection as the loop and the workers see it: something that works until it would have to wait.
///
/// Owner: exactly one of loop and worker at a time. The loop has it while it pauses, a worker while it goes on.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "reference_host/network/owned_descriptor.hpp"

namespace crm::app {

/// Why a connection goes on.
enum class Wake : std::uint8_t {
  ready,      ///< what it waited for is there
  too_late,   ///< its deadline has passed
  give_way,   ///< it has to make room for others
  overloaded  ///< more requests wait than may: it says so and leaves
};

/// What a pausing connection is in the middle of.
enum class Doing : std::uint8_t {
  silence,  ///< nothing of a request has come
  reading,  ///< a part of a request has come
  sending,  ///< the peer does not take its answer
  leaving,  ///< the answer is sent; what still comes is thrown away for a moment
};

struct Pause {
  Doing doing = Doing::silence;
  std::chrono::steady_clock::time_point since{};  ///< when it began that
  std::chrono::steady_clock::time_point until{};  ///< then it is woken as too late
  std::size_t held = 0;                           ///< bytes of a request or an answer that are kept meanwhile
};

class Connection {
 public:
  using Clock = std::chrono::steady_clock;

  Connection(OwnedDescriptor fd, std::string peer, bool is_trusted)
      : fd_(std::move(fd)), peer_(std::move(peer)), is_trusted_(is_trusted) {}
  virtual ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Does what can be done without waiting for the peer. Empty: the connection is over. Only after `ready` may it
  /// take its time (call a handler): the loop itself makes it go on for every other reason.
  virtual std::optional<Pause> go_on(Wake why) noexcept = 0;

 protected:
  int fd() const { return fd_.get(); }
  const std::string& peer() const { return peer_; }
  /// A reverse proxy of ours, behind which are many clients.
  bool is_trusted() const { return is_trusted_; }

 private:
  friend class ConnectionLoop;

  OwnedDescriptor fd_;
  std::string peer_;
  bool is_trusted_;

  // The loop's notes, under its lock.
  std::string client_;  ///< whom its limits count it for
  bool is_pausing_ = false;
  bool is_watched_ = false;  ///< epoll knows the descriptor
  Pause pause_;
};

}  // namespace crm::app
