#include "plugin/core/availability/busy_time.hpp"

#include <algorithm>

namespace scheduling {
namespace {

/// Joins ranges on the way. They come by start; only different buffers can bring them out of order.
class Joining {
 public:
  explicit Joining(std::size_t count) { ranges_.reserve(count); }
  void add(TimeRange range) {
    if (range.start() > end_) {
      ranges_.push_back(range);
      end_ = range.end();
    } else if (range.start() >= ranges_.back().start()) {
      if (range.end() <= end_) return;
      end_ = range.end();
      ranges_.back() = TimeRange{ranges_.back().start(), end_};
    } else {
      is_in_order_ = false;
      ranges_.push_back(range);
      end_ = range.end();
    }
  }
  IntervalSet take() {
    return is_in_order_ ? IntervalSet::of_joined(std::move(ranges_)) : IntervalSet{std::move(ranges_)};
  }

 private:
  std::vector<TimeRange> ranges_;
  Instant end_ = Instant::min();  ///< of the last of them
  bool is_in_order_ = true;
};

}  // namespace

TimeRange blocked_by(const BookedMeeting& meeting, const SchedulingRules& rules) {
  return {meeting.time.start() - std::max<std::chrono::seconds>(rules.buffer_after, meeting.buffer_before),
          meeting.time.end() + std::max<std::chrono::seconds>(rules.buffer_before, meeting.buffer_after)};
}

TimeRange blocked_by(TimeRange external, const SchedulingRules& rules) {
  return {external.start() - rules.buffer_after, external.end() + rules.buffer_before};
}

bool occupies(const BookedMeeting& meeting, const SlotContext& context) {
  return is_live(meeting.status) && (!context.moving || meeting.id != context.moving);
}

std::span<const BookedMeeting> meetings_near(const HostCalendar& host, TimeRange window, std::chrono::seconds margin) {
  const auto starts_before = [](const BookedMeeting& meeting, Instant instant) {
    return meeting.time.start() < instant;
  };
  const auto reach = host.reach_max + margin;
  const auto first =
      std::lower_bound(host.meetings.begin(), host.meetings.end(), window.start() - reach, starts_before);
  return {first, std::lower_bound(first, host.meetings.end(), window.end() + reach, starts_before)};
}

std::span<const TimeRange> external_near(const HostCalendar& host, TimeRange window, std::chrono::seconds margin) {
  const auto all = host.external_busy.ranges();
  const auto first = std::lower_bound(all.begin(), all.end(), window.start() - margin,
                                      [](TimeRange event, Instant instant) { return event.end() <= instant; });
  return {first, std::lower_bound(first, all.end(), window.end() + margin,
                                  [](TimeRange event, Instant instant) { return event.start() < instant; })};
}

IntervalSet busy_for(const SlotContext& context, TimeRange window) {
  const SchedulingRules& rules = context.rules;
  const TimeRange reach{window.start(), window.end() + rules.duration};
  const auto margin = std::max(rules.buffer_before, rules.buffer_after);
  const auto meetings = meetings_near(*context.host, reach, margin);
  const auto external = external_near(*context.host, reach, margin);
  Joining busy{meetings.size() + external.size()};
  auto event = external.begin();
  for (const BookedMeeting& meeting : meetings) {
    if (!occupies(meeting, context)) continue;
    for (; event != external.end() && event->start() <= meeting.time.start(); ++event)
      busy.add(blocked_by(*event, rules));
    busy.add(blocked_by(meeting, rules));
  }
  for (; event != external.end(); ++event) busy.add(blocked_by(*event, rules));
  return busy.take();
}

std::optional<Conflict> find_conflict(const SlotContext& context, TimeRange candidate) {
  std::optional<Conflict> near;
  const auto note = [&](TimeRange time, MeetingId meeting, TimeRange blocked) {
    if (near || !blocked.overlaps(candidate)) return;
    const bool comes_before = time.end() <= candidate.start();
    const auto gap = comes_before ? blocked.end() - time.end() : time.start() - blocked.start();
    near = Conflict{UnavailableReason::buffer, time, meeting, std::chrono::floor<std::chrono::minutes>(gap)};
  };
  const auto margin = std::max(context.rules.buffer_before, context.rules.buffer_after);
  for (const BookedMeeting& meeting : meetings_near(*context.host, candidate, margin)) {
    if (!occupies(meeting, context)) continue;
    if (meeting.time.overlaps(candidate))
      return Conflict{UnavailableReason::busy_meeting, meeting.time, meeting.id, {}};
    note(meeting.time, meeting.id, blocked_by(meeting, context.rules));
  }
  for (const TimeRange& event : external_near(*context.host, candidate, margin)) {
    if (event.overlaps(candidate)) return Conflict{UnavailableReason::busy_external, event, {}, {}};
    note(event, {}, blocked_by(event, context.rules));
  }
  return near;
}

std::optional<UnavailableReason> name_busy(const SlotContext& context, TimeRange candidate) {
  const auto conflict = find_conflict(context, candidate);
  return conflict ? std::optional{conflict->rule} : std::nullopt;
}

}  // namespace scheduling
