#include "plugin/services/mail/mail_renderer.hpp"

#include <algorithm>
#include <span>

#include "plugin/services/mail/localized_mail.hpp"
#include "plugin/services/mail/mail_facts.hpp"
#include "plugin/services/mail/mail_view.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_history_max = 5;

/// The rep's own words, when they were written for this occasion, these readers and this language.
const MailTemplate* own_text_of(const LocalizedMail& mail) {
  const auto& own = mail.data().custom_template;
  const bool is_theirs = mail.is_for(MailRole::attendee) || mail.is_for(MailRole::guest);
  if (!own || !is_theirs || own->meeting_event != mail.spec().meeting_event) return nullptr;
  return own->language == mail.language() || own->language == mail.spec().locale ? &*own : nullptr;
}

std::string fill(std::string_view text, const LocalizedMail& mail) {
  const MeetingDetails& details = mail.details();
  const auto previous = mail.spec().previous_start;
  const std::string page = details.page ? mail.name(details.page->content.name) : "";
  const std::string company = details.page ? details.page->content.branding.company_name.value_or("") : "";
  const Instant start = details.meeting.time.start();
  const std::string values[] = {mail.fact("attendee"),
                                mail.is_for(MailRole::guest) ? "" : details.meeting.attendee_email,
                                mail.fact("host"),
                                mail.fact("type"),
                                page,
                                mail.name(company),
                                place_in_words(mail),
                                mail.long_day(start),
                                mail.time(start),
                                mail.fact("zone"),
                                mail.duration(),
                                previous ? mail.long_day(*previous) : "",
                                previous ? mail.time(*previous) : "",
                                reason_of(mail)};
  static_assert(std::size(values) == k_mail_placeholders.size());
  std::vector<NamedFact> facts;
  for (std::size_t i = 0; i < k_mail_placeholders.size(); ++i) facts.push_back({k_mail_placeholders[i], values[i]});
  return fill_placeholders(text, facts);
}

void add_words(MailDocument& document, const LocalizedMail& mail) {
  document.heading = mail.say_for("heading");
  if (const MailTemplate* own = own_text_of(mail)) {
    document.subject = on_one_line(fill(own->subject, mail));
    document.body = paragraphs_of(fill(own->body, mail), own->body);
    return;
  }
  document.subject = on_one_line(mail.say_for("subject"));
  document.body.push_back({plain_line(mail.say_for("intro"))});
  // Guests and former hosts are known by their address alone.
  if (mail.is_for(MailRole::attendee))
    document.greeting = mail.say("greeting.named", "name", mail.fact("attendee"));
  else if (mail.is_for(MailRole::host))
    document.greeting = mail.say("greeting.named", "name", mail.fact("host"));
  else
    document.greeting = mail.say("greeting.plain");
}

void add_notice(MailDocument& document, const LocalizedMail& mail) {
  if (mail.is_about(MeetingEvent::verify)) {
    document.notice.push_back(mail.say("notice.verify"));
    if (mail.data().confirm_by) document.notice.push_back(mail.say("notice.deadline.verify"));
    return;
  }
  if (!mail.is_pending()) return;
  if (mail.is_for(MailRole::host) && !mail.meeting().held_for_review.empty())
    document.notice.push_back(mail.say("notice.review.host"));
  const std::string role(name_of(mail.spec().role));
  document.notice.push_back(mail.say("notice.pending." + role));
  if (mail.data().confirm_by && !mail.is_for(MailRole::guest))
    document.notice.push_back(mail.say("notice.deadline." + role));
}

std::string preheader_of(const LocalizedMail& mail) {
  if (mail.is_about(MeetingEvent::verify)) return mail.say("preheader.when");
  if (mail.is_pending()) {
    if (!mail.is_for(MailRole::host)) return mail.say("preheader.pending");
    return mail.say(mail.data().confirm_by ? "preheader.decide_by" : "preheader.decide");
  }
  if (mail.is_about(MeetingEvent::moved) && mail.spec().previous_start) return mail.say("preheader.moved");
  const bool offers_again = mail.is_for(MailRole::attendee) && !mail.data().book_again_url.empty();
  const bool is_off = mail.is_ended() || mail.is_about(MeetingEvent::missed);
  return mail.say(is_off && offers_again ? "preheader.book_again" : "preheader.when");
}

/// What the type's owner wants booked attendees to know.
void add_message(MailDocument& document, const LocalizedMail& mail) {
  const bool is_set = mail.is_about(MeetingEvent::booked) || mail.is_about(MeetingEvent::confirmed);
  const auto& message = mail.details().type.content.settings.confirmation_message;
  if (message && is_set && mail.is_for(MailRole::attendee) && !mail.is_pending())
    document.message = paragraphs_of(*message, *message);
}

