#include "plugin/services/mail/mail_template_service.hpp"

#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"
#include "plugin/ports/crm/user_directory.hpp"

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

/// Occasion and language as they stand in the address, without looking at the words.
Result<MailTemplate> address_of(const MailTemplateDraft& draft, const std::vector<std::string>& languages) {
  return MailTemplate::make({draft.occasion, draft.language, "-", "-"}, languages);
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
  meeting.location = location_text(type.content, meeting.phone);
  meeting.notes = "I look forward to it.";
  meeting.created_at = meeting.updated_at = now;
  meeting.ical_uid = "example@meeting-scheduler";
  return meeting;
}

}  // namespace

Result<std::vector<MailTemplate>> MailTemplates::list(const Actor& actor, PageId id) {
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<std::vector<MailTemplate>> {
    auto page = own_page(transaction, actor, id);
    if (!page) return fail(std::move(page.error()));
    return transaction.mail_templates().list(id);
  });
}

Result<MailTemplate> MailTemplates::save(const Actor& actor, PageId id, const MailTemplateDraft& draft) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<MailTemplate> {
    auto page = own_page(transaction, actor, id);
    if (!page) return fail(std::move(page.error()));
    auto words = MailTemplate::make(draft, languages());
    if (!words) return words;
    if (auto saved = transaction.mail_templates().save(id, *words, parts_.clock.now()); !saved)
      return fail(std::move(saved.error()));
    return words;
  });
}

Done MailTemplates::remove(const Actor& actor, PageId id, const MailTemplateDraft& which) {
  return parts_.transactions.in_transaction([&](Transaction& transaction) -> Done {
    auto page = own_page(transaction, actor, id);
    if (!page) return fail(std::move(page.error()));
    auto address = address_of(which, languages());
    if (!address) return fail(std::move(address.error()));
    return transaction.mail_templates().remove(id, address->occasion, address->language);
  });
}

Result<std::optional<MailTemplate>> MailTemplates::words_of(Transaction& transaction, PageId page,
                                                            const MailTemplateDraft& draft) const {
  if (draft.subject.empty() && draft.body.empty()) {
    auto address = address_of(draft, languages());
    if (!address) return fail(std::move(address.error()));
    return transaction.mail_templates().find(page, address->occasion, address->language);
  }
  auto words = MailTemplate::make(draft, languages());
  if (!words) return fail(std::move(words.error()));
  return std::optional(std::move(*words));
}

Result<MeetingSheet> MailTemplates::example_sheet(Transaction& transaction, SchedulingPage page) const {
  auto host = transaction.users().find(page.owner);
  if (!host) return fail(std::move(host.error()));
  auto types = transaction.meeting_types().list_active(page.id);
  if (!types) return fail(std::move(types.error()));
  MeetingType type = types->empty() ? example_type(page.id) : std::move(types->front());
  Meeting meeting = example_meeting(type, *host, page.content.timezone, parts_.clock.now());
  return MeetingSheet{std::move(meeting), std::move(type), std::move(page), std::move(*host)};
}

/// What an attendee would see. The links lead to the page: there is no meeting to change.
void MailTemplates::add_links(Example& example) const {
  MailContext& context = example.context;
  const std::string page_url = parts_.site.public_url() + "/schedule/" + context.sheet.page->content.slug.text();
  Meeting& meeting = context.sheet.meeting;
  switch (example.order.occasion) {
    case Occasion::cancelled:
    case Occasion::declined:
    case Occasion::expired:
      meeting.status = MeetingStatus::cancelled;
      example.order.reason = "Something came up.";
      context.book_again_url = page_url;
      return;
    case Occasion::requested:
      meeting.status = MeetingStatus::pending;
      context.confirm_by = meeting.confirm_by = context.now + hours{48};
      break;
    case Occasion::moved: example.order.previous_start = meeting.time.start() - days{1}; break;
    case Occasion::reminder:
      example.order.offset = minutes{1440};
      context.now = meeting.time.start() - days{1};
      break;
    default: break;
  }
  context.may_cancel = context.may_move = true;
  context.manage_url = page_url;
}

Result<MailTemplates::Example> MailTemplates::example(Transaction& transaction, const Actor& actor, PageId id,
                                                      const MailTemplateDraft& draft) const {
  auto page = own_page(transaction, actor, id);
  if (!page) return fail(std::move(page.error()));
  auto words = words_of(transaction, id, draft);
  if (!words) return fail(std::move(words.error()));
  auto sheet = example_sheet(transaction, std::move(*page));
  if (!sheet) return fail(std::move(sheet.error()));
  Example example{.order = {.occasion = *occasion_of(draft.occasion),
                            .recipient = sheet->meeting.attendee_email,
                            .zone = sheet->meeting.timezone,
                            .locale = draft.language},
                  .context = {.sheet = std::move(*sheet), .now = parts_.clock.now()}};
  example.context.own_text = std::move(*words);
  add_links(example);
  return example;
}

Result<Mail> MailTemplates::preview(const Actor& actor, PageId page, const MailTemplateDraft& draft) {
  auto shown =
      parts_.transactions.reading([&](Transaction& transaction) { return example(transaction, actor, page, draft); });
  if (!shown) return fail(std::move(shown.error()));
  return parts_.writer.compose(shown->order, shown->context);
}

Done MailTemplates::send_test(const Actor& actor, PageId page, const MailTemplateDraft& draft) {
  auto shown = parts_.transactions.reading([&](Transaction& transaction) -> Result<Example> {
    auto made = example(transaction, actor, page, draft);
    if (!made) return made;
    auto self = transaction.users().find(actor.id);
    if (!self) return fail(std::move(self.error()));
    made->order.recipient = self->email;
    return made;
  });
  if (!shown) return fail(std::move(shown.error()));
  auto mail = parts_.writer.compose(shown->order, shown->context);
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
