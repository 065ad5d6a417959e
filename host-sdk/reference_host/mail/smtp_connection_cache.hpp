#pragma once
/// The one conversation that waits for the next message, so that a row of mails pays for one log-in.
///
/// Thread: any. Whoever takes the dialogue has it alone; the next one finds none and opens its own.
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "reference_host/mail/smtp_dialogue.hpp"

namespace crm::app {

class SmtpConnectionCache {
 public:
  /// `idle`: after that the dialogue says QUIT.
  explicit SmtpConnectionCache(std::chrono::milliseconds idle);

  /// Null when none waits.
  std::unique_ptr<SmtpDialogue> take();
  /// Ends it when it is not usable, has carried its share of messages, or another one waits already.
  void keep(std::unique_ptr<SmtpDialogue> dialogue);

 private:
  void watch(const std::stop_token& stop);

  std::chrono::milliseconds idle_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::unique_ptr<SmtpDialogue> waiting_;
  std::chrono::steady_clock::time_point since_;
  std::jthread watcher_;  ///< last: joined before what it watches goes
};

}  // namespace crm::app
