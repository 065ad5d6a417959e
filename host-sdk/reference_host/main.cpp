/// crm-host: the reference CRM. Runs in the foreground until SIGINT or SIGTERM, which also end a start under way.
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "reference_host/instance/instance.hpp"
#include "reference_host/system/start_watch.hpp"

namespace {

/// One descriptor for each connection, and some for the database.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// A password hash borrows 19 MiB for a moment. glibc would raise its own threshold after the first one
/// and keep such blocks for ever; a fixed threshold gives them back.
void give_large_blocks_back() {
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
}

/// Every thread inherits the mask, so that only the main thread below sees the signals that end us.
sigset_t block_ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

using Started = crm::sdk::Outcome<std::unique_ptr<crm::app::Instance>>;

/// Says once what a long start is busy with, and again when it has become something else.
class Progress {
 public:
  void tell(const std::string& phase) {
    const auto now = Clock::now();
    if (phase.empty() || phase == told_ || now < soonest_) return;
    soonest_ = now + std::chrono::seconds(1);
    told_ = phase;
    std::fprintf(stderr, "crm-host is still starting: %s\n", phase.c_str());
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point soonest_ = Clock::now() + std::chrono::milliseconds(700);
  std::string told_;
};

/// Waits for the start, and ends it when a signal comes. Empty: it was ended.
std::optional<Started> wait_for_start(std::future<Started>& starting, crm::app::StartWatch& watch,
                                      const sigset_t& signals) {
  constexpr auto k_patience = std::chrono::milliseconds(1400);
  constexpr timespec k_step{0, 20'000'000};
  Progress progress;
  while (starting.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
    if (sigtimedwait(&signals, nullptr, &k_step) < 0) {
      progress.tell(watch.phase());
      continue;
    }
    watch.end();
    if (starting.wait_for(k_patience) == std::future_status::ready) {
      (void)starting.get();  // stops again what had started
    } else {
      watch.force();
      std::fprintf(stderr, "crm-host was told to end while it was starting, and did.\n");
      std::_Exit(0);
    }
    std::fprintf(stderr, "crm-host was told to end while it was starting, and did.\n");
    return std::nullopt;
  }
  return starting.get();
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = crm::app::parse_options(std::vector<std::string>(argv + 1, argv + argc));
  const bool had_password = crm::app::hide_passwords(argc, argv);
  if (!options) {
    const bool is_question = options.error().kind == crm::sdk::FailureKind::not_found;
    std::fprintf(is_question ? stdout : stderr, "%s\n", options.error().message.c_str());
    return is_question ? 0 : 2;
  }
  if (had_password)
    std::fprintf(stderr,
                 "Warning: --database-url holds a password, which others on this machine could read until now. "
                 "Give the URL in the environment instead, as CRM_DATABASE_URL.\n");
  raise_file_limit();
  give_large_blocks_back();
  const sigset_t signals = block_ending_signals();
  crm::app::StartWatch watch;
  auto starting = std::async(std::launch::async, [&] { return crm::app::Instance::start(*options, watch); });
  auto started = wait_for_start(starting, watch, signals);
  if (!started) return 0;
  if (!*started) {
    std::fprintf(stderr, "crm-host could not start: %s\n", started->error().message.c_str());
    return 1;
  }
  auto instance = std::move(**started);
  std::printf("%s", instance->greeting().c_str());
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  instance.reset();
  return 0;
}
