#pragma once
/// A rep whose calendar an instance has in memory, and ways to compare memory with what is stored.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {

inline constexpr const char* k_tuesday_nine = "2025-01-14T14:00:00Z";  // Tuesday, 9:00 in New York

inline TimeRange week() {
  return {parse_instant("2025-01-13T00:00:00Z").value(), parse_instant("2025-01-20T00:00:00Z").value()};
}

inline std::vector<TimeRange> slots_of(SchedulingService& scheduling, AvailabilityService& availability) {
  const auto found = scheduling.public_type("rosa", "call");
  if (!found) return {};
  return availability.public_slots(*found->target, week()).value();
}

inline std::vector<TimeRange> listed(Wiring& wiring) {
  return slots_of(wiring.scheduling, wiring.availability);
}

/// Everything read anew, by somebody who knows nothing.
inline std::vector<TimeRange> stored(Wiring& wiring) {
  HostVersionPoller versions(wiring.transactions, wiring.settings);
  HostCalendarCache nothing(wiring.transactions, versions, wiring.zones, wiring.clock, wiring.settings);
  BookingTargetCache no_targets(wiring.transactions, versions);
  SchedulingService scheduling(wiring.transactions, no_targets, wiring.zones, wiring.clock);
  AvailabilityService availability(wiring.transactions, nothing, wiring.zones, wiring.clock, wiring.settings);
  return slots_of(scheduling, availability);
}

inline bool lists(const std::vector<TimeRange>& slots, const char* start) {
  const Instant wanted = parse_instant(start).value();
  return std::ranges::any_of(slots, [&](const TimeRange& slot) { return slot.start() == wanted; });
}

template <class Condition>
bool becomes_true(Condition&& condition) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

inline AvailabilityPatch new_york_office_hours(const std::string& from = "09:00", const std::string& until = "17:00") {
  std::vector<WeeklyRuleDraft> rules;
  for (std::int64_t day = 1; day <= 5; ++day) rules.push_back({day, from, until, true});
  AvailabilityPatch patch;
  patch.timezone = "America/New_York";
  patch.minimum_notice_minutes = 60;
  patch.rules = std::move(rules);
  return patch;
}

struct HostCalendars : testing::Test {
  BookingWorld world;
  /// Makes wiring() know page, type and calendar.
  void SetUp() override { ASSERT_TRUE(lists(listed(world.wiring()), k_tuesday_nine)); }
  Code refused(const char* start) {
    const BookingResult answer = world.booking().book(BookingWorld::request(start));
    return answer.booking ? Code::broken : answer.refusal.code;
  }
  /// A calendar of the rep's that is read by plain SQL; known to wiring() when this returns.
  void connect_calendar() {
    const std::uint64_t before = loaded();
    world.sql(
        "INSERT INTO calendar_connections (user_id, provider, access_token) "
        "SELECT user_id, 'google', 'x' FROM scheduling_schedules");
    EXPECT_TRUE(becomes_true([&] { return !listed(world.wiring()).empty() && loaded() > before; }));
  }
  void add_event(const std::string& id, const std::string& start, const std::string& length) {
    world.sql(
        "INSERT INTO external_busy (user_id, calendar_connection_id, external_event_id, start_time, end_time) "
        "SELECT user_id, id, '" +
        id + "', '" + start + "', '" + start + "'::timestamptz + interval '" + length + "' FROM calendar_connections");
  }
  std::uint64_t loaded() { return world.wiring().calendars.counts().loaded; }
  bool lists_soon_what_is_stored() {
    return becomes_true([&] { return listed(world.wiring()) == stored(world.wiring()); });
  }
  Actor add_host(const std::string& name) {
    return {UserId{world.add_user(name + "@example.test", name).value}, false, "America/New_York"};
  }
};

}  // namespace scheduling::test
