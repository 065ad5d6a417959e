#include "plugin/services/outbox/calendar_notice_handler.hpp"

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/calendar_repository.hpp"
#include "plugin/services/mail/mail_composer.hpp"
#include "plugin/services/mail/mail_view.hpp"

namespace scheduling {
namespace {

using End = HandlerOutcome::End;

}  // namespace

Result<HandlerOutcome> CalendarNoticeHandler::handle(Transaction& transaction, const ClaimedMessage& message) {
  const auto& notice = std::get<CalendarNotice>(message.message);
  auto connection = transaction.calendars().list(notice.user, notice.connection);
  if (!connection) return fail(std::move(connection.error()));
  if (connection->empty() || connection->front().is_active)
    return HandlerOutcome{End::obsolete, "the account was connected again, or removed", true};
  auto mail = write(transaction, message.id, notice);
  if (!mail) return fail(std::move(mail.error()));
  auto sent = mailer_.send(*mail);
  if (!sent) return fail(std::move(sent.error()));
  if (sent->fate == MailFate::accepted) return HandlerOutcome{};
  return HandlerOutcome{sent->fate == MailFate::refused ? End::refused_for_good : End::refused_for_now, sent->reply,
                        false};
}

Result<Mail> CalendarNoticeHandler::write(Transaction& transaction, OutboxId id, const CalendarNotice& notice) const {
  auto user = transaction.users().find(notice.user);
  if (!user) return fail(std::move(user.error()));
  auto locale = transaction.users().locale_of(notice.user);
  if (!locale) return fail(std::move(locale.error()));
  auto to = EmailAddress::parse(user->email);
  if (!to) return fail(invalid_field("recipient", "invalid_email", "This is not an e-mail address."));
  const auto say = [&](const std::string& key) {
    return messages_.text("mail." + key, *locale,
                          MessageArgs().text("account", notice.account).text("name", user->name));
  };
  MailDocument document;
  document.subject = say("calendar_broken.subject");
  document.heading = say("calendar_broken.heading");
  document.greeting = say("greeting.named");
  document.body = {{MailLine{{MailPiece{say("calendar_broken.text")}}}}};
  document.buttons = {{say("calendar_broken.button"), site_.public_url() + "/settings/scheduling/calendars", true}};
  const std::string language = messages_.language_of(*locale);
  const View view = mail_view(document, {language, "ltr", "", std::nullopt});
  Mail mail{.to = std::move(*to)};
  mail.message_id = std::to_string(id.value) + ".calendar@" + host_of(site_.public_url());
  mail.to_name = HeaderText(user->name);
  mail.subject = HeaderText(document.subject);
  mail.text = renderer_.render("mail_text", view, language);
  mail.html = renderer_.render("mail", view, language);
  mail.language = language;
  mail.date = clock_.now();
  return mail;
}

}  // namespace scheduling
