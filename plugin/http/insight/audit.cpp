#include "plugin/http/insight/audit.hpp"

#include <limits>

#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"
#include "plugin/http/reader_clock.hpp"
#include "plugin/http/time_bound.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;
using crm::sdk::Response;

/// What each action is in words; {meeting} stands for the meeting.
constexpr std::pair<std::string_view, std::string_view> k_sentences[] = {
    {"booked", "booked {meeting}"},
    {"moved", "moved {meeting}"},
    {"moved_in_calendar", "moved {meeting} in their calendar"},
    {"cancelled", "cancelled {meeting}"},
    {"cancelled_in_calendar", "deleted {meeting} from their calendar"},
    {"confirmed", "confirmed {meeting}"},
    {"declined", "declined {meeting}"},
    {"expired", "let {meeting} expire, because nobody confirmed it in time"},
    {"completed", "completed {meeting} when it was over"},
    {"outcome", "recorded how {meeting} went"},
    {"verified", "proved the address of {meeting}"},
    {"reassigned", "gave {meeting} to another host"},
    {"suggestion_accepted", "accepted a suggestion"},
    {"suggestion_dismissed", "dismissed a suggestion"},
    {"erased", "erased a person's data"}};

std::string name_of_user(const AuditPage& page, const std::optional<UserId>& user) {
  if (!user) return {};
  const auto found = page.names.find(*user);
  return found == page.names.end() ? "a user who is gone" : found->second;
}

std::string who(const AuditPage& page, const LoggedChange& change) {
  if (change.user) return name_of_user(page, change.user);
  return change.actor == "attendee" ? "The attendee" : "The system";
}

/// "Rosa Rep moved meeting 12 from 2025-01-14T14:00:00Z to 2025-01-15T14:00:00Z"
std::string sentence(const AuditPage& page, const LoggedChange& change) {
  std::string text = change.action;
  for (const auto& [action, words] : k_sentences)
    if (change.action == action) text = words;
  if (const auto at = text.find("{meeting}"); at != std::string::npos)
    text.replace(at, 9, change.meeting ? "meeting " + std::to_string(change.meeting->value) : "a meeting");
  const bool is_handed_over = change.action == "reassigned";
  if (change.assigned && is_handed_over) text += ": " + name_of_user(page, change.assigned);
  const auto from = change.details.find("from");
  const auto to = change.details.find("to");
  if (!is_handed_over && from != change.details.end() && to != change.details.end())
    text += " from " + from->second + " to " + to->second;
  if (const auto field = change.details.find("field"); field != change.details.end()) text += " for " + field->second;
  return who(page, change) + " " + text;
}

void write_change(JsonText& out, const AuditPage& page, const LoggedChange& change, const ReaderClock& clock) {
  out.begin_object()
      .field("id", change.id)
      .field("action", change.action)
      .field("actor", change.actor)
      .field("user_id", change.user)
      .field("user_name", change.user ? std::optional(name_of_user(page, change.user)) : std::nullopt)
      .field("meeting_id", change.meeting)
      .field("text", sentence(page, change))
      .field("details", change.details)
      .field("assigned_user_id", change.assigned)
      .field("assignment_reason", change.assignment_reason)
      .field("created_at", change.at)
      .key("local");
  clock.begin(out);
  clock.field(out, "created_at", change.at);
  out.end_object().end_object();
}

}  // namespace

Response Audit::list(const Request& request) {
  auto query = read_list_query(request, 1);
  if (!query) return query.error();
  const auto clock = ReaderClock::asked_for(request, zones_);
  if (!clock) return clock.error();
  AuditFilter filter;
  const auto meeting = id_in_query<MeetingId>(request, "meeting_id");
  if (!meeting) return meeting.error();
  const auto user = id_in_query<UserId>(request, "user_id");
  if (!user) return user.error();
  filter.meeting = *meeting;
  filter.user = *user;
  auto from = read_bound(request, Bound::from, clock->rules(), k_instant_min);
  if (!from) return from.error();
  auto until = read_bound(request, Bound::to, clock->rules(), k_instant_end);
  if (!until) return until.error();
  filter.from = *from;
  filter.until = *until;
  const std::int64_t before = query->cursor.empty() ? std::numeric_limits<std::int64_t>::max() : query->cursor[0];
  auto page = service_.list(filter, before, query->fetch());
  if (!page) return to_response(page.error(), log_, request);
  return list_response(
      page->changes, *query,
      [&](JsonText& out, const LoggedChange& change) { write_change(out, *page, change, *clock); },
      [](const LoggedChange& last) { return std::vector<std::int64_t>{last.id}; });
}

}  // namespace scheduling
