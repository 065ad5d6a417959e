#include "plugin/services/mail/mail_template_service.hpp"

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"

namespace scheduling {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

Result<SchedulingPage> own_page(Transaction& transaction, const Actor& actor, PageId id) {
  auto page = transaction.pages().find(id, Lock::none);
  if (!page) return fail(std::move(page.error()));
  if (!*page || !actor.may_touch((*page)->owner)) return fail(Code::not_found);
  return std::move(**page);
}

/// MeetingEvent and language as they stand in the address, without looking at the words.
Result<MailTemplate> address_of(const MailTemplateDraft& draft, const std::vector<std::string>& languages) {
  return MailTemplate::make({draft.meeting_event, draft.language, "-", "-"}, languages);
}

/// A page without types still has mails to look at.
MeetingType example_type(PageId page) {
  MeetingTypeDraft draft;
  draft.name = "Discovery Call";
  draft.slug = "discovery-call";
  draft.location_type = "phone";
  return MeetingType{{}, page, MeetingTypeContent::make(draft).value(), {}};
}

Meeting example_meeting(const MeetingType& type, const Person& host, const ZoneId& zone, Instant now) {
  const Instant start = std::chrono::ceil<hours>(now) + days{2};
  Meeting meeting{.type = type.id,
                  .host = host.id,
                  .attendee_name = "Ada Lovelace",
                  .attendee_email = "ada@example.org",
                  .time = TimeRange(start, start + type.content.duration),
                  .timezone = zone};
  meeting.phone = "+12025550136";
  meeting.location = location_of(type.content);
  meeting.notes = "I look forward to it.";
  meeting.created_at = meeting.updated_at = now;
  meeting.ical_uid = "example@meeting-scheduler";
  return meeting;
}

}  // namespace

Result<std::vector<MailTemplate>> MailTemplateService::list(const Actor& actor, PageId id) {
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<std::vector<MailTemplate>> {
    auto page = own_page(transaction, actor, id);
    if (!page) return fail(std::move(page.error()));
    return transaction.mail_templates().list(id);
  });
}

Result<MailTemplate> MailTemplateService::save(const Actor& actor, PageId id, const MailTemplateDraft& draft) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<MailTemplate> {
    auto page = own_page(transaction, actor, id);
    if (!page) return fail(std::move(page.error()));
    auto texts = MailTemplate::make(draft, languages());
    if (!texts) return texts;
    if (auto saved = transaction.mail_templates().save(id, *texts, parts_.clock.now()); !saved)
      return fail(std::move(saved.error()));
    return texts;
  });
}

Done MailTemplateService::remove(const Actor& actor, PageId id, const MailTemplateDraft& which) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Done {
    auto page = own_page(transaction, actor, id);
    if (!page) return fail(std::move(page.error()));
    auto address = address_of(which, languages());
    if (!address) return fail(std::move(address.error()));
    return transaction.mail_templates().remove(id, address->meeting_event, address->language);
  });
}

Result<std::optional<MailTemplate>> MailTemplateService::texts_of(Transaction& transaction, PageId page,
                                                                  const MailTemplateDraft& draft) const {
  if (draft.subject.empty() && draft.body.empty()) {
    auto address = address_of(draft, languages());
    if (!address) return fail(std::move(address.error()));
    return transaction.mail_templates().find(page, address->meeting_event, address->language);
  }
  auto texts = MailTemplate::make(draft, languages());
  if (!texts) return fail(std::move(texts.error()));
  return std::optional(std::move(*texts));
}

Result<MeetingDetails> MailTemplateService::example_details(Transaction& transaction, SchedulingPage page) const {
  auto host = transaction.users().find(page.owner);
  if (!host) return fail(std::move(host.error()));
  auto types = transaction.meeting_types().list_active(page.id);
  if (!types) return fail(std::move(types.error()));
  MeetingType type = types->empty() ? example_type(page.id) : std::move(types->front());
  Meeting meeting = example_meeting(type, *host, page.content.timezone, parts_.clock.now());
  return MeetingDetails{std::move(meeting), std::move(type), std::move(page), std::move(*host)};
}

