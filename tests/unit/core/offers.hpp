#pragma once
/// Short ways to write an offer down in a test.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "plugin/core/availability/find_slots.hpp"

namespace scheduling::testing {

inline Instant at(std::string_view text) {
  const auto instant = parse_instant(text);
  EXPECT_TRUE(instant) << text;
  return instant.value_or(Instant{});
}
inline LocalDate day(std::string_view text) {
  const auto date = LocalDate::parse(text);
  EXPECT_TRUE(date) << text;
  return date.value_or(LocalDate{});
}
inline LocalSpan hours(std::string_view start, std::string_view end) {
  return {LocalTime::parse(start).value(), LocalTime::parse(end).value()};
}
inline TimeRange range(std::string_view start, std::string_view end) {
  return {at(start), at(end)};
}

inline std::shared_ptr<const ZoneRules> zone_rules(std::string_view name) {
  static const TzZoneSource zones;
  const auto zone = zones.find(name);
  EXPECT_TRUE(zone) << name;
  return zones.rules(zone.value_or(ZoneId::utc()));
}

/// An offer as a test writes it down.
struct SlotContextDraft {
  std::shared_ptr<const ZoneRules> zone;
  HostSchedule host;
  SchedulingRules rules;
  MeetingTypeId type;
  std::vector<BookedMeeting> meetings;
  std::vector<TimeRange> external_busy;
  Instant now;
  MeetingId moving;

  operator SlotContext() const {  // NOLINT: tests hand a draft wherever an offer is asked for
    auto calendar = std::make_shared<const HostCalendar>(HostCalendar::make(zone, host, meetings, external_busy));
    return {std::move(calendar), rules, type, now, moving};
  }
};

/// Open every day during the given hours, no notice, no horizon, 60-minute meetings; "now" is 2020.
inline SlotContextDraft context_in(std::string_view zone, std::vector<LocalSpan> daily) {
  SlotContextDraft context;
  context.zone = zone_rules(zone);
  context.host.zone = ZoneId::parse(zone).value();
  std::vector<WeeklyRule> rules;
  for (unsigned weekday = 0; weekday < 7; ++weekday) {
    for (const LocalSpan& span : daily) rules.push_back({std::chrono::weekday{weekday}, span, true});
  }
  context.host.hours = WeeklyHours{rules};
  context.rules.duration = context.rules.interval = std::chrono::minutes{60};
  context.rules.notice_min = std::chrono::minutes{0};
  context.type = MeetingTypeId{1};
  context.now = at("2020-01-01T00:00:00Z");
  return context;
}

inline BookedMeeting booked(std::int64_t id, std::string_view start, std::string_view end) {
  return {MeetingId{id}, MeetingTypeId{1}, range(start, end), {}, {}, MeetingStatus::scheduled};
}

/// "14:00 15:00": the starts that fall on the host's dates from … until, on the host's wall clock.
inline std::string listed(const SlotContext& context, std::string_view from, std::string_view until) {
  const auto window = window_of_dates(context.zone(), day(from), day(until));
  if (!window) return "no such date";
  std::string text;
  for (const TimeRange& slot : find_slots(context, *window)) {
    const std::string wall = format_wall(context.zone().wall_at(slot.start()));
    text += (text.empty() ? "" : " ") + (from == until ? wall.substr(11) : wall);
  }
  return text;
}
inline std::string listed(const SlotContext& context, std::string_view date) {
  return listed(context, date, date);
}

/// "offered", or the name of the rule that refuses.
inline std::string verdict(const SlotContext& context, std::string_view start) {
  const auto refusal = check_slot(context, at(start));
  return refusal ? std::string(name_of(*refusal)) : "offered";
}

}  // namespace scheduling::testing
