#include "reference_host/system/json_log.hpp"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <string>
#include <thread>

#include "crm/sdk/problem.hpp"

namespace crm::app {

namespace {

constexpr std::size_t k_queued_bytes_max = 4 * 1024 * 1024;
/// Lines are gathered this long before they are written, so that a busy server does not pay a wake-up per line.
constexpr std::chrono::milliseconds k_gather{5};

constexpr std::string_view k_level_names[] = {"debug", "info", "warning", "error"};

void append_time(std::string& out) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  tm parts{};
  gmtime_r(&now.tv_sec, &parts);
  char text[64];
  const int length =
      std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ", parts.tm_year + 1900, parts.tm_mon + 1,
                    parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, now.tv_nsec / 1000000);
  out.append(text, static_cast<std::size_t>(length));
}

/// What was logged may come from a client; a log line is always ASCII-safe JSON.
void append_value(std::string& out, std::string_view value) {
  std::string clean;
  clean.reserve(value.size());
  for (const char c : value) clean += static_cast<unsigned char>(c) == 0x7f ? '?' : c;
  sdk::append_json_string(out, clean);
}

bool is_utf8(std::string_view text) {
  std::size_t tails = 0;
  for (const char raw : text) {
    const auto c = static_cast<unsigned char>(raw);
    if (tails > 0) {
      if ((c & 0xC0) != 0x80) return false;
      --tails;
    } else if (c >= 0x80) {
      if (c >= 0xC2 && c <= 0xDF)
        tails = 1;
      else if ((c & 0xF0) == 0xE0)
        tails = 2;
      else if (c >= 0xF0 && c <= 0xF4)
        tails = 3;
      else
        return false;
    }
  }
  return tails == 0;
}

std::string ascii_only(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x80 ? c : '?';
  return out;
}

}  // namespace

struct JsonLog::Impl {
  Impl(int file_descriptor, sdk::LogLevel lowest_level) : fd(file_descriptor), lowest(lowest_level) {}

  void append(std::string_view line);
  void run();
  void write_all(std::string_view text) const;

  const int fd;
  const sdk::LogLevel lowest;
  std::mutex mutex;
  std::condition_variable filled;
  std::condition_variable emptied;
  std::string queued;
  std::uint64_t dropped = 0;
  bool writing = false;
  bool hurry = false;
  bool stopping = false;
  std::thread writer;
};

void JsonLog::Impl::append(std::string_view line) {
  const std::lock_guard lock(mutex);
  if (queued.size() + line.size() + 1 > k_queued_bytes_max) {
    ++dropped;
    return;
  }
  const bool was_empty = queued.empty();
  queued += line;
  queued += '\n';
  if (was_empty) filled.notify_one();
}

void JsonLog::Impl::write_all(std::string_view text) const {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd watched{fd, POLLOUT, 0};
      poll(&watched, 1, 1000);
    } else if (errno != EINTR) {
      return;  // nobody reads any more; there is no place left to say so
    }
  }
}

void JsonLog::Impl::run() {
  std::string batch;
  std::unique_lock lock(mutex);
  for (;;) {
    filled.wait(lock, [&] { return !queued.empty() || stopping; });
    if (queued.empty()) return;
    if (!stopping && !hurry) filled.wait_for(lock, k_gather, [&] { return stopping || hurry; });
    batch.swap(queued);
    const std::uint64_t lost = std::exchange(dropped, 0);
    writing = true;
    lock.unlock();
    if (lost > 0)
      batch += "{\"level\":\"warning\",\"event\":\"log.dropped\",\"lines\":\"" + std::to_string(lost) + "\"}\n";
    write_all(batch);
    batch.clear();
    if (batch.capacity() > 256 * 1024) batch.shrink_to_fit();
    lock.lock();
    writing = false;
    if (queued.empty()) {
      hurry = false;
      emptied.notify_all();
    }
  }
}

JsonLog::JsonLog(int file_descriptor, sdk::LogLevel lowest) : impl_(std::make_unique<Impl>(file_descriptor, lowest)) {
  impl_->writer = std::thread([this] {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    impl_->run();
  });
}

JsonLog::~JsonLog() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
    impl_->filled.notify_one();
  }
  impl_->writer.join();
}

void JsonLog::write(sdk::LogLevel level, std::string_view event, std::initializer_list<Pair> fields) noexcept {
  if (level < impl_->lowest) return;
  try {
    std::string line = "{\"at\":\"";
    append_time(line);
    line += "\",\"level\":\"";
    line += k_level_names[static_cast<std::size_t>(level)];
    line += "\",\"event\":";
    append_value(line, event);
    for (const auto& [name, value] : fields) {
      line += ',';
      append_value(line, name);
      line += ':';
      if (is_utf8(value))
        append_value(line, value);
      else
        append_value(line, ascii_only(value));
    }
    line += '}';
    impl_->append(line);
  } catch (...) {
    // Out of memory while logging: the line is lost, the caller is not.
  }
}

void JsonLog::write_line(std::string_view line) noexcept {
  try {
    impl_->append(line);
  } catch (...) {
    // As above.
  }
}

void JsonLog::flush() noexcept {
  std::unique_lock lock(impl_->mutex);
  if (impl_->queued.empty() && !impl_->writing) return;
  impl_->hurry = true;
  impl_->filled.notify_one();
  impl_->emptied.wait(lock, [&] { return impl_->queued.empty() && !impl_->writing; });
}

}  // namespace crm::app
