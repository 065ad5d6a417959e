#pragma once
/// Whose contact a booking is, where its meeting type asks for them first.
/// Source: behaviour B-10.
#include <optional>
#include <string_view>

#include "plugin/ports/storage/transaction.hpp"
#include "plugin/services/availability/booking_target_cache.hpp"

namespace scheduling {

/// Whether whoever has the contact comes first at all: turns, and a type that says so.
bool asks_for_owner(const BookingTarget& target);
/// `owner`, when it is one of those who serve the page; else nobody is asked for.
std::optional<UserId> serving_owner(const BookingTarget& target, UserId owner);
/// By an address that somebody typed: of its contacts the first that a member has. Read without a lock, before those
/// of the booking: the address is locked after the hosts, and whose contact it was a moment ago is good enough.
Result<std::optional<UserId>> owner_by_address(Transactions& transactions, const BookingTarget& target,
                                               std::string_view typed);

}  // namespace scheduling
