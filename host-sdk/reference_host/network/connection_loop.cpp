#include "reference_host/network/connection_loop.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "reference_host/network/client_address.hpp"

// Who may touch a connection.
//
// A connection is either pausing, and then the loop's thread alone may take it, or a worker has it. A worker that is
// done puts it back or destroys it. Everything the loop notes about it is under the lock.
//
// epoll reports a pausing connection once (EPOLLONESHOT) and is armed anew when it is put back. The loop may also take
// one that has not been reported, because its deadline passed or it has to give way. It is then taken out of epoll
// first, or the next report could name a connection that a worker has destroyed meanwhile. For the same reason
// reported connections of one epoll_wait() are taken before any others.

namespace crm::app {
namespace {

using namespace std::chrono_literals;

constexpr int k_tick_milliseconds = 50;
constexpr int k_events = 256;
constexpr int k_accepted_at_once = 256;
/// A connection that pauses for less may have its bytes on the way.
constexpr auto k_age = 100ms;
/// Connections that are only told that there is no room.
constexpr int k_refused_at_once = 256;

/// Who gives way first.
int rank(Doing doing) {
  switch (doing) {
    case Doing::leaving: return 0;
    case Doing::reading: return 1;
    case Doing::sending: return 2;
    case Doing::silence: return 3;
  }
  return 3;
}

}  // namespace

ConnectionLoop::ConnectionLoop(ListeningSocket socket, LoopLimits limits, int workers, Factory make)
    : socket_(std::move(socket)),
      limits_(std::move(limits)),
      make_(std::move(make)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      workers_(workers, [this](Connection& connection) { work(connection); }) {
  epoll_event listener{EPOLLIN, {.ptr = &socket_}};
  epoll_event waker{EPOLLIN, {.ptr = &wake_}};
  if (!epoll_ || !wake_ || ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket_.fd(), &listener) != 0 ||
      ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), &waker) != 0)
    throw std::system_error(errno, std::generic_category(), "epoll");
}

ConnectionLoop::~ConnectionLoop() {
  stop(0ms);
}

void ConnectionLoop::start() {
  thread_ = std::thread([this] { run(); });
}

void ConnectionLoop::stop(std::chrono::milliseconds grace) {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  wake();
  const auto until = Clock::now() + grace;
  while (size() > 0 && Clock::now() < until) std::this_thread::sleep_for(10ms);
  {
    const std::lock_guard lock(mutex_);
    is_cutting_ = true;
    for (const auto& [connection, owned] : all_)
      if (!connection->is_pausing_) ::shutdown(connection->fd(), SHUT_RDWR);
  }
  wake();
  thread_.join();
  workers_.stop();
}

int ConnectionLoop::size() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(all_.size());
}

std::size_t ConnectionLoop::held() const {
  const std::lock_guard lock(mutex_);
  return held_;
}

void ConnectionLoop::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(wake_.get(), &one, sizeof one);
}

void ConnectionLoop::run() {
  std::array<epoll_event, k_events> events;
  auto next_look = Clock::now();
  bool is_empty = true;
  for (;;) {
    const int count = ::epoll_wait(epoll_.get(), events.data(), k_events, is_empty ? -1 : k_tick_milliseconds);
    const Lock lock(mutex_);
    bool has_news = false;
    bool was_woken = false;
    for (int i = 0; i < count; ++i) {
      void* const what = events[static_cast<std::size_t>(i)].data.ptr;
      if (what == &socket_) {
        has_news = true;
      } else if (what == &wake_) {
        std::uint64_t times = 0;
        was_woken = ::read(wake_.get(), &times, sizeof times) > 0;
      } else if (auto& connection = *static_cast<Connection*>(what); connection.is_pausing_) {
        take(connection, Wake::ready);
      }
    }
    if (has_news) accept_all();
    const auto now = Clock::now();
    if (was_woken || now >= next_look) {
      look_after(now);
      next_look = now + std::chrono::milliseconds(k_tick_milliseconds);
    }
    is_empty = all_.empty();
    if (is_cutting_ && is_empty) return;
  }
}

void ConnectionLoop::accept_all() {
  for (int i = 0; i < k_accepted_at_once && !is_stopping_; ++i) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    OwnedDescriptor fd(::accept4(socket_.fd(), reinterpret_cast<sockaddr*>(&address), &length, SOCK_CLOEXEC));
    if (!fd) {
      // No descriptor is left: without more room the loop would spin on the same connection.
      if (errno == EMFILE || errno == ENFILE) free_descriptor();
      return;
    }
    const int on = 1;
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    admit(std::move(fd), address_text(address));
  }
}

void ConnectionLoop::admit(OwnedDescriptor fd, std::string peer) {
  const bool is_trusted =
      std::find(limits_.trusted_peers.begin(), limits_.trusted_peers.end(), peer) != limits_.trusted_peers.end();
  const std::string client = client_network(peer);
  if (!is_trusted) limit_client(client);
  const int taken = static_cast<int>(all_.size());
  const bool has_room = taken < limits_.connections_max || make_room();
  if (!has_room) ++refused_;
  if (!has_room && taken >= limits_.connections_max + k_refused_at_once) return;
  auto made = make_(std::move(fd), std::move(peer), is_trusted);
  Connection& connection = *made;
  if (!is_trusted) connection.client_ = client;
  all_.emplace(&connection, std::move(made));
  hand_over(connection, has_room ? Wake::ready : Wake::overloaded);
}

