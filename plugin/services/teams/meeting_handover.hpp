#pragma once
/// A meeting gets another host: who could take it over, and handing it over.
///
/// Thread: any. Errors: not_found for what is not the actor's. Source: behaviour B-7, B-10.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/services/actor.hpp"
#include "plugin/services/booking/booking_parts.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

/// Somebody who could host a meeting instead.
struct HandoverCandidate {
  Person person;
  bool is_free = false;
  std::string reason{};  ///< why not: a rule's name, "paused" or "inactive_user"; empty when free
};

struct HandoverCommand {
  UserId to{};
  std::optional<UserId> from{};  ///< of a meeting with several hosts: who leaves it
  std::string request_id{};
};

class MeetingHandover {
 public:
  explicit MeetingHandover(const BookingParts& parts) : parts_(parts) {}
  /// The team's other members; of a personal page every other active user.
  Result<std::vector<HandoverCandidate>> candidates(const Actor& actor, MeetingId id);
  /// As the actor may see it then. `slot_taken` when the new host is not free; `conflict` when the meeting is over.
  Result<Meeting> reassign(const Actor& actor, MeetingId id, const HandoverCommand& command);

 private:
  Result<MeetingDetails> own(Transaction& transaction, const Actor& actor, MeetingId id, Lock lock) const;
  Result<Meeting> reassign_in(Transaction& transaction, const Actor& actor, MeetingId id,
                              const HandoverCommand& command);
  Done hand_over(Transaction& transaction, const Actor& actor, MeetingDetails& details, UserId from, Person to,
                 const HandoverCommand& command) const;

  BookingParts parts_;
};

}  // namespace scheduling