/// What an attendee would see. The links lead to the page: there is no meeting to change.
void MailTemplateService::add_links(Example& example) const {
  MailData& data = example.data;
  const std::string page_url = parts_.site.public_url() + "/schedule/" + data.details.page->content.slug.text();
  Meeting& meeting = data.details.meeting;
  switch (example.spec.meeting_event) {
    case MeetingEvent::cancelled:
    case MeetingEvent::declined:
      meeting.status = MeetingStatus::cancelled;
      example.spec.reason = "Something came up.";
      data.book_again_url = page_url;
      return;
    case MeetingEvent::expired:
      meeting.status = MeetingStatus::cancelled;
      meeting.cancellation =
          Cancellation{data.now, CancelledBy::system, CancelReason{CancelReasonKind::host_did_not_confirm_in_time, {}}};
      data.book_again_url = page_url;
      return;
    case MeetingEvent::requested:
      meeting.status = MeetingStatus::pending;
      data.confirm_by = meeting.confirm_by = data.now + hours{48};
      break;
    case MeetingEvent::moved: example.spec.previous_start = meeting.time.start() - days{1}; break;
    case MeetingEvent::reminder:
      example.spec.offset = minutes{1440};
      data.now = meeting.time.start() - days{1};
      break;
    default: break;
  }
  data.may_cancel = data.may_reschedule = true;
  data.manage_url = page_url;
}

Result<MailTemplateService::Example> MailTemplateService::example(Transaction& transaction, const Actor& actor,
                                                                  PageId id, const MailTemplateDraft& draft) const {
  auto page = own_page(transaction, actor, id);
  if (!page) return fail(std::move(page.error()));
  auto texts = texts_of(transaction, id, draft);
  if (!texts) return fail(std::move(texts.error()));
  auto details = example_details(transaction, std::move(*page));
  if (!details) return fail(std::move(details.error()));
  Example example{.spec = {.meeting_event = *meeting_event_of(draft.meeting_event),
                           .recipient = details->meeting.attendee_email,
                           .zone = details->meeting.timezone,
                           .locale = draft.language},
                  .data = {.details = std::move(*details), .now = parts_.clock.now()}};
  example.data.custom_template = std::move(*texts);
  add_links(example);
  return example;
}

Result<Mail> MailTemplateService::preview(const Actor& actor, PageId page, const MailTemplateDraft& draft) {
  auto shown =
      parts_.transactions.reading([&](Transaction& transaction) { return example(transaction, actor, page, draft); });
  if (!shown) return fail(std::move(shown.error()));
  return parts_.composer.compose(shown->spec, shown->data);
}

Done MailTemplateService::send_test(const Actor& actor, PageId page, const MailTemplateDraft& draft) {
  auto shown = parts_.transactions.reading([&](Transaction& transaction) -> Result<Example> {
    auto made = example(transaction, actor, page, draft);
    if (!made) return made;
    auto self = transaction.users().find(actor.id);
    if (!self) return fail(std::move(self.error()));
    made->spec.recipient = self->email;
    return made;
  });
  if (!shown) return fail(std::move(shown.error()));
  auto mail = parts_.composer.compose(shown->spec, shown->data);
  if (!mail) return fail(std::move(mail.error()));
  mail->calendar.clear();  // a test must not end up in a calendar
  mail->message_id = "test." + std::to_string(actor.id.value) + "." +
                     std::to_string(parts_.clock.now().time_since_epoch().count()) + "@meeting-scheduler";
  auto answer = parts_.mailer.send(*mail);
  if (!answer) return fail(std::move(answer.error()));
  if (answer->fate != MailFate::accepted) return fail(Code::provider_refused, answer->reply);
  return {};
}

}  // namespace scheduling
