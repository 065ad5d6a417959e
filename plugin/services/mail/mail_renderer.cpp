#include "plugin/services/mail/mail_renderer.hpp"

#include <ranges>

#include "plugin/services/mail/mail_facts.hpp"
#include "plugin/services/mail/mail_view.hpp"
#include "plugin/services/mail/localized_mail.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_history_max = 5;

/// The rep's own words, when they were written for this occasion, these readers and this language.
const MailTemplate* own_text_of(const MailVoice& voice) {
  const auto& own = voice.context().own_text;
  const bool is_theirs = voice.is_for(MailRole::attendee) || voice.is_for(MailRole::guest);
  if (!own || !is_theirs || own->occasion != voice.order().occasion) return nullptr;
  return own->language == voice.language() || own->language == voice.order().locale ? &*own : nullptr;
}

std::string fill(std::string_view text, const MailVoice& voice) {
  const MeetingSheet& sheet = voice.sheet();
  const auto previous = voice.order().previous_start;
  const std::string page = sheet.page ? voice.name(sheet.page->content.name) : "";
  const std::string company = sheet.page ? sheet.page->content.branding.company_name.value_or("") : "";
  const Instant start = sheet.meeting.time.start();
  const std::string values[] = {voice.fact("attendee"),
                                sheet.meeting.attendee_email,
                                voice.fact("host"),
                                voice.fact("type"),
                                page,
                                voice.name(company),
                                place_in_words(voice),
                                voice.long_day(start),
                                voice.time(start),
                                voice.fact("zone"),
                                voice.duration(),
                                previous ? voice.long_day(*previous) : "",
                                previous ? voice.time(*previous) : "",
                                reason_of(voice)};
  static_assert(std::size(values) == k_mail_placeholders.size());
  std::vector<NamedFact> facts;
  for (std::size_t i = 0; i < k_mail_placeholders.size(); ++i) facts.push_back({k_mail_placeholders[i], values[i]});
  return fill_placeholders(text, facts);
}

void add_words(MailContent& mail, const MailVoice& voice) {
  mail.heading = voice.say_for("heading");
  if (const MailTemplate* own = own_text_of(voice)) {
    mail.subject = on_one_line(fill(own->subject, voice));
    mail.body = paragraphs_of(fill(own->body, voice), own->body);
    return;
  }
  mail.subject = on_one_line(voice.say_for("subject"));
  mail.body.push_back({plain_line(voice.say_for("intro"))});
  // Guests and former hosts are known by their address alone.
  if (voice.is_for(MailRole::attendee))
    mail.greeting = voice.say("greeting.named", "name", voice.fact("attendee"));
  else if (voice.is_for(MailRole::host))
    mail.greeting = voice.say("greeting.named", "name", voice.fact("host"));
  else
    mail.greeting = voice.say("greeting.plain");
}

void add_notice(MailContent& mail, const MailVoice& voice) {
  if (!voice.is_pending()) return;
  const std::string role(name_of(voice.order().role));
  mail.notice.push_back(voice.say("notice.pending." + role));
  if (voice.context().confirm_by && !voice.is_for(MailRole::guest))
    mail.notice.push_back(voice.say("notice.deadline." + role));
}

std::string preheader_of(const MailVoice& voice) {
  if (voice.is_pending()) {
    if (!voice.is_for(MailRole::host)) return voice.say("preheader.pending");
    return voice.say(voice.context().confirm_by ? "preheader.decide_by" : "preheader.decide");
  }
  if (voice.is_about(Occasion::moved) && voice.order().previous_start) return voice.say("preheader.moved");
  const bool offers_again = voice.is_for(MailRole::attendee) && !voice.context().book_again_url.empty();
  return voice.say(voice.is_ended() && offers_again ? "preheader.book_again" : "preheader.when");
}

/// What the type's owner wants booked attendees to know.
void add_message(MailContent& mail, const MailVoice& voice) {
  const bool is_set = voice.is_about(Occasion::booked) || voice.is_about(Occasion::confirmed);
  const auto& message = voice.sheet().type.content.settings.confirmation_message;
  if (message && is_set && voice.is_for(MailRole::attendee) && !voice.is_pending())
    mail.message = paragraphs_of(*message, *message);
}

