#pragma once
/// Whether a host can take a meeting that stands already: to confirm it, or to take it over.
///
/// Hosts confirm and hand over as they like: outside their hours too. Only double booking and limits stand in the way.
/// Source: behaviour B-7, B-10.
#include <optional>
#include <span>

#include "plugin/core/availability/find_slots.hpp"
#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/availability/availability_service.hpp"

namespace scheduling {

/// What occupies the host then; `notice` for a meeting that has begun. `context` covers the meeting's time and leaves
/// the meeting itself out. Pure.
std::optional<UnavailableReason> obstacle_in(SlotContext context, const Meeting& meeting);
/// The same as the database has it, for hosts whose locks are held: `slot_taken` or `too_late`.
Done check_freedom(AvailabilityService& availability, Transaction& transaction, const MeetingType& type,
                   const Meeting& meeting, UserId host);

/// Of the hosts of one meeting: what is to happen because one of them has a calendar that could not be read.
std::optional<BrokenCalendarAction> unreadable_of(std::span<const SlotContext> contexts);

}  // namespace scheduling
