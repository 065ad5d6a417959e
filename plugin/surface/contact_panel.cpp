#include "plugin/surface/contact_panel.hpp"

#include <charconv>

#include "plugin/failure/sdk_failure.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/services/insight/suggestion_service.hpp"
#include "plugin/services/meeting/contact_meetings.hpp"
#include "plugin/surface/wiring.hpp"

namespace scheduling {
namespace {

/// Where a rep finds the meeting; the contact's page leads there.
constexpr const char* k_meeting_page = "/settings/scheduling/meetings/";
/// Where a rep books for the contact.
constexpr const char* k_booking_page = "/settings/scheduling/book/";

std::string sentence(const Wiring& wiring, const HostedMeeting& hosted, const SpokenZone& zone,
                     const std::string& locale) {
  MessageArgs args;
  args.text("type", hosted.meeting.type_name).text("host", hosted.host_name);
  args.text("when", wiring.times.span(zone, hosted.meeting.time, locale)).text("zone", zone.id.name());
  args.text("status", std::string(name_of(hosted.meeting.status)));
  return wiring.messages->text("panel.meeting", locale, args);
}

/// The CRM shows ten buttons: the one that books, and two for each suggestion.
constexpr int k_suggestions_max = 4;

/// People are suggested by their id and told by their name.
void name_people(Transaction& transaction, Suggestion& suggestion) {
  if (suggestion.kind != SuggestionKind::reassign) return;
  for (std::string* text : {&suggestion.proposed, &suggestion.current}) {
    std::int64_t id = 0;
    const char* const end = text->data() + text->size();
    if (std::from_chars(text->data(), end, id).ptr != end) continue;
    if (auto person = transaction.users().find(UserId{id})) *text = person->name;
  }
}

void add_suggestion(const Wiring& wiring, const Suggestion& suggestion, const std::string& locale,
                    crm::sdk::PanelContent& content) {
  MessageArgs args;
  args.text("field", suggestion.field).text("proposed", suggestion.proposed).text("current", suggestion.current);
  args.text("has", suggestion.current.empty() ? "no" : "yes");
  const char* key = "panel.suggestion";
  if (suggestion.kind == SuggestionKind::attendee_email) key = "panel.suggestion_email";
  if (suggestion.kind == SuggestionKind::reassign) key = "panel.suggestion_owner";
  content.lines.push_back({wiring.messages->text(key, locale, args)});
  const std::string path = "/api/v1/scheduling/suggestions/" + std::to_string(suggestion.id);
  for (const auto& [word, verb] : {std::pair{"panel.accept", "/accept"}, std::pair{"panel.dismiss", "/dismiss"}})
    content.actions.push_back({wiring.messages->text(word, locale, args), path + verb, crm::sdk::Method::post});
}

}  // namespace

crm::sdk::Outcome<crm::sdk::PanelContent> contact_panel(Wiring& wiring, crm::sdk::Session& session,
                                                        const crm::sdk::Record& record,
                                                        const crm::sdk::Principal& reader) {
  const UserId id{reader.id.value};
  const auto transaction = wiring.transactions.inside(session);
  const auto host = reader.is_admin() ? std::nullopt : std::optional(id);
  const auto meetings = meetings_of_contact(*transaction, ContactId{record.id.value}, host, wiring.clock.now());
  if (!meetings) return crm::sdk::fail(to_failure(meetings.error()));
  const auto locale = transaction->users().locale_of(id);
  if (!locale) return crm::sdk::fail(to_failure(locale.error()));
  const SpokenZone zone = wiring.times.zone(reader.timezone, ZoneId::utc());
  crm::sdk::PanelContent content;
  for (const HostedMeeting& hosted : *meetings)
    content.lines.push_back(
        {sentence(wiring, hosted, zone, *locale), k_meeting_page + std::to_string(hosted.meeting.id.value)});
  content.actions.push_back(
      {wiring.messages->text("panel.book", *locale, {}), k_booking_page + std::to_string(record.id.value)});
  auto suggestions = SuggestionService::open_of(*transaction, ContactId{record.id.value}, k_suggestions_max);
  if (!suggestions) return crm::sdk::fail(to_failure(suggestions.error()));
  for (Suggestion& each : *suggestions) {
    name_people(*transaction, each);
    add_suggestion(wiring, each, *locale, content);
  }
  return content;
}

}  // namespace scheduling
