#include "reference_host/http/http_server.hpp"

#include <mutex>

#include "reference_host/http/http_connection.hpp"
#include "reference_host/network/client_address.hpp"
#include "reference_host/network/connection_loop.hpp"

namespace crm::app {
namespace {

std::chrono::seconds whole_seconds(std::chrono::milliseconds time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time);
}

HttpServerConfig with_one_spelling(HttpServerConfig config) {
  for (std::string& proxy : config.trusted_proxies)
    if (auto address = normal_address(proxy)) proxy = std::move(*address);
  return config;
}

LoopLimits limits_of(const HttpServerConfig& config) {
  return {config.connections_max,       config.unfinished_per_client_max,
          config.silent_per_client_max, config.waiting_max,
          config.held_bytes_max,        config.trusted_proxies};
}

}  // namespace

struct HttpServer::Impl {
  Impl(HttpServerConfig given, RouteTable& routes, Authenticator& authenticator, sdk::Log& log, AccessSink sink)
      : config(with_one_spelling(std::move(given))),
        guard(config, routes, authenticator, log),
        writer(config.public_url, whole_seconds(config.keep_alive), whole_seconds(config.proxy_keep_alive)),
        access(std::move(sink)),
        surroundings{config, guard,       writer,   access,
                     log,    is_stopping, requests, [this] { return loop->workers().is_short(); }} {}

  const HttpServerConfig config;
  RequestGuard guard;
  ResponseWriter writer;
  AccessLog access;
  std::atomic<bool> is_stopping{false};
  std::atomic<std::uint64_t> requests{0};
  ConnectionSurroundings surroundings;
  std::unique_ptr<ConnectionLoop> loop;
  int port = 0;

  void serve(ListeningSocket socket) {
    port = socket.port();
    const auto make = [this](OwnedDescriptor fd, std::string peer, bool is_trusted) {
      return std::make_unique<HttpConnection>(std::move(fd), std::move(peer), is_trusted, surroundings);
    };
    loop = std::make_unique<ConnectionLoop>(std::move(socket), limits_of(config), config.workers, make);
    loop->start();
  }
};

HttpServer::HttpServer(HttpServerConfig config, RouteTable& routes, Authenticator& authenticator, sdk::Log& log,
                       AccessSink access)
    : impl_(std::make_unique<Impl>(std::move(config), routes, authenticator, log, std::move(access))) {}

HttpServer::~HttpServer() {
  stop();
}

sdk::Done HttpServer::start() noexcept {
  auto socket = ListeningSocket::open(impl_->config.bind_address, impl_->config.port);
  if (!socket) return sdk::fail(socket.error());
  return start(std::move(*socket));
}

sdk::Done HttpServer::start(ListeningSocket socket) noexcept {
  try {
    impl_->is_stopping = false;
    impl_->serve(std::move(socket));
    return {};
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

void HttpServer::stop() noexcept {
  impl_->is_stopping = true;
  if (impl_->loop) impl_->loop->stop(impl_->config.stop_grace);
}

int HttpServer::port() const noexcept {
  return impl_->port;
}

HttpServer::Stats HttpServer::stats() const noexcept {
  Stats stats;
  stats.requests = impl_->requests;
  if (impl_->loop) {
    stats.connections = impl_->loop->size();
    stats.held = impl_->loop->held();
    stats.threads = impl_->loop->workers().threads();
    stats.shed = impl_->loop->gave_way();
    stats.refused = impl_->loop->refused();
  }
  return stats;
}

}  // namespace crm::app
