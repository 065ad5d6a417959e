#include "plugin/services/zone_data/zone_rule_check.hpp"

#include <algorithm>

#include "plugin/ports/crm/record_book.hpp"

namespace scheduling {
namespace {

constexpr int k_batch = 500;
/// Meetings that a host with older data books meanwhile are found by then.
constexpr std::chrono::hours k_again_after{24};

void add_side(TextFields& data, const std::string& side, Instant start, std::chrono::minutes agreed,
              const std::optional<std::chrono::minutes>& now) {
  if (!now) return;
  data[side + "_was"] = format_wall(wall_of(start, agreed));
  data[side + "_is"] = format_wall(wall_of(start, *now));
}

/// One entry per meeting, beside that of the booking: what the clocks show now replaces what they showed before.
MeetingActivity activity_of(const UpcomingMeeting& meeting, const std::string& zone_data) {
  MeetingActivity activity;
  activity.contact = *meeting.contact;
  activity.key = "meeting_clocks:" + std::to_string(meeting.id.value);
  activity.subject = meeting.noted ? "Time zone rules changed: the meeting is at another wall time than agreed"
                                   : "Time zone rules changed back: the meeting is at the wall time agreed";
  activity.occurs_at = meeting.start;
  activity.data = {{"meeting_id", std::to_string(meeting.id.value)},
                   {"start", format_instant(meeting.start)},
                   {"zone_data", zone_data}};
  add_side(activity.data, "host", meeting.start, meeting.agreed.host_offset, meeting.noted.host_offset);
  add_side(activity.data, "attendee", meeting.start, meeting.agreed.attendee_offset, meeting.noted.attendee_offset);
  return activity;
}

}  // namespace

Result<bool> ZoneRuleCheck::is_due() {
  auto last = transactions_.reading([](Transaction& transaction) { return transaction.zone_rules().last_check(); });
  if (!last) return fail(std::move(last.error()));
  if (!*last) return true;
  const std::string ours = zones_.version();
  return (*last)->zone_data < ours || ((*last)->zone_data == ours && clock_.now() - (*last)->at >= k_again_after);
}

Result<std::vector<UpcomingMeeting>> ZoneRuleCheck::next_batch(const MeetingPosition& after) {
  return transactions_.reading(
      [&](Transaction& transaction) { return transaction.zone_rules().upcoming(after, k_batch); });
}

/// Those that say something else than the rules do, with what they should say.
std::vector<UpcomingMeeting> ZoneRuleCheck::with_news(const std::vector<UpcomingMeeting>& batch) const {
  std::vector<UpcomingMeeting> news;
  for (const UpcomingMeeting& meeting : batch) {
    const auto host = zones_.rules(meeting.agreed.host_zone);
    const auto attendee = zones_.rules(meeting.attendee_zone);
    const ClockChange change = clock_change(meeting.agreed, meeting.start, host.get(), attendee.get());
    if (change == meeting.noted) continue;
    news.push_back(meeting);
    news.back().noted = change;
  }
  return news;
}

Result<int> ZoneRuleCheck::note(const std::vector<UpcomingMeeting>& news) {
  std::vector<ClockNote> notes;
  for (const UpcomingMeeting& meeting : news) notes.push_back({meeting.id, meeting.agreed.host_zone, meeting.noted});
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<int> {
    auto changed = transaction.zone_rules().note(notes, zones_.version(), clock_.now());
    if (!changed) return fail(std::move(changed.error()));
    for (const UpcomingMeeting& meeting : news) {
      if (!meeting.contact || std::ranges::find(*changed, meeting.id) == changed->end()) continue;
      auto logged = transaction.records().log(activity_of(meeting, zones_.version()));
      if (!logged) return fail(std::move(logged.error()));
    }
    return static_cast<int>(changed->size());
  });
}

Result<ZoneRuleCheck::Report> ZoneRuleCheck::run(const std::stop_token& stop) {
  Report report;
  auto due = is_due();
  if (!due) return fail(std::move(due.error()));
  if (!*due) return report;
  const Instant now = clock_.now();
  MeetingPosition after{now, {}};
  while (!stop.stop_requested()) {
    auto batch = next_batch(after);
    if (!batch) return fail(std::move(batch.error()));
    report.compared += static_cast<int>(batch->size());
    const auto news = with_news(*batch);
    auto noted = news.empty() ? Result<int>(0) : note(news);
    if (!noted) return fail(std::move(noted.error()));
    report.changed += *noted;
    if (batch->size() == static_cast<std::size_t>(k_batch)) {
      after = {batch->back().start, batch->back().id};
      continue;
    }
    auto done = transactions_.in_transaction([&](Transaction& transaction) {
      return transaction.zone_rules().note_check({zones_.version(), now});
    });
    if (!done) return fail(std::move(done.error()));
    break;
  }
  return report;
}

}  // namespace scheduling