/// Silent connections and unfinished ones make room for their own kind: an office of silent browsers must not cut short
/// somebody's slow upload.
void ConnectionLoop::limit_client(const std::string& client) {
  const auto found = pausing_.find(client);
  if (found == pausing_.end()) return;
  const Pausing pausing = found->second;
  const auto first_of = [&](bool is_silent) {
    return first_to_go([&](const Connection& one) {
      return one.client_ == client && one.pause_.doing != Doing::leaving &&
             (one.pause_.doing == Doing::silence) == is_silent;
    });
  };
  if (pausing.silent >= limits_.silent_per_client_max) send_away(*first_of(true));
  if (pausing.unfinished >= limits_.unfinished_per_client_max) send_away(*first_of(false));
}

void ConnectionLoop::send_away(Connection& connection) {
  ++gave_way_;
  take(connection, Wake::give_way);
}

bool ConnectionLoop::make_room() {
  const auto latest = Clock::now() - k_age;
  Connection* const other = first_to_go(
      [&](const Connection& one) { return one.pause_.since <= latest || one.pause_.doing == Doing::leaving; });
  if (other != nullptr) send_away(*other);
  return other != nullptr;
}

/// Who goes for want of descriptors goes without the moment in which its answer would be safe.
void ConnectionLoop::free_descriptor() {
  Connection* const other = first_to_go([](const Connection&) { return true; });
  if (other == nullptr) {
    std::this_thread::sleep_for(5ms);
    return;
  }
  send_away(*other);
  if (all_.contains(other)) take(*other, Wake::give_way);
}

int* ConnectionLoop::count_of(const Connection& connection) {
  if (connection.client_.empty() || connection.pause_.doing == Doing::leaving) return nullptr;
  Pausing& pausing = pausing_[connection.client_];
  return connection.pause_.doing == Doing::silence ? &pausing.silent : &pausing.unfinished;
}

Connection* ConnectionLoop::first_to_go(const std::function<bool(const Connection&)>& may_go) const {
  const auto order = [](const Connection& one) { return std::pair(rank(one.pause_.doing), one.pause_.since); };
  Connection* first = nullptr;
  for (const auto& [connection, owned] : all_) {
    if (!connection->is_pausing_ || !may_go(*connection)) continue;
    if (first == nullptr || order(*connection) < order(*first)) first = connection;
  }
  return first;
}

Connection* ConnectionLoop::longest_holder() const {
  std::size_t most = 0;
  for (const auto& [connection, owned] : all_)
    if (connection->is_pausing_) most = std::max(most, connection->pause_.held);
  Connection* longest = nullptr;
  for (const auto& [connection, owned] : all_) {
    if (!connection->is_pausing_ || connection->pause_.held == 0 || connection->pause_.held < most / 2) continue;
    if (longest == nullptr || connection->pause_.since < longest->pause_.since) longest = connection;
  }
  return longest;
}

void ConnectionLoop::look_after(Clock::time_point now) {
  if (is_stopping_ && is_listening_) {
    is_listening_ = false;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, socket_.fd(), nullptr);
    ::shutdown(socket_.fd(), SHUT_RDWR);  // who comes now is refused at once
  }
  std::vector<Connection*> late;
  for (const auto& [connection, owned] : all_) {
    if (!connection->is_pausing_) continue;
    const bool goes = is_cutting_ || (is_stopping_ && connection->pause_.doing == Doing::silence);
    if (goes || now >= connection->pause_.until) late.push_back(connection);
  }
  for (Connection* connection : late) take(*connection, is_cutting_ ? Wake::give_way : Wake::too_late);
  while (held_ > limits_.held_bytes_max) send_away(*longest_holder());
}

void ConnectionLoop::take(Connection& connection, Wake why) {
  if (why != Wake::ready) {
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, connection.fd(), nullptr);
    connection.is_watched_ = false;
  }
  connection.is_pausing_ = false;
  held_ -= connection.pause_.held;
  if (int* const count = count_of(connection)) {
    --*count;
    const auto client = pausing_.find(connection.client_);
    if (client->second.silent == 0 && client->second.unfinished == 0) pausing_.erase(client);
  }
  hand_over(connection, why);
}

void ConnectionLoop::hand_over(Connection& connection, Wake why) {
  if (why == Wake::ready && workers_.waiting() >= limits_.waiting_max) {
    ++refused_;
    why = Wake::overloaded;
  }
  if (why == Wake::ready)
    workers_.add(connection);
  else
    settle(connection, connection.go_on(why));  // no thread may be free, and this takes no time
}

void ConnectionLoop::work(Connection& connection) {
  const auto pause = connection.go_on(Wake::ready);
  const Lock lock(mutex_);
  settle(connection, pause);
}

void ConnectionLoop::settle(Connection& connection, const std::optional<Pause>& pause) {
  if (!pause) {
    all_.erase(&connection);
    if (is_cutting_ && all_.empty()) wake();
    return;
  }
  connection.pause_ = *pause;
  connection.is_pausing_ = true;
  held_ += pause->held;
  if (int* const count = count_of(connection)) ++*count;
  watch(connection);
  const bool is_late = is_cutting_ || (is_stopping_ && pause->doing == Doing::silence);
  if (is_late || held_ > limits_.held_bytes_max) wake();
}

void ConnectionLoop::watch(Connection& connection) {
  const std::uint32_t what = connection.pause_.doing == Doing::sending ? EPOLLOUT : EPOLLIN;
  epoll_event event{what | EPOLLONESHOT, {.ptr = &connection}};
  const int action = connection.is_watched_ ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  connection.is_watched_ = true;
  // One that cannot be watched is found by its deadline.
  ::epoll_ctl(epoll_.get(), action, connection.fd(), &event);
}

}  // namespace crm::app
