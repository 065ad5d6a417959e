#pragma once
/// Query and result of trying out other rules without saving them.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/availability/rule_change.hpp"
#include "plugin/core/catalog/meeting_type.hpp"

namespace scheduling {

/// Far more than anybody plans; keeps a runaway script from filling the table.
inline constexpr std::size_t k_overrides_of_day_max = 20;

inline constexpr std::chrono::days k_preview_days_default{7};

/// The same changes that saving takes; what is empty stays as it is stored.
struct RulePreviewQuery {
  MeetingTypeId type;
  std::optional<LocalDate> from;   ///< the host's dates, in the zone after the change; none: today
  std::optional<LocalDate> until;  ///< inclusive; none: a week
  std::optional<AvailabilityPatch> availability;
  std::optional<MeetingTypePatch> type_change;
  std::vector<DayOverrideDraft> added;
  std::vector<OverrideId> removed;
};

struct RulePreview {
  std::shared_ptr<const HostCalendar> host;  ///< after the change
  LocalDate from;                            ///< the dates that were compared
  LocalDate until;
  RuleChange change;
  std::map<MeetingId, std::string> attendees;  ///< of the meetings outside
};

/// What is stored, as one moment had it.
struct PreviewGround {
  MeetingType type;
  HostCalendar calendar;
  std::vector<DayOverride> named;  ///< the owner's rows that the request removes, or adds to the date of
};

}  // namespace scheduling
