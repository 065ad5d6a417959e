/// crm-host: the reference CRM. Runs in the foreground until SIGINT or SIGTERM.
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstdio>
#include <string>
#include <vector>

#include "reference_host/instance/instance.hpp"

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

/// Every thread inherits the mask, so that only sigwait() below sees the signals that end us.
sigset_t block_ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = crm::app::parse_options(std::vector<std::string>(argv + 1, argv + argc));
  if (!options) {
    const bool is_question = options.error().kind == crm::sdk::FailureKind::not_found;
    std::fprintf(is_question ? stdout : stderr, "%s\n", options.error().message.c_str());
    return is_question ? 0 : 2;
  }
  raise_file_limit();
  give_large_blocks_back();
  const sigset_t signals = block_ending_signals();
  auto instance = crm::app::Instance::start(*options);
  if (!instance) {
    std::fprintf(stderr, "crm-host could not start: %s\n", instance.error().message.c_str());
    return 1;
  }
  std::printf("%s", (*instance)->greeting().c_str());
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  instance->reset();
  return 0;
}
