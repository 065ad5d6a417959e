#pragma once
/// Looks for an event of ours by its mark: its id was never learnt, or its owner moved it to another calendar of
/// theirs, or a program wrote it anew under another name.
///
/// Thread: any. Blocks as long as the provider. Source: behaviour B-9; ADR-0032.
#include <string>
#include <vector>

#include "plugin/services/calendars/calendar_access.hpp"

namespace scheduling {

struct OwnEvent {
  std::string calendar{};
  RemoteEvent event{};
};

/// `first`, then all other calendars of the account.
std::vector<std::string> calendars_from(const std::vector<CalendarConnection>& connections, const std::string& first);

/// The first of `calendars` that has it. `not_found`: each of them said so clearly; an error of one is no clear word.
Told<OwnEvent> find_own_event(CalendarAccess& access, ConnectionId connection,
                              const std::vector<std::string>& calendars, const std::string& mark);

}  // namespace scheduling
