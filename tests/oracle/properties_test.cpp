/// What must hold between two listings, or between listing and judging, whatever the right answer is.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/oracle/dice.hpp"
#include "tests/oracle/seeds.hpp"

namespace scheduling::testing {
namespace {

constexpr oracle::Minute k_week = 7 * 1440;

std::string wrong_at(oracle::Minute minute, const std::string& what) {
  return format_instant(instant_of(minute)) + " " + what;
}

// EVIDENCE: B-3.1, B-12.1
TEST(Properties, JudgingAcceptsExactlyWhatIsListed) {
  play_cases(20, [](const RandomCase& c) -> std::string {
    const SlotContext context = c.context;
    // A longer stretch than was asked about, at all its fives and at all that is listed.
    const oracle::Minute until = std::min(std::max(c.until, c.from + 4 * 1440), c.from + 21 * 1440);
    const auto listed = listed_minutes(context, {instant_of(c.from), instant_of(until)});
    for (oracle::Minute minute = c.from / 5 * 5 + 5; minute < until; minute += 5) {
      const bool is_listed = std::binary_search(listed.begin(), listed.end(), minute);
      if (check_slot(context, instant_of(minute)).has_value() == is_listed)
        return wrong_at(minute, "is judged otherwise");
    }
    for (const oracle::Minute minute : listed) {
      if (check_slot(context, instant_of(minute))) return wrong_at(minute, "is listed and refused");
      if (!check_slot(context, instant_of_second(minute * 60 + 1)))
        return wrong_at(minute, "is accepted a second later");
    }
    return {};
  });
}

// EVIDENCE: B-3.1
TEST(Properties, AWindowCutAnywhereListsTheSame) {
  play_cases(5, [](const RandomCase& c) -> std::string {
    const SlotContext context = c.context;
    const auto whole = find_slots(context, c.window());
    Dice dice{c.seed};
    const auto length = static_cast<int>(c.window().length().count());
    // Somewhere, and exactly on a start.
    std::vector<Instant> cuts{c.window().start() + std::chrono::seconds{1 + dice.below(length - 1)}};
    if (!whole.empty()) cuts.push_back(dice.any_of(whole).start());
    for (const Instant cut : cuts) {
      if (cut <= c.window().start()) continue;
      auto halves = find_slots(context, {c.window().start(), cut});
      const auto second = find_slots(context, {cut, c.window().end()});
      halves.insert(halves.end(), second.begin(), second.end());
      if (halves != whole) return "cut at " + format_instant(cut) + " it lists something else";
    }
    return {};
  });
}

/// The same case, so many weeks later.
RandomCase later(RandomCase c, std::chrono::weeks by) {
  c.from += by.count() * k_week;
  c.until += by.count() * k_week;
  c.context.now += by;
  for (auto& each : c.context.host.overrides) each.date = each.date.plus(by);
  for (auto& each : c.context.meetings) each.time = {each.time.start() + by, each.time.end() + by};
  for (auto& each : c.context.external_busy) each = {each.start() + by, each.end() + by};
  if (c.context.rules.bookable_from) c.context.rules.bookable_from = c.context.rules.bookable_from->plus(by);
  if (c.context.rules.bookable_until) c.context.rules.bookable_until = c.context.rules.bookable_until->plus(by);
  return c;
}

bool has_constant_offset(const RandomCase& c, std::chrono::weeks and_later) {
  const oracle::Second reach = 30 * 86400;
  return c.question.zone->changes(c.from * 60 - reach, (c.until + and_later.count() * k_week) * 60 + reach).empty();
}

// EVIDENCE: B-1.2
TEST(Properties, WeeksLaterUnderAConstantOffsetTheSameIsListed) {
  unsigned compared = 0;
  play_cases(2, [&](const RandomCase& c) -> std::string {
    const std::chrono::weeks by{1 + static_cast<int>(c.seed % 9)};
    if (!has_constant_offset(c, by)) return {};
    ++compared;
    const RandomCase moved = later(c, by);
    auto found = listed_minutes(moved.context, moved.window());
    for (oracle::Minute& minute : found) minute -= by.count() * k_week;
    return found == listed_minutes(c.context, c.window()) ? "" : std::to_string(by.count()) + " weeks later it differs";
  });
  if (plays_many()) {
    EXPECT_GT(compared, 500u);
  }
}

/// Empty when `slot` leaves to every meeting and event the free time that both sides ask for.
std::string what_is_too_near(const RandomCase& c, TimeRange slot) {
  const SchedulingRules& rules = c.context.rules;
  for (const BookedMeeting& meeting : c.context.meetings) {
    if (!is_live(meeting.status) || meeting.id == c.context.moving) continue;
    const bool is_before = slot.end() + rules.buffer_after <= meeting.time.start() &&
                           slot.end() + meeting.buffer_before <= meeting.time.start();
    const bool is_after = meeting.time.end() + rules.buffer_before <= slot.start() &&
                          meeting.time.end() + meeting.buffer_after <= slot.start();
    if (!is_before && !is_after) return "a meeting from " + format_instant(meeting.time.start());
  }
  for (const TimeRange& event : c.context.external_busy) {
    const bool is_before = slot.end() + rules.buffer_after <= event.start();
    const bool is_after = event.end() + rules.buffer_before <= slot.start();
    if (!is_before && !is_after) return "an event from " + format_instant(event.start());
  }
  return {};
}

// EVIDENCE: B-4.1, B-4.3, B-4.4
TEST(Properties, NothingListedMeetsBusyTimeOrItsBuffers) {
  play_cases(2, [](const RandomCase& c) -> std::string {
    for (const TimeRange& slot : find_slots(c.context, c.window())) {
      if (slot.length() != c.context.rules.duration) return wrong_at(minute_of(slot.start()), "has another length");
      const std::string near = what_is_too_near(c, slot);
      if (!near.empty()) return wrong_at(minute_of(slot.start()), "is too near to " + near);
    }
    return {};
  });
}

/// The same case for a host who has more to do.
RandomCase busier(RandomCase c) {
  Dice dice{c.seed + 1};
  const int minutes = static_cast<int>(c.until - c.from);
  for (int i = 1 + dice.below(3); i > 0; --i) {
    const Instant start = instant_of(c.from + dice.below(minutes));
    const TimeRange time{start, start + std::chrono::minutes{5 + dice.below(120)}};
    if (dice.one_in(2)) {
      c.context.external_busy.push_back(time);
    } else {
      const MeetingStatus status = dice.one_in(2) ? MeetingStatus::scheduled : MeetingStatus::completed;
      c.context.meetings.push_back({MeetingId{100 + i}, MeetingTypeId{1 + dice.below(2)}, time, {}, {}, status});
    }
  }
  return c;
}

// EVIDENCE: B-3.1, B-4.1
TEST(Properties, MoreBusyTimeNeverAddsAStart) {
  unsigned fewer = 0;
  play_cases(2, [&](const RandomCase& c) -> std::string {
    const auto before = find_slots(c.context, c.window());
    const auto after = find_slots(busier(c).context, c.window());
    fewer += after.size() < before.size();
    return std::includes(before.begin(), before.end(), after.begin(), after.end()) ? "" : "more is listed than before";
  });
  if (plays_many()) {
    EXPECT_GT(fewer, 500u);
  }
}

/// Takes away all that could be "taken": what then still refuses is a rule.
Code code_by_rules_alone(const RandomCase& c, Instant start) {
  SlotContextDraft free = c.context;
  free.meetings.clear();
  free.external_busy.clear();
  return check_slot(free, start) ? Code::outside_rules : Code::slot_taken;
}

// EVIDENCE: B-7.3
TEST(Properties, WhatOnlyTimeTakenRefusesIsSlotTaken) {
  unsigned taken = 0;
  play_cases(2, [&](const RandomCase& c) -> std::string {
    const SlotContext context = c.context;
    for (oracle::Minute minute = c.from / 5 * 5 + 5; minute < c.until; minute += 5 * (1 + (c.until - c.from) / 200)) {
      const auto refusal = check_slot(context, instant_of(minute));
      if (!refusal) continue;
      const Code wanted = code_by_rules_alone(c, instant_of(minute));
      taken += wanted == Code::slot_taken;
      if (code_of(*refusal) != wanted)
        return wrong_at(minute, "has the wrong code for " + std::string(name_of(*refusal)));
    }
    return {};
  });
  if (plays_many()) {
    EXPECT_GT(taken, 500u);
  }
}

}  // namespace
}  // namespace scheduling::testing
