#pragma once
/// Who of a team takes a start, by the function that lists: a member is free if and only if the start is one of theirs.
///
/// Purity: no clock, no I/O. Source: behaviour B-10.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plugin/core/assignment/assignment_record.hpp"
#include "plugin/core/assignment/turn.hpp"
#include "plugin/core/availability/find_slots.hpp"
#include "plugin/core/catalog/page_member.hpp"

namespace scheduling {

struct HostChoice {
  std::vector<UserId> hosts{};  ///< the first one first; none: the start is refused
  AssignmentRecord record{};
  std::vector<TurnEntry> turn{};  ///< what the booking writes into the page's ledger
  /// slot_taken when busy time or a limit refuses at least one member; owner_only when others could and may not.
  Code refusal = Code::outside_rules;
  std::string rule{};  ///< for the log: the first that refuses
};

/// What the ledger says of a member before the booking.
struct TurnStanding {
  UserId user{};
  double balance = 0;
  std::int64_t last_assigned = 0;
};

/// Whoever has the contact in the CRM goes before the turn.
struct PreferredOwner {
  UserId owner{};
  bool is_counted = false;  ///< whether the ledger takes it as if the turn had chosen
  bool is_invited = false;  ///< an invitation says whose contact it is, not an address that somebody typed
  bool is_alone = false;    ///< nobody else may take it: `owner_only` where only others can
};

/// Somebody who was asked refuses: the first rule is told, and busy time or a limit make it `slot_taken`.
void note_refusal(HostChoice& choice, UnavailableReason reason);

/// A member whom no booking reaches, whatever the time: "paused" or "inactive_user"; none: they serve.
std::optional<std::string_view> absence_of(const PageMember& member);

/// `contexts` are those of serving(members), in that order. `standings` name every serving member.
/// With Credits::none nothing is written into the ledger: a payment moves. `first`: an owner who is no candidate
/// changes nothing.
HostChoice choose_in_turn(const PageMembers& members, std::span<const SlotContext> contexts,
                          std::span<const TurnStanding> standings, Instant start, Credits credits = Credits::given,
                          std::optional<PreferredOwner> first = {});
/// All of them or nobody.
HostChoice choose_all(const PageMembers& members, std::span<const SlotContext> contexts, Instant start);
/// A host who is the only one in question.
HostChoice choose_only(UserId host, const SlotContext& context, Instant start, AssignmentReason reason);

}  // namespace scheduling
