#pragma once
/// What an attendee does through the manage link: look, cancel, reschedule.
///
/// Thread: any. Errors: not_found for an unknown token, token_expired for a dead one. Source: behaviour B-5, B-7, B-8.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/outbox_repository.hpp"
#include "plugin/services/booking/booking_commands.hpp"
#include "plugin/services/booking/booking_parts.hpp"

namespace scheduling {

class AttendeeActions {
 public:
  explicit AttendeeActions(const BookingParts& parts) : parts_(parts) {}
  Result<ManagedMeeting> find_by_link(std::string_view token);
  Result<MeetingDetails> cancel_by_link(std::string_view token, std::optional<std::string> reason,
                                        std::string_view request_id);
  BookingResult reschedule(const RescheduleCommand& command);
  /// What was or will be written about a meeting, oldest first.
  Result<std::vector<OutboxEntry>> mails_of(MeetingId meeting);

 private:
  Result<LinkedMeeting> linked(Transaction& transaction, std::string_view token, Lock lock) const;
  Result<Booking> reschedule_in(Transaction& transaction, const RescheduleCommand& command);
  struct MovedTo {
    TimeRange time;
    ZoneId zone;
    std::optional<Person> former_host;  ///< none: they keep it
    AssignmentRecord assignment;
    std::pair<std::chrono::minutes, std::chrono::minutes> buffers;  ///< before, after
    std::optional<BrokenCalendarAction> unreadable{};
  };
  Result<Booking> insert_rescheduled(Transaction& transaction, const RescheduleCommand& command, MeetingDetails details,
                                     const MovedTo& to);
  std::vector<Instant> alternatives_for(const RescheduleCommand& command);

  BookingParts parts_;
};

}  // namespace scheduling
