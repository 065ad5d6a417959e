#pragma once
/// The JSONB columns that one booking or change writes.
#include <string>
#include <vector>

#include "plugin/ports/storage/meeting_rows.hpp"

namespace scheduling {

struct MeetingColumns {
  explicit MeetingColumns(const Meeting& meeting);
  std::string answers;
  std::string guests;
  std::string utm;
};

std::string details_text(const AuditEntry& audit);
std::string_view name_of(AuditEntry::Actor actor);

}  // namespace scheduling
