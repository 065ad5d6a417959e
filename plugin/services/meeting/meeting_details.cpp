#include "plugin/services/meeting/meeting_details.hpp"

#include <algorithm>
#include <utility>

#include "plugin/core/catalog/event_text.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {
namespace {

std::string rendered(const MeetingDetails& details, std::string_view text, std::string_view location, MailRole reader) {
  EventFacts facts;
  facts.attendee_name = details.meeting.attendee_name;
  // An address is for those whom its owner gave it to; guests are others.
  if (reader != MailRole::guest) facts.attendee_email = details.meeting.attendee_email;
  const std::string hosts = host_names(details);  // facts are views
  facts.host_name = hosts;
  facts.meeting_type = details.type.content.name;
  if (details.page) {
    facts.page_name = details.page->content.name;
    if (details.page->content.branding.company_name) facts.company_name = *details.page->content.branding.company_name;
  }
  facts.location = location;
  return render_event_text(text, facts);
}

}  // namespace

Result<MeetingDetails> load_meeting_details(Transaction& transaction, Meeting meeting) {
  auto type = transaction.meeting_types().find_with_archived(meeting.type);
  if (!type) return fail(std::move(type.error()));
  if (!*type) return fail(Code::broken, "meeting " + std::to_string(meeting.id.value) + " has no type");
  auto page = transaction.pages().find((*type)->type.page, Lock::none);
  if (!page) return fail(std::move(page.error()));
  auto host = transaction.users().find(meeting.host);
  if (!host) return fail(std::move(host.error()));
  std::vector<Person> others;
  for (const UserId id : meeting.other_hosts) {
    auto other = transaction.users().find(id);
    if (!other) return fail(std::move(other.error()));
    others.push_back(std::move(*other));
  }
  meeting.answers = in_order_of((*type)->type.content.questions, std::move(meeting.answers));
  return MeetingDetails{std::move(meeting), std::move((*type)->type), std::move(*page), std::move(*host),
                        std::move(others)};
}

std::vector<Participant> participants_of(const MeetingDetails& details) {
  const Meeting& meeting = details.meeting;
  std::vector<Participant> hosts{{.name = details.host.name, .address = details.host.email}};
  for (const Person& host : details.other_hosts) hosts.push_back({.name = host.name, .address = host.email});
  return participants_among({.name = meeting.attendee_name, .address = meeting.attendee_email}, std::move(hosts),
                            meeting.guests);
}

std::string host_names(const MeetingDetails& details) {
  std::string names = details.host.name;
  for (const Person& host : details.other_hosts) names += ", " + host.name;
  return names;
}

void put_first(MeetingDetails& details, UserId host) {
  const auto found = std::ranges::find(details.other_hosts, host, &Person::id);
  if (found == details.other_hosts.end()) return;
  std::swap(*found, details.host);
  std::ranges::replace(details.meeting.other_hosts, host, details.meeting.host);
  details.meeting.host = host;
}

Result<MeetingDetails> load_hosted_meeting(Transaction& transaction, MeetingId id, UserId host) {
  auto meeting = transaction.meetings().find(id, Lock::none);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting || !is_hosted_by(**meeting, host)) return fail(Code::not_found);
  auto details = load_meeting_details(transaction, std::move(**meeting));
  if (!details) return fail(std::move(details.error()));
  put_first(*details, host);
  if (!details->host.is_active) return fail(Code::not_found, "the host has left");
  return details;
}

std::vector<UserId> successors_of(const MeetingDetails& details) {
  const bool is_allowed = strategy_of(details) == Assignment::round_robin &&
                          details.type.content.settings.reassign_on_reschedule.value_or(false);
  if (!is_allowed) return {};
  std::vector<UserId> successors = serving(details.page->content.members);
  std::erase(successors, details.meeting.host);
  return successors;
}

Assignment strategy_of(const MeetingDetails& details) {
  return details.page ? details.page->content.assignment : Assignment::personal;
}

std::string event_title(const MeetingDetails& details, std::string_view location, MailRole reader) {
  const auto& title = details.type.content.settings.event_title;
  return rendered(details, title.value_or("{{meeting_type}}: {{host_name}} – {{attendee_name}}"), location, reader);
}

std::string event_description(const MeetingDetails& details, std::string_view location, MailRole reader) {
  return rendered(details, details.type.content.settings.event_description.value_or(""), location, reader);
}

std::string activity_subject(const MeetingDetails& details) {
  const auto& title = details.type.content.settings.event_title;
  return rendered(details, title.value_or("{{meeting_type}} with {{attendee_name}}"),
                  published_location(details.meeting).value_or(""), MailRole::host);
}

}  // namespace scheduling