void add_button(MailDocument& document, const LocalizedMail& mail, const char* key, const std::string& url,
                bool is_main = false) {
  if (!url.empty()) document.buttons.push_back({mail.say(key), url, is_main});
}

void add_attendee_actions(MailDocument& document, const LocalizedMail& mail) {
  const MailData& data = mail.data();
  if (mail.is_ended() || mail.is_about(MeetingEvent::missed))
    return add_button(document, mail, "button.book_again", data.book_again_url, true);
  if (data.may_cancel && data.may_reschedule)
    add_button(document, mail, "button.manage", data.manage_url);
  else if (data.may_reschedule)
    add_button(document, mail, "button.move", data.manage_url);
  else if (data.may_cancel)
    add_button(document, mail, "button.cancel", data.manage_url);
}

void add_actions(MailDocument& document, const LocalizedMail& mail) {
  const MailData& data = mail.data();
  if (mail.is_about(MeetingEvent::verify))
    return add_button(document, mail, "button.verify", data.verification_url, true);
  if (mail.is_about(MeetingEvent::reminder)) add_button(document, mail, "button.join", join_link(mail), true);
  if (mail.is_for(MailRole::attendee)) add_attendee_actions(document, mail);
  if (mail.is_for(MailRole::host)) {
    if (mail.is_pending()) add_button(document, mail, "button.decide", data.approval_url, true);
    if (mail.is_about(MeetingEvent::outcome)) add_button(document, mail, "button.outcome", data.outcome_url, true);
    add_button(document, mail, "button.meeting", data.meeting_url, document.buttons.empty());
  }
}

/// For readers who have no link that does all they may wish.
void add_help(MailDocument& document, const LocalizedMail& mail) {
  const std::string& email = mail.details().host.email;
  const bool is_attendee = mail.is_for(MailRole::attendee);
  if (mail.is_about(MeetingEvent::verify) || mail.is_over()) return;
  if (mail.is_ended() || email.empty() || !(is_attendee || mail.is_for(MailRole::guest))) return;
  const MailData& data = mail.data();
  if (is_attendee && data.may_cancel && data.may_reschedule && !data.manage_url.empty()) return;
  document.help = with_link(mail.say(is_attendee ? "help.attendee" : "help.guest"), email, mail_link(email));
}

void add_crm(MailDocument& document, const LocalizedMail& mail) {
  const MailData& data = mail.data();
  if (!mail.is_for(MailRole::host) || (data.contact_url.empty() && data.history.empty())) return;
  CrmNote note{.title = mail.say("crm.title")};
  if (data.no_shows > 0) note.warning = mail.say("crm.no_shows", "count", data.no_shows);
  for (const PastActivity& past : std::span(data.history).first(std::min(data.history.size(), k_history_max)))
    note.history.push_back({mail.long_day(past.occurs_at), {plain_line(mail.name(past.subject))}});
  if (note.history.empty() && note.warning.empty()) note.nothing = mail.say("crm.nothing");
  if (!data.contact_url.empty()) note.contact = {mail.say("button.contact"), data.contact_url};
  document.crm = std::move(note);
}

/// The escape of the apostrophe that the templates' library writes came with HTML 5; Outlook shows its letters.
std::string with_old_apostrophes(std::string html) {
  constexpr std::string_view young = "&apos;";
  for (auto at = html.find(young); at != std::string::npos; at = html.find(young, at))
    html.replace(at, young.size(), "&#39;");
  return html;
}

}  // namespace

RenderedMail MailRenderer::compose(const MailSpec& spec, const MailData& data) const {
  const LocalizedMail mail(messages_, times_, places_, spec, data);
  MailDocument document;
  add_words(document, mail);
  add_notice(document, mail);
  add_message(document, mail);
  add_actions(document, mail);
  add_help(document, mail);
  add_crm(document, mail);
  document.preheader = preheader_of(mail);
  // Whoever has not proved their address reads what they need to know it by, and nothing that was typed.
  if (!mail.is_about(MeetingEvent::verify)) document.facts = facts_of(mail);
  document.answers = answers_of(mail);
  document.answers_title = mail.say("section.answers");
  document.footer = {mail.say("footer.sender"), mail.say("footer." + std::string(name_of(spec.role)))};

  const auto& page = data.details.page;
  const View view = mail_view(document, {mail.language(), mail.word("direction"), mail.sender(),
                                         page ? std::optional(page->content.branding) : std::nullopt});
  return {document.subject, renderer_.render("mail_text", view, mail.language()),
          with_old_apostrophes(renderer_.render("mail", view, mail.language()))};
}

}  // namespace scheduling
