#include "reference_host/mail/smtp_connection_cache.hpp"

namespace crm::app {
namespace {

constexpr int k_messages_max = 100;  ///< servers close a connection after some number of messages

}  // namespace

SmtpConnectionCache::SmtpConnectionCache(std::chrono::milliseconds idle)
    : idle_(idle), watcher_([this](const std::stop_token& stop) { watch(stop); }) {}

std::unique_ptr<SmtpDialogue> SmtpConnectionCache::take() {
  const std::lock_guard lock(mutex_);
  return std::move(waiting_);
}

void SmtpConnectionCache::keep(std::unique_ptr<SmtpDialogue> dialogue) {
  if (!dialogue->is_usable() || dialogue->messages() >= k_messages_max) return;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_ == nullptr) {
      waiting_ = std::move(dialogue);
      since_ = std::chrono::steady_clock::now();
    }
  }
  changed_.notify_all();
}

void SmtpConnectionCache::watch(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (waiting_ == nullptr) {
      changed_.wait(lock, stop, [&] { return waiting_ != nullptr; });
      continue;
    }
    changed_.wait_until(lock, stop, since_ + idle_, [&] { return waiting_ == nullptr; });
    if (waiting_ == nullptr || std::chrono::steady_clock::now() < since_ + idle_) continue;
    std::unique_ptr<SmtpDialogue> ending = std::move(waiting_);
    lock.unlock();  // QUIT may take a moment, and nobody shall wait for it
    ending.reset();
    lock.lock();
  }
}

}  // namespace crm::app
