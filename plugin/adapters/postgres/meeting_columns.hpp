#pragma once
/// The columns that are not simply a member of the meeting.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/database.hpp"
#include "plugin/ports/storage/meeting_rows.hpp"

namespace scheduling {

struct MeetingColumns {
  explicit MeetingColumns(const Meeting& meeting);
  std::optional<std::string> location;  ///< the published text
  std::optional<std::string_view> location_kind;
  std::optional<std::string_view> location_details;  ///< lives as long as the meeting
  std::optional<std::string> join_url;
  std::optional<std::string> held_for_review;
  std::optional<std::string> attendee_key;  ///< by which meetings of one address are found
  std::string answers;
  std::string guests;
  std::string utm;
};

/// Bound together: all three, or nothing.
struct ClockParams {
  explicit ClockParams(const std::optional<MeetingClocks>& clocks) {
    if (!clocks) return;
    host_zone = crm::sdk::Param(clocks->host_zone.name());
    host_offset = crm::sdk::Param(std::int64_t{clocks->host_offset.count()});
    attendee_offset = crm::sdk::Param(std::int64_t{clocks->attendee_offset.count()});
  }
  crm::sdk::Param host_zone{nullptr};
  crm::sdk::Param host_offset{nullptr};
  crm::sdk::Param attendee_offset{nullptr};
};

std::string details_text(const AuditEntry& audit);
std::string_view name_of(AuditEntry::Actor actor);
/// NULL where a personal page leaves no choice.
crm::sdk::Param strategy_param(const AssignmentRecord& assignment);
std::optional<std::string> considered_text(const AssignmentRecord& assignment);

}  // namespace scheduling
