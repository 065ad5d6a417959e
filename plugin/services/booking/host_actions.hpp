#pragma once
/// What the host or an admin does with a meeting: list, cancel, confirm, decline, record the outcome.
///
/// Thread: any. Errors: not_found for what is not the actor's. Source: behaviour B-7, B-13.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/booking/booking_parts.hpp"
#include "plugin/services/booking/status_transition.hpp"
#include "plugin/services/meeting/meeting_details.hpp"
#include "plugin/services/meeting/meeting_words.hpp"

namespace scheduling {

class HostActions {
 public:
  explicit HostActions(const BookingParts& parts) : parts_(parts) {}
  /// `filter.host` narrows an admin's list; a rep's list is the rep's whatever it says.
  Result<std::vector<Meeting>> list(const Actor& actor, MeetingFilter filter,
                                    const std::optional<MeetingPosition>& after, int count);
  /// What is said beside each of these meetings, which the actor has seen.
  Result<std::vector<MeetingWords>> words_of(const Actor& actor, std::span<const Meeting> meetings);
  Result<Meeting> get(const Actor& actor, MeetingId id);
  Result<Meeting> cancel(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                         std::string_view request_id);
  Result<Meeting> confirm(const Actor& actor, MeetingId id, std::string_view request_id);
  Result<Meeting> decline(const Actor& actor, MeetingId id, std::optional<std::string> reason,
                          std::string_view request_id);
  Result<Meeting> record_outcome(const Actor& actor, MeetingId id, MeetingStatus outcome, std::string_view request_id);

 private:
  Result<MeetingDetails> own(Transaction& transaction, const Actor& actor, MeetingId id) const;
  Result<Meeting> shown(Transaction& transaction, const Actor& actor, Meeting meeting) const;
  /// The transition, and the meeting as its actor may see it then.
  Result<Meeting> change(Transaction& transaction, const Actor& actor, MeetingDetails details,
                         const StatusTransition& transition) const;

  BookingParts parts_;
};

}  // namespace scheduling
