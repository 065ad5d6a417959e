#include "tests/mail_templates/mail_world.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace scheduling::testing {
namespace {

template <class T>
T loaded(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(*result);
}

MeetingType sample_type() {
  MeetingTypeDraft draft;
  draft.name = "Discovery Call";
  draft.slug = "discovery";
  draft.duration_minutes = 30;
  draft.location_type = "zoom";
  draft.location_details = "https://zoom.example/j/94512345678";
  draft.questions = {{"topic", "What would you like to talk about?", "textarea", false, {}},
                     {"products", "Which products are of interest?", "multiselect", false, {"Pipelines", "Quotes"}},
                     {"customer", "Are you a customer already?", "checkbox", false, {}},
                     {"seats", "How many of you would use it?", "number", false, {}}};
  draft.settings.confirmation_message =
      "Please have your latest pipeline report at hand.\n\nHow to prepare: https://acme.example/prepare.";
  return {MeetingTypeId{1}, PageId{1}, loaded(MeetingTypeContent::make(draft))};
}

SchedulingPage sample_page() {
  PageDraft draft;
  draft.slug = "rosa";
  draft.name = "Meet Rosa";
  draft.timezone = "America/New_York";
  draft.branding = {"#0b6e4f", {}, "Acme Pipelines", "https://acme.example"};
  return {PageId{1}, UserId{1}, loaded(PageContent::make(draft)), at("2025-01-01T00:00:00Z"),
          at("2025-01-01T00:00:00Z")};
}

void write_sample(const std::filesystem::path& folder, const std::string& name, const RenderedMail& mail) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / (name + ".html"), std::ios::binary) << mail.html;
  std::ofstream(folder / (name + ".txt"), std::ios::binary) << "Subject: " << mail.subject << "\n\n" << mail.text;
}

}  // namespace

std::filesystem::path texts_folder() {
  return std::filesystem::path(SCHEDULING_WEB_ASSETS) / "texts";
}

Instant at(const std::string& text) {
  return parse_instant(text).value();
}
ZoneId zone_of(const char* name) {
  return ZoneId::parse(name).value();
}

MeetingDetails sample_details() {
  Meeting meeting{.id = MeetingId{7},
                  .attendee_name = "Ada Lovelace",
                  .attendee_email = "ada@analytical.example",
                  .time = TimeRange(at("2025-01-15T14:00:00Z"), at("2025-01-15T14:30:00Z")),
                  .timezone = zone_of("America/New_York"),
                  .location = Location{LocationType::zoom, "https://zoom.example/j/94512345678", {}},
                  .notes = "I will be on a train until nine,\nso the line may be poor.",
                  .answers = {{"topic", "How your forecasts are made."},
                              {"products", std::vector<std::string>{"Pipelines", "Quotes"}},
                              {"customer", true},
                              {"seats", 12.0}},
                  .phone = "+12025550136",
                  .guests = {"charles@analytical.example"}};
  return {std::move(meeting),
          sample_type(),
          sample_page(),
          {UserId{1}, "Rosa Rep", "rosa@acme.example", "America/New_York"}};
}

MailData sample_context() {
  MailData data{.details = sample_details(), .now = at("2025-01-13T15:00:00Z")};
  data.manage_url = "https://crm.acme.example/schedule/manage/n0tAR3alT0ken";
  data.may_cancel = data.may_reschedule = true;
  data.approval_url = "https://crm.acme.example/scheduling/meetings/7/decide";
  data.meeting_url = "https://crm.acme.example/scheduling/meetings/7";
  data.contact_url = "https://crm.acme.example/contacts/12";
  data.book_again_url = "https://crm.acme.example/schedule/rosa/discovery";
  data.confirm_by = at("2025-01-14T17:00:00Z");
  data.history = {{"Downloaded the white paper on forecasts", at("2025-01-09T10:00:00Z")},
                  {"Call with Tom Sales", at("2024-11-21T16:30:00Z")}};
  data.no_shows = 1;
  return data;
}

MailSpec spec_of(MeetingEvent meeting_event, MailRole role, std::string locale) {
  MailSpec spec;
  spec.meeting_event = meeting_event;
  spec.role = role;
  spec.recipient = "ada@analytical.example";
  spec.zone = zone_of("America/New_York");
  spec.locale = std::move(locale);
  if (meeting_event == MeetingEvent::moved) spec.previous_start = at("2025-01-14T19:00:00Z");
  if (meeting_event == MeetingEvent::reminder) spec.offset = std::chrono::hours{24};
  if (meeting_event == MeetingEvent::cancelled || meeting_event == MeetingEvent::declined)
    spec.reason = "Something came up.";
  return spec;
}

MailWorld::MailWorld()
    : messages(loaded(load_icu_message_catalog(texts_folder().string()))),
      renderer(loaded(load_mustache_renderer(SCHEDULING_WEB_ASSETS, *messages))),
      times(formatter, zones, *messages),
      places(*messages, phones),
      mails(*renderer, *messages, times, places) {}

RenderedMail MailWorld::compose(const MailSpec& spec, const MailData& data, const std::string& sample) const {
  RenderedMail mail = mails.compose(spec, data);
  if (const char* folder = std::getenv("MAIL_SAMPLES_DIR"); folder != nullptr && !sample.empty())
    write_sample(folder, sample, mail);
  return mail;
}

const MailWorld& world() {
  static const MailWorld all;
  return all;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto found = text.find(part); found != std::string::npos; found = text.find(part, found + part.size())) ++count;
  return count;
}

}  // namespace scheduling::testing
