// Two servers in one process: the host's HttpServer with its access log on, and a bare Poco HTTPServer
// that answers the same 31 bytes by sendBuffer with as many threads. Prints both ports, then serves until
// standard input closes. hello.sh drives it.
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

#include <cstdlib>
#include <iostream>

#include "reference_host/http/http_server.hpp"
#include "reference_host/system/json_log.hpp"

namespace {

constexpr std::string_view k_hello = R"({"message":"hello from there"})";

class Hello final : public Poco::Net::HTTPRequestHandler {
  void handleRequest(Poco::Net::HTTPServerRequest&, Poco::Net::HTTPServerResponse& response) override {
    response.setContentType("application/json");
    response.sendBuffer(k_hello.data(), k_hello.size());
  }
};

class HelloFactory final : public Poco::Net::HTTPRequestHandlerFactory {
  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
    return new Hello;
  }
};

class Nobody final : public crm::app::Authenticator {
  crm::app::Identity identify(const crm::sdk::Request&) noexcept override { return {}; }
};

}  // namespace

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 64;
  Poco::ThreadPool pool("bare", 2, threads + 2);
  Poco::AutoPtr<Poco::Net::HTTPServerParams> params = new Poco::Net::HTTPServerParams;
  params->setMaxThreads(threads);
  params->setMaxQueued(threads);
  params->setKeepAlive(true);
  params->setMaxKeepAliveRequests(0);
  Poco::Net::ServerSocket socket;
  socket.bind(Poco::Net::SocketAddress("127.0.0.1", 0));
  socket.listen(1024);
  Poco::Net::HTTPServer bare(new HelloFactory, pool, socket, params);
  bare.start();

  crm::app::JsonLog log;
  crm::app::RouteTable routes;
  const auto added = routes.add(
      "host", {crm::sdk::Method::get, "/hello", crm::sdk::Access::open, crm::sdk::RateClass::none,
               [](const crm::sdk::Request&) { return crm::sdk::Response::json(200, std::string(k_hello)); }});
  Nobody nobody;
  crm::app::HttpServerConfig config;
  config.workers = threads;
  crm::app::HttpServer host(config, routes, nobody, log, [&](std::string_view line) { log.write_line(line); });
  const auto started = host.start();
  if (!added || !started) {
    std::cerr << (started ? added.error().message : started.error().message) << '\n';
    return 1;
  }
  std::cout << "host " << host.port() << "\nbare " << socket.address().port() << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
  }
  host.stop();
  bare.stopAll(true);
}
