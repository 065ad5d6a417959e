#pragma once
/// What a host does to our events in their own calendar becomes true here: moved there is moved here, deleted there is
/// cancelled here, once, and the attendee is told once. Our own writes that come back are no changes.
///
/// Source: behaviour B-9; ADR-0032.
#include <string>
#include <vector>

#include "plugin/ports/storage/calendar_repository.hpp"
#include "plugin/ports/storage/meeting_rows.hpp"
#include "plugin/services/booking/booking_parts.hpp"
#include "plugin/services/calendars/calendar_access.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

/// An event of ours that the host seems to have deleted.
struct HostDeletion {
  WrittenEvent written;
};

class HostEdits {
 public:
  HostEdits(const BookingParts& parts, CalendarAccess& access) : parts_(parts), access_(access) {}

  /// `event` is what the provider says of `written`; deletions are noted only, because many at once are a person's to
  /// decide.
  Done follow(const WrittenEvent& written, const RemoteEvent& event, const std::string& calendar_zone,
              std::vector<HostDeletion>& deleted);
  /// Ends the meetings, unless they are too many at once; then false.
  Result<bool> end_deleted(UserId user, const std::vector<HostDeletion>& deleted);

 private:
  Result<std::optional<RemoteEvent>> as_it_is(WrittenEvent& seen);
  static bool is_as_written(const WrittenEvent& written, const WrittenEvent& seen);
  Done move(const WrittenEvent& written, WrittenEvent seen, TimeRange time);
  Result<AuditEntry> audit_of(Transaction& transaction, const MeetingDetails& details, TimeRange time) const;
  /// The meeting in its new place, and the rule that a booking there would have broken.
  struct Followed {
    MeetingId meeting{};
    std::string refused_rule{};
  };
  Result<Followed> move_meeting(Transaction& transaction, MeetingDetails details, TimeRange time) const;
  Done cancel(const WrittenEvent& written);

  BookingParts parts_;
  CalendarAccess& access_;
};

}  // namespace scheduling
