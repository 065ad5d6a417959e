#pragma once
/// Who hosts a meeting at another time: those who host it now, when they are free; else another member of the team
/// whose turn it is, where the type allows it.
///
/// Locks as for a booking: the page where others may take over, then the host alone, or all hosts of a collective
/// meeting. Source: behaviour B-7, B-10.
#include "plugin/services/assignment/target_lock.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

/// `contexts` are of the chosen hosts. No host: refused. An error that is_overtaken(): begin the transaction anew.
Result<DecidedHosts> moved_hosts(Transaction& transaction, const AssignmentParts& parts, const MeetingDetails& details,
                                 Instant start);
/// Between the choice and the lock somebody else took the chosen host's time.
bool is_overtaken(const Error& error);

}  // namespace scheduling
