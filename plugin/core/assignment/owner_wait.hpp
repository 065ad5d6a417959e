#pragma once
/// How long an invitation waits for the owner of the contact.
///
/// Counted in days on which the owner has open hours, whatever a meeting type leaves of them: what a person would call
/// "within five working days". Purity: no clock, no I/O; `now` is in the context. Source: behaviour B-10.
#include "plugin/core/availability/slot_context.hpp"
#include "plugin/core/interval/time_range.hpp"

namespace scheduling {

/// Where the owner's starts have to be looked for, so far as the type's rules allow any: `context` must cover it before
/// has_start_soon() is asked.
TimeRange wait_reach(const SlotContext& owner);
/// From now to the end of the `days`-th day with open hours, today among them while some of its hours are ahead; no
/// further than wait_reach().
TimeRange wait_window(const SlotContext& owner, int days);
/// Whether the owner has a free start in that window.
bool has_start_soon(const SlotContext& owner, int days);

}  // namespace scheduling
