#include "reference_host/instance/database_watch.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

namespace crm::app {
namespace {

constexpr auto k_pause = std::chrono::milliseconds(250);

void watch(EmbeddedPostgres& server, sdk::Log& log, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  std::string told;  // one line a reason, not four a second
  while (!wake.wait_for(lock, stop, k_pause, [] { return false; }) && !stop.stop_requested()) {
    auto running = server.ensure_running();
    const std::string why = running ? "" : running.error().message;
    if (!why.empty() && why != told) log.error("postgres.not_restarted", {{"why", why}});
    told = why;
  }
}

}  // namespace

DatabaseWatch::DatabaseWatch(EmbeddedPostgres& server, sdk::Log& log)
    : thread_([&server, &log](const std::stop_token& stop) { watch(server, log, stop); }) {}

}  // namespace crm::app
