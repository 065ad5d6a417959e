#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

using std::chrono::minutes;

// EVIDENCE: B-4.4
TEST(Buffers, WhatMustBeFreeAfterOursMustBeFreeBeforeTheNextMeeting) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "15:00")});
  context.rules.buffer_after = minutes{10};
  context.meetings = {booked(7, "2025-01-15T12:00:00Z", "2025-01-15T13:00:00Z")};
  // 11:00 would end at 12:00 with ten minutes to go; 13:00 begins right after the meeting and may.
  EXPECT_EQ(listed(context, "2025-01-15"), "09:00 10:00 13:00 14:00");
  EXPECT_EQ(verdict(context, "2025-01-15T11:00:00Z"), "buffer");
}

// EVIDENCE: B-4.4
TEST(Buffers, WhatMustBeFreeBeforeOursMustBeFreeAfterThePreviousMeeting) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "15:00")});
  context.rules.buffer_before = minutes{10};
  context.meetings = {booked(7, "2025-01-15T12:00:00Z", "2025-01-15T13:00:00Z")};
  EXPECT_EQ(listed(context, "2025-01-15"), "09:00 10:00 11:00 14:00");
}

// EVIDENCE: B-4.3
TEST(Buffers, KeepsBufferAfterPreviousMeeting) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "12:00")});
  context.rules.duration = context.rules.interval = minutes{30};
  context.meetings = {booked(7, "2025-01-15T09:30:00Z", "2025-01-15T10:00:00Z")};
  context.meetings[0].buffer_after = minutes{15};
  EXPECT_EQ(listed(context, "2025-01-15"), "09:00 10:30 11:00 11:30");
}

// EVIDENCE: B-4.3
TEST(Buffers, NeighboursShareTheSameFreeTime) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "12:00")});
  context.rules.duration = context.rules.interval = minutes{15};
  context.rules.buffer_before = minutes{15};
  context.meetings = {booked(7, "2025-01-15T09:45:00Z", "2025-01-15T10:00:00Z")};
  context.meetings[0].buffer_after = minutes{15};
  // The greater of both, not their sum: 10:15, not 10:30.
  EXPECT_EQ(verdict(context, "2025-01-15T10:00:00Z"), "buffer");
  EXPECT_EQ(verdict(context, "2025-01-15T10:15:00Z"), "offered");
}

// EVIDENCE: B-4.3
TEST(Buffers, OnlyOurOwnCountAgainstExternalEvents) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "13:00")});
  context.external_busy = {range("2025-01-15T11:00:00Z", "2025-01-15T11:30:00Z")};
  EXPECT_EQ(listed(context, "2025-01-15"), "09:00 10:00 12:00");
  context.rules.buffer_after = minutes{5};
  EXPECT_EQ(listed(context, "2025-01-15"), "09:00 12:00");
  EXPECT_EQ(verdict(context, "2025-01-15T10:00:00Z"), "buffer");
  EXPECT_EQ(verdict(context, "2025-01-15T11:00:00Z"), "busy_external");
}

// EVIDENCE: B-3.4
TEST(Buffers, MayReachOutsideOpenHours) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "10:00")});
  context.rules.buffer_before = context.rules.buffer_after = minutes{60};
  EXPECT_EQ(listed(context, "2025-01-15"), "09:00");
}

// EVIDENCE: B-4.1
TEST(Busy, OnlyLiveMeetingsOccupy) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "10:00")});
  context.meetings = {booked(7, "2025-01-15T09:00:00Z", "2025-01-15T10:00:00Z")};
  const std::vector<std::pair<MeetingStatus, std::string>> wanted = {
      {MeetingStatus::scheduled, "busy_meeting"}, {MeetingStatus::pending, "busy_meeting"},
      {MeetingStatus::cancelled, "offered"},      {MeetingStatus::rescheduled, "offered"},
      {MeetingStatus::completed, "offered"},      {MeetingStatus::no_show, "offered"}};
  for (const auto& [status, verdict_wanted] : wanted) {
    context.meetings[0].status = status;
    EXPECT_EQ(verdict(context, "2025-01-15T09:00:00Z"), verdict_wanted) << name_of(status);
  }
}

// EVIDENCE: B-4.1
TEST(Busy, MeetingsOfOtherTypesOccupyToo) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "11:00")});
  context.meetings = {booked(7, "2025-01-15T09:00:00Z", "2025-01-15T10:00:00Z")};
  context.meetings[0].type = MeetingTypeId{99};
  EXPECT_EQ(listed(context, "2025-01-15"), "10:00");
}

// EVIDENCE: B-1.1
TEST(Busy, OneMeetingMayBeginWhereAnotherEnds) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "12:00")});
  context.meetings = {booked(7, "2025-01-15T10:00:00Z", "2025-01-15T11:00:00Z")};
  EXPECT_EQ(listed(context, "2025-01-15"), "09:00 11:00");
}

// EVIDENCE: B-6.1
TEST(Busy, AMeetingBeingMovedIsNotInItsOwnWay) {
  SlotContextDraft context = context_in("UTC", {hours("09:00", "11:00")});
  context.rules.interval = minutes{30};
  context.rules.daily_limit = 1;
  context.meetings = {booked(7, "2025-01-15T09:00:00Z", "2025-01-15T10:00:00Z")};
  EXPECT_EQ(listed(context, "2025-01-15"), "");
  context.moving = MeetingId{7};
  EXPECT_EQ(listed(context, "2025-01-15"), "09:00 09:30 10:00");
}

}  // namespace
}  // namespace scheduling::testing
