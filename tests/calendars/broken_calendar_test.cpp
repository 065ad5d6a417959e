// EVIDENCE: B-9.2
// While a calendar that is to block cannot be read, the administrator's policy decides, for listing and booking alike.
#include "plugin/core/calendar/broken_calendar.hpp"

#include <gtest/gtest.h>

#include "plugin/core/availability/find_slots.hpp"
#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

using std::chrono::minutes;

TEST(BrokenCalendar, BrokenNeverReadOrTooLongAgoIsUnreadable) {
  const Instant now = at("2026-02-02T12:00:00Z");
  EXPECT_FALSE(is_unreadable({}, minutes{60}, now)) << "who connected nothing is not checked";
  EXPECT_FALSE(is_unreadable({false, at("2026-02-02T11:00:00Z")}, minutes{60}, now))
      << "an hour is not more than an hour";
  EXPECT_TRUE(is_unreadable({false, at("2026-02-02T10:59:59Z")}, minutes{60}, now));
  EXPECT_FALSE(is_unreadable({false, at("2026-02-02T10:59:59Z")}, minutes{90}, now));
  EXPECT_TRUE(is_unreadable({true, now}, minutes{60}, now));
  EXPECT_TRUE(is_unreadable({true, {}}, minutes{60}, now));
}

TEST(BrokenCalendar, BlockListsNothingAndRefusesEveryStart) {
  SlotContext context = context_in("UTC", {{LocalTime::parse("09:00").value(), LocalTime::parse("12:00").value()}});
  const Instant start = at("2026-02-02T09:00:00Z");
  const TimeRange window = range("2026-02-02T00:00:00Z", "2026-02-03T00:00:00Z");
  for (const auto action : {BrokenCalendarAction::warn, BrokenCalendarAction::request}) {
    context.unreadable = action;
    EXPECT_EQ(find_slots(context, window).size(), 3U);
    EXPECT_FALSE(check_slot(context, start));
  }
  context.unreadable = BrokenCalendarAction::block;
  EXPECT_TRUE(find_slots(context, window).empty());
  EXPECT_EQ(check_slot(context, start), UnavailableReason::calendar_unreadable);
  EXPECT_EQ(check_slot(context, at("2026-02-02T03:00:00Z")), UnavailableReason::outside_hours)
      << "the first rule counts";
  EXPECT_EQ(code_of(UnavailableReason::calendar_unreadable), Code::slot_taken);
}

}  // namespace
}  // namespace scheduling::testing
