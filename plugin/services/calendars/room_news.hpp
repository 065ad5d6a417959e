#pragma once
/// A meeting's room was made: its link reaches the meeting, the mails, the calendar file and the timeline.
#include <string>

#include "plugin/core/result.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

/// Mails that nobody got so far will have the link in them; whoever heard of the meeting without it is told once more.
Done room_arrived(Transaction& transaction, MeetingDetails details, const std::string& url, Instant now);

}  // namespace scheduling
