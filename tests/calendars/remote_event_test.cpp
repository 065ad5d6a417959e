// EVIDENCE: B-9.1
// Which events of a calendar block time, whatever the provider.
#include "plugin/core/calendar/remote_event.hpp"

#include <gtest/gtest.h>

namespace scheduling::testing {
namespace {

struct Case {
  const char* name;
  RemoteEventKind kind;
  bool is_free;
  bool is_declined;
  bool is_cancelled;
  bool blocks;
};

using enum RemoteEventKind;

constexpr Case k_cases[] = {
    {"busy", ordinary, false, false, false, true},
    {"free", ordinary, true, false, false, false},
    {"declined", ordinary, false, true, false, false},
    {"cancelled", ordinary, false, false, true, false},
    {"out of office", out_of_office, false, false, false, true},
    {"out of office, shown as free", out_of_office, true, false, false, false},
    {"focus time", focus, false, false, false, true},
    {"working location", working_location, false, false, false, false},
    {"birthday", birthday, false, false, false, false},
};

TEST(RemoteEvent, BlocksAsTheTableSays) {
  for (const Case& each : k_cases) {
    RemoteEvent event;
    event.kind = each.kind;
    event.is_free = each.is_free;
    event.is_declined = each.is_declined;
    event.is_cancelled = each.is_cancelled;
    EXPECT_EQ(blocks(event), each.blocks) << each.name;
  }
}

TEST(RemoteEvent, ResponsesHaveTheirNames) {
  for (const char* const name : {"none", "accepted", "tentative", "declined"})
    EXPECT_EQ(name_of(attendee_response_of(name).value()), name);
  EXPECT_FALSE(attendee_response_of("needsAction"));
}

}  // namespace
}  // namespace scheduling::testing
