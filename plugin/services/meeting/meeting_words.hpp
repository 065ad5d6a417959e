#pragma once
/// What a list of meetings says beside the stored rows: names of what they refer to, and what "now" makes of them.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/catalog/question.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

struct MeetingWords {
  std::string type_name;
  std::optional<std::string> host_name;  ///< none: the user is gone
  std::vector<Question> questions;       ///< the type's, as they are asked now
  bool has_begun = false;
};

/// In the order of `meetings`. Each type and each host is read once.
Result<std::vector<MeetingWords>> load_meeting_words(Transaction& transaction, std::span<const Meeting> meetings,
                                                     Instant now);

}  // namespace scheduling
