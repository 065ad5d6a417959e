#include "plugin/core/availability/host_calendar.hpp"

#include <algorithm>
#include <utility>

namespace scheduling {
namespace {

bool begins_sooner(const BookedMeeting& a, const BookedMeeting& b) {
  return std::pair(a.time.start(), a.id) < std::pair(b.time.start(), b.id);
}

std::chrono::seconds reach_of(const BookedMeeting& meeting) {
  return std::max<std::chrono::seconds>(meeting.buffer_before, meeting.time.length() + meeting.buffer_after);
}

template <class Items, class Less>
void sort_unless_sorted(Items& items, Less less) {
  if (!std::is_sorted(items.begin(), items.end(), less)) std::stable_sort(items.begin(), items.end(), less);
}

}  // namespace

HostCalendar HostCalendar::make(std::shared_ptr<const ZoneRules> zone, HostSchedule schedule,
                                std::vector<BookedMeeting> meetings, std::vector<TimeRange> external_busy) {
  HostCalendar calendar{std::move(zone), std::move(schedule), std::move(meetings),
                        IntervalSet{std::move(external_busy)}};
  sort_unless_sorted(calendar.meetings, begins_sooner);
  sort_unless_sorted(calendar.schedule.overrides,
                     [](const DayOverride& a, const DayOverride& b) { return a.date < b.date; });
  for (const BookedMeeting& meeting : calendar.meetings)
    calendar.reach_max = std::max(calendar.reach_max, reach_of(meeting));
  return calendar;
}

void HostCalendar::add(const BookedMeeting& meeting) {
  meetings.reserve(meetings.size() + 1);  // insert() alone would double it, for every host
  meetings.insert(std::upper_bound(meetings.begin(), meetings.end(), meeting, begins_sooner), meeting);
  reach_max = std::max(reach_max, reach_of(meeting));
}

void HostCalendar::remove(MeetingId id) {
  std::erase_if(meetings, [&](const BookedMeeting& meeting) { return meeting.id == id; });
}

}  // namespace scheduling
