#pragma once
/// Keeps at most one idle SMTP connection, so that several mails in a row need one log-in.
///
/// Thread: any. Whoever takes the connection uses it alone; the next caller finds none and opens its own.
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
  /// `idle`: after this time without a mail the connection is closed with QUIT.
  explicit SmtpConnectionCache(std::chrono::milliseconds idle);

  /// Null when there is none.
  std::unique_ptr<SmtpDialogue> take();
  /// Closes it when it is not usable, has carried many messages, or another one is kept already.
  void keep(std::unique_ptr<SmtpDialogue> dialogue);

 private:
  void watch(const std::stop_token& stop);

  std::chrono::milliseconds idle_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::unique_ptr<SmtpDialogue> waiting_;
  std::chrono::steady_clock::time_point since_;
  std::jthread watcher_;  ///< last: joined before the members that it uses are destroyed
};

}  // namespace crm::app
