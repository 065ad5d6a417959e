#include "reference_host/http/http_server.hpp"

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/Net/TCPServerParams.h>
#include <Poco/ThreadPool.h>

#include <thread>

#include "reference_host/http/connection_limiter.hpp"
#include "reference_host/http/http_connection.hpp"

namespace crm::app {
namespace {

/// Only touched pages count as memory, so this bounds recursion and costs nothing while idle.
constexpr int k_stack_bytes = 1024 * 1024;
constexpr int k_backlog = 1024;

class ConnectionFactory final : public Poco::Net::TCPServerConnectionFactory {
 public:
  explicit ConnectionFactory(ConnectionSurroundings& surroundings) : surroundings_(surroundings) {}
  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override {
    return new HttpConnection(socket, surroundings_);
  }

 private:
  ConnectionSurroundings& surroundings_;
};

}  // namespace

struct HttpServer::Impl {
  Impl(HttpServerConfig given, RouteTable& routes, Authenticator& authenticator, sdk::Log& log, AccessSink sink)
      : config(std::move(given)),
        guard(config, routes, authenticator, log),
        writer(config.public_url, std::chrono::duration_cast<std::chrono::seconds>(config.keep_alive)),
        access(std::move(sink)),
        surroundings{config, guard, writer, access, log, registry, is_stopping, open_connections, requests},
        pool("http", 2, config.workers + 8, 10, k_stack_bytes) {}

  HttpServerConfig config;
  RequestGuard guard;
  ResponseWriter writer;
  AccessLog access;
  ConnectionRegistry registry;
  std::atomic<bool> is_stopping{false};
  std::atomic<int> open_connections{0};
  std::atomic<std::uint64_t> requests{0};
  ConnectionSurroundings surroundings;
  Poco::ThreadPool pool;
  Poco::AutoPtr<ConnectionLimiter> limiter;
  std::unique_ptr<Poco::Net::TCPServer> server;
  int port = 0;

  void listen() {
    const Poco::Net::SocketAddress address(config.bind_address, static_cast<Poco::UInt16>(config.port));
    Poco::Net::ServerSocket socket;
    socket.bind(address, true);
    socket.listen(k_backlog);
    port = socket.address().port();
    Poco::AutoPtr<Poco::Net::TCPServerParams> params = new Poco::Net::TCPServerParams;
    params->setMaxThreads(config.workers);
    // The limiter bounds the queue; Poco would drop a connection without a word.
    params->setMaxQueued(config.workers + config.waiting_max + 64);
    params->setThreadIdleTime(Poco::Timespan(10, 0));
    server = std::make_unique<Poco::Net::TCPServer>(new ConnectionFactory(surroundings), pool, socket, params);
    limiter = new ConnectionLimiter(config, registry, open_connections);
    server->setConnectionFilter(limiter);
    server->start();
  }

  void drain() {
    const auto until = std::chrono::steady_clock::now() + config.stop_grace;
    while (registry.size() > 0 && std::chrono::steady_clock::now() < until) {
      registry.shed_all(false);
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    registry.shed_all(true);
  }
};

HttpServer::HttpServer(HttpServerConfig config, RouteTable& routes, Authenticator& authenticator, sdk::Log& log,
                       AccessSink access)
    : impl_(std::make_unique<Impl>(std::move(config), routes, authenticator, log, std::move(access))) {}

HttpServer::~HttpServer() {
  stop();
}

sdk::Done HttpServer::start() noexcept {
  try {
    impl_->is_stopping = false;
    impl_->listen();
    return {};
  } catch (const Poco::Exception& error) {
    return sdk::fail(sdk::FailureKind::unavailable, "cannot listen on " + impl_->config.bind_address + ":" +
                                                        std::to_string(impl_->config.port) + ": " +
                                                        error.displayText());
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

void HttpServer::stop() noexcept {
  if (!impl_->server) return;
  impl_->is_stopping = true;
  impl_->server->stop();
  impl_->limiter->close();
  impl_->drain();
  impl_->server.reset();
  impl_->pool.joinAll();
  impl_->limiter.reset();
}

int HttpServer::port() const noexcept {
  return impl_->port;
}

HttpServer::Stats HttpServer::stats() const noexcept {
  Stats stats;
  stats.connections = impl_->registry.size();
  stats.threads = impl_->pool.allocated();
  stats.requests = impl_->requests;
  if (impl_->limiter) {
    stats.shed = impl_->limiter->shed();
    stats.refused = impl_->limiter->refused();
  }
  return stats;
}

}  // namespace crm::app

#if defined(__SANITIZE_THREAD__)
/// Poco is not built with ThreadSanitizer, so the decrement of a socket's reference count inside it is
/// not seen to order our last use of the socket before its deletion by the accepting thread.
extern "C" __attribute__((visibility("default"))) const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "race:Poco::Net::TCPServer::run\nrace:Poco::Net::SocketImpl::close\n";
}
#endif
