#include "plugin/adapters/outlook/mailbox_turns.hpp"

namespace scheduling {

MailboxTurns::Turn MailboxTurns::enter(std::string_view mailbox) {
  std::string name(mailbox);
  std::unique_lock lock(mutex_);
  left_.wait(lock, [&] {
    const auto found = inside_.find(name);
    return found == inside_.end() || found->second < k_at_once;
  });
  ++inside_[name];
  return {*this, std::move(name)};
}

void MailboxTurns::leave(const std::string& mailbox) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = inside_.find(mailbox);
    if (--found->second == 0) inside_.erase(found);
  }
  left_.notify_all();
}

}  // namespace scheduling
