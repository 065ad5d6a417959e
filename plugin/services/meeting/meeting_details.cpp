#include "plugin/services/meeting/meeting_details.hpp"

#include "plugin/core/catalog/event_text.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {
namespace {

std::string rendered(const MeetingSheet& sheet, std::string_view text) {
  EventFacts facts;
  facts.attendee_name = sheet.meeting.attendee_name;
  facts.attendee_email = sheet.meeting.attendee_email;
  facts.host_name = sheet.host.name;
  facts.meeting_type = sheet.type.content.name;
  if (sheet.page) {
    facts.page_name = sheet.page->content.name;
    if (sheet.page->content.branding.company_name) facts.company_name = *sheet.page->content.branding.company_name;
  }
  if (sheet.meeting.location) facts.location = *sheet.meeting.location;
  return render_event_text(text, facts);
}

std::string_view words_of(LocationType type) {
  switch (type) {
    case LocationType::zoom: return "Zoom meeting";
    case LocationType::google_meet: return "Google Meet";
    case LocationType::teams: return "Microsoft Teams";
    case LocationType::phone: return "Phone call";
    case LocationType::in_person: return "In person";
    case LocationType::custom: return "";
  }
  return "";
}

}  // namespace

Result<MeetingSheet> load_sheet(Transaction& transaction, Meeting meeting) {
  auto type = transaction.meeting_types().find_with_archived(meeting.type);
  if (!type) return fail(std::move(type.error()));
  if (!*type) return fail(Code::broken, "meeting " + std::to_string(meeting.id.value) + " has no type");
  auto page = transaction.pages().find((*type)->type.page, Lock::none);
  if (!page) return fail(std::move(page.error()));
  auto host = transaction.users().find(meeting.host);
  if (!host) return fail(std::move(host.error()));
  return MeetingSheet{std::move(meeting), std::move((*type)->type), std::move(*page), std::move(*host)};
}

std::string event_title(const MeetingSheet& sheet) {
  return rendered(
      sheet, sheet.type.content.settings.event_title.value_or("{{meeting_type}}: {{host_name}} – {{attendee_name}}"));
}

std::string event_description(const MeetingSheet& sheet) {
  return rendered(sheet, sheet.type.content.settings.event_description.value_or(""));
}

std::string activity_subject(const MeetingSheet& sheet) {
  return rendered(sheet, sheet.type.content.settings.event_title.value_or("{{meeting_type}} with {{attendee_name}}"));
}

std::optional<std::string> location_text(const MeetingTypeContent& type, const std::optional<std::string>& phone) {
  if (type.location_details && !type.location_details->empty()) return type.location_details;
  if (!type.location_type) return std::nullopt;
  std::string text(words_of(*type.location_type));
  if (text.empty()) return std::nullopt;
  if (*type.location_type == LocationType::phone && phone) text += ": " + *phone;
  return text;
}

}  // namespace scheduling
