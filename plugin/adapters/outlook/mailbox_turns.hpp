#pragma once
/// Graph answers four calls about a mailbox at once and refuses a fifth (MailboxConcurrency). So a fifth waits here,
/// and no pause is asked of all of them. Other instances have turns of their own; when Graph refuses all the same, its
/// Retry-After is obeyed like any other.
///
/// Thread: any; enter() blocks while the mailbox has no turn left, at most as long as a call lasts.
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace scheduling {

class MailboxTurns {
 public:
  static constexpr int k_at_once = 4;

  /// Gives itself back.
  class Turn {
   public:
    Turn(MailboxTurns& turns, std::string mailbox) : turns_(turns), mailbox_(std::move(mailbox)) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { turns_.leave(mailbox_); }

   private:
    MailboxTurns& turns_;
    std::string mailbox_;
  };

  /// `mailbox`: whatever names it, such as the token that opens it, which a mailbox has one of at a time.
  [[nodiscard]] Turn enter(std::string_view mailbox);

 private:
  void leave(const std::string& mailbox);

  std::mutex mutex_;
  std::condition_variable left_;
  std::unordered_map<std::string, int> inside_;  ///< of mailboxes that are asked right now
};

}  // namespace scheduling
