#include "plugin/services/assignment/host_freedom.hpp"

#include <memory>

namespace scheduling {
namespace {

/// As if the host were open all day, every day: what still refuses a start is what occupies it.
SlotContext open_all_day(SlotContext context) {
  std::vector<WeeklyRule> rules;
  const LocalTime midnight;
  const LocalTime end = *LocalTime::make(std::chrono::minutes{1440});
  for (unsigned day = 0; day < 7; ++day) rules.push_back({std::chrono::weekday{day}, LocalSpan{midnight, end}, true});
  auto calendar = std::make_shared<HostCalendar>(*context.host);
  calendar->schedule.hours = WeeklyHours(std::move(rules));
  calendar->schedule.overrides.clear();
  context.host = std::move(calendar);
  context.rules.interval = std::chrono::minutes{1};
  context.rules.align = Align::start;
  context.rules.notice_min = std::chrono::minutes{0};
  context.rules.advance_max.reset();
  context.rules.bookable_from.reset();
  context.rules.bookable_until.reset();
  context.rules.drop_narrowing();
  return context;
}

}  // namespace

std::optional<UnavailableReason> obstacle_in(SlotContext context, const Meeting& meeting) {
  SlotContext relaxed = open_all_day(std::move(context));
  relaxed.unreadable.reset();  // hosts know what stands in their calendar
  relaxed.rules.duration = std::chrono::floor<std::chrono::minutes>(meeting.time.length());
  return check_slot(relaxed, meeting.time.start());
}

Done check_freedom(AvailabilityService& availability, Transaction& transaction, const MeetingType& type,
                   const Meeting& meeting, UserId host) {
  auto context = availability.load_slot_context(transaction, type, host, meeting.time, meeting.id);
  if (!context) return fail(std::move(context.error()));
  const auto obstacle = obstacle_in(std::move(*context), meeting);
  if (!obstacle) return {};
  if (*obstacle == UnavailableReason::notice) return fail(Code::too_late, "the meeting has begun");
  return fail(Code::slot_taken, std::string(name_of(*obstacle)));
}

std::optional<BrokenCalendarAction> unreadable_of(std::span<const SlotContext> contexts) {
  for (const SlotContext& context : contexts)
    if (context.unreadable) return context.unreadable;
  return std::nullopt;
}

}  // namespace scheduling
