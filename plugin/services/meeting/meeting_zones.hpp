#pragma once
/// The zones of a meeting's two sides.
#include <optional>

#include "plugin/core/booking/meeting_clocks.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

/// None when the rules of one of them cannot be read: nothing is written down then, and the booking stands.
std::optional<MeetingClocks> clocks_at(const ZoneSource& zones, Instant start, const ZoneId& host_zone,
                                       const ZoneId& attendee_zone);

/// The zone of a user's hours at present; one who never saved any has the CRM's. One round trip.
Result<ZoneId> host_zone_of(Transaction& transaction, const ZoneSource& zones, const Person& host);

/// The clocks after another host has taken over: what the attendee agreed to stays. One round trip.
Result<std::optional<MeetingClocks>> clocks_with_host(Transaction& transaction, const ZoneSource& zones, Instant start,
                                                      const std::optional<MeetingClocks>& agreed, const Person& host);

}  // namespace scheduling