void add_button(MailContent& mail, const MailVoice& voice, const char* key, const std::string& url,
                bool is_main = false) {
  if (!url.empty()) mail.buttons.push_back({voice.say(key), url, is_main});
}

void add_attendee_actions(MailContent& mail, const MailVoice& voice) {
  const MailContext& context = voice.context();
  if (voice.is_ended()) return add_button(mail, voice, "button.book_again", context.book_again_url, true);
  if (context.may_cancel && context.may_move)
    add_button(mail, voice, "button.manage", context.manage_url);
  else if (context.may_move)
    add_button(mail, voice, "button.move", context.manage_url);
  else if (context.may_cancel)
    add_button(mail, voice, "button.cancel", context.manage_url);
}

void add_actions(MailContent& mail, const MailVoice& voice) {
  const MailContext& context = voice.context();
  if (voice.is_about(Occasion::reminder)) add_button(mail, voice, "button.join", join_link(voice), true);
  if (voice.is_for(MailRole::attendee)) add_attendee_actions(mail, voice);
  if (voice.is_for(MailRole::host)) {
    if (voice.is_pending()) add_button(mail, voice, "button.decide", context.decide_url, true);
    add_button(mail, voice, "button.meeting", context.meeting_url, mail.buttons.empty());
  }
}

/// For readers who have no link that does all they may wish.
void add_help(MailContent& mail, const MailVoice& voice) {
  const std::string& email = voice.sheet().host.email;
  const bool is_attendee = voice.is_for(MailRole::attendee);
  if (voice.is_ended() || email.empty() || !(is_attendee || voice.is_for(MailRole::guest))) return;
  const MailContext& context = voice.context();
  if (is_attendee && context.may_cancel && context.may_move && !context.manage_url.empty()) return;
  mail.help = with_link(voice.say(is_attendee ? "help.attendee" : "help.guest"), email, mail_link(email));
}

void add_crm(MailContent& mail, const MailVoice& voice) {
  const MailContext& context = voice.context();
  if (!voice.is_for(MailRole::host) || (context.contact_url.empty() && context.history.empty())) return;
  CrmNote note{.title = voice.say("crm.title")};
  if (context.no_shows > 0) note.warning = voice.say("crm.no_shows", "count", context.no_shows);
  for (const PastActivity& past : context.history | std::views::take(k_history_max))
    note.history.push_back({voice.long_day(past.occurs_at), {plain_line(voice.name(past.subject))}});
  if (note.history.empty() && note.warning.empty()) note.nothing = voice.say("crm.nothing");
  if (!context.contact_url.empty()) note.contact = {voice.say("button.contact"), context.contact_url};
  mail.crm = std::move(note);
}

/// The escape of the apostrophe that the templates' library writes came with HTML 5; Outlook shows its letters.
std::string with_old_apostrophes(std::string html) {
  constexpr std::string_view young = "&apos;";
  for (auto at = html.find(young); at != std::string::npos; at = html.find(young, at))
    html.replace(at, young.size(), "&#39;");
  return html;
}

}  // namespace

MailText MeetingMails::compose(const MailOrder& order, const MailContext& context) const {
  const MailVoice voice(messages_, times_, order, context);
  MailContent mail;
  add_words(mail, voice);
  add_notice(mail, voice);
  add_message(mail, voice);
  add_actions(mail, voice);
  add_help(mail, voice);
  add_crm(mail, voice);
  mail.preheader = preheader_of(voice);
  mail.facts = facts_of(voice);
  mail.answers = answers_of(voice);
  mail.answers_title = voice.say(voice.is_for(MailRole::host) ? "section.answers.host" : "section.answers.attendee");
  mail.footer = {voice.say("footer.sender"), voice.say("footer." + std::string(name_of(order.role)))};

  const auto& page = context.sheet.page;
  const View view = mail_view(mail, {voice.language(), voice.say("direction"), voice.sender(),
                                     page ? std::optional(page->content.branding) : std::nullopt});
  return {mail.subject, renderer_.render("mail_text", view), with_old_apostrophes(renderer_.render("mail", view))};
}

}  // namespace scheduling
