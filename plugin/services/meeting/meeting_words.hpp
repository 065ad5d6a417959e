#pragma once
/// What a list of meetings says beside the stored rows: names of what they refer to, and what "now" makes of them.
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "plugin/core/assignment/assignment_record.hpp"
#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/booking/phone_reader.hpp"
#include "plugin/core/calendar/calendar_connection.hpp"
#include "plugin/core/catalog/question.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

struct MeetingWords {
  std::string type_name;
  std::optional<std::string> host_name;  ///< none: the user is gone
  std::vector<Question> questions;       ///< the type's, as they are asked now
  bool has_begun = false;
  std::optional<MeetingId> successor{};          ///< of a meeting that was moved, where the reader may see it
  MeetingInCalendar calendar{};                  ///< of its first host
  std::optional<AssignmentRecord> assignment{};  ///< none: nobody wrote it down
  /// As people write them: "phone", and "answers.{id}" for answers that are numbers.
  std::vector<std::pair<std::string, std::string>> phone_texts{};
};

/// In the order of `meetings`. `reader`: whose meetings may be told of; none: everybody's. Each type and each host is
/// read once.
Result<std::vector<MeetingWords>> load_meeting_words(Transaction& transaction, std::optional<UserId> reader,
                                                     std::span<const Meeting> meetings, const PhoneReader& phones,
                                                     Instant now);

}  // namespace scheduling
