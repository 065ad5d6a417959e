#include "plugin/services/mail/mail_facts.hpp"

#include <algorithm>

namespace scheduling {
namespace {

MailParagraph place_lines(const LocalizedMail& mail) {
  const auto& location = mail.meeting().location;
  if (!location) return {};
  const std::string kind = mail.location_kind();
  const std::string number = mail.location_number();
  const std::string own_text = mail.location_own_text();
  const bool is_alone = own_text.empty() && !location->join_url;
  MailParagraph lines;
  // Who calls whom, or which video: the host's own text does not say it.
  const bool says_more = is_video(location->kind) || location->kind == LocationType::phone;
  if (!kind.empty() && (is_alone || says_more)) lines.push_back({with_link(kind, number, phone_link(number))});
  if (location->join_url) lines.push_back({{{*location->join_url, *location->join_url}}});
  for (const MailParagraph& paragraph : paragraphs_of(own_text, own_text))
    for (const MailLine& line : paragraph) lines.push_back(line);
  for (MailLine& line : lines)
    if (line.pieces.size() == 1 && line.pieces.front().url.empty())
      line.pieces.front().url = phone_link(line.pieces.front().text);
  return lines;
}

MailLine address_line(const std::string& address) {
  return {{{address, mail_link(address)}}, true};
}

MailFact host_fact(const LocalizedMail& mail) {
  MailFact fact{mail.say("fact.with"), {plain_line(mail.fact("host"))}};
  if (!mail.details().host.email.empty()) fact.lines.push_back(address_line(mail.details().host.email));
  for (const Person& host : mail.details().other_hosts)
    if (!host.email.empty()) fact.lines.push_back(address_line(host.email));
  return fact;
}

MailFact attendee_fact(const LocalizedMail& mail) {
  const Meeting& meeting = mail.meeting();
  MailFact fact{mail.say("fact.with"), {plain_line(mail.fact("attendee"))}};
  fact.lines.push_back(address_line(meeting.attendee_email));
  if (meeting.phone) fact.lines.push_back({{{mail.grouped(*meeting.phone), phone_link(*meeting.phone)}}, true});
  return fact;
}

/// Names only: addresses are for those whom people gave them to.
MailFact names_fact(const LocalizedMail& mail) {
  return {mail.say("fact.who"),
          {plain_line(mail.say("name.host", "name", mail.fact("host"))), plain_line(mail.fact("attendee"))}};
}

void add_people(std::vector<MailFact>& facts, const LocalizedMail& mail) {
  const bool is_host = mail.is_for(MailRole::host);
  if (!is_host && !mail.is_for(MailRole::attendee)) return facts.push_back(names_fact(mail));
  facts.push_back(is_host ? attendee_fact(mail) : host_fact(mail));
  if (mail.meeting().guests.empty()) return;
  MailFact guests{mail.say("fact.guests"), {}};
  for (const std::string& guest : mail.meeting().guests) guests.lines.push_back(plain_line(guest));
  facts.push_back(std::move(guests));
}

MailFact when_fact(const LocalizedMail& mail) {
  MailFact when{mail.say("fact.when"), {}, true};
  for (const std::string& text : mail.when_lines()) {
    when.lines.push_back(plain_line(text));
    when.lines.back().is_struck = mail.is_ended();
  }
  when.lines.push_back(plain_line(mail.fact("zone"), true));
  return when;
}

MailParagraph answer_lines(const LocalizedMail& mail, const Question* question, const AnswerValue& value) {
  if (question && question->type == QuestionType::phone) return plain_lines(mail.grouped(answer_text(value)));
  if (const auto* yes = std::get_if<bool>(&value)) return {plain_line(mail.word(*yes ? "answer.yes" : "answer.no"))};
  const auto* several = std::get_if<std::vector<std::string>>(&value);
  if (several == nullptr) return plain_lines(answer_text(value));
  MailParagraph lines;
  for (const std::string& one : *several) lines.push_back(plain_line(one));
  return lines;
}

/// None: the question was taken off the type since.
const Question* question_of(const MeetingType& type, const std::string& id) {
  const auto found = std::ranges::find(type.content.questions, id, &Question::id);
  return found == type.content.questions.end() ? nullptr : &*found;
}

}  // namespace

std::vector<MailFact> facts_of(const LocalizedMail& mail) {
  std::vector<MailFact> facts;
  facts.push_back({mail.say("fact.what"), {plain_line(mail.fact("type")), plain_line(mail.duration(), true)}});
  facts.push_back(when_fact(mail));
  if (mail.spec().previous_start) {
    MailFact before{mail.say("fact.before"), {plain_line(mail.fact("previous"), true)}};
    before.lines.front().is_struck = true;
    facts.push_back(std::move(before));
  }
  // Nobody shall follow the link of a meeting that will not be.
  if (MailParagraph place = place_lines(mail); !place.empty() && !mail.is_ended() && !mail.is_over())
    facts.push_back({mail.say("fact.where"), std::move(place)});
  add_people(facts, mail);
  // That nobody confirmed in time is what the whole mail says.
  const std::string reason = mail.is_about(MeetingEvent::expired) ? "" : reason_of(mail);
  if (!reason.empty()) facts.push_back({mail.say("fact.reason"), plain_lines(reason)});
  return facts;
}

std::vector<MailFact> answers_of(const LocalizedMail& mail) {
  std::vector<MailFact> answers;
  if (!mail.is_for(MailRole::host) || mail.is_ended() || mail.is_over()) return answers;
  for (const Answer& answer : mail.meeting().answers) {
    const Question* question = question_of(mail.details().type, answer.id);
    if (MailParagraph lines = answer_lines(mail, question, answer.value); !lines.empty())
      answers.push_back({question ? question->label : answer.id, std::move(lines)});
  }
  if (MailParagraph notes = plain_lines(mail.meeting().notes.value_or("")); !notes.empty())
    answers.push_back({mail.say("fact.notes"), std::move(notes)});
  return answers;
}

std::string join_link(const LocalizedMail& mail) {
  const auto& location = mail.meeting().location;
  if (!location || !is_video(location->kind)) return {};
  for (const MailLine& line : place_lines(mail))
    for (const MailPiece& piece : line.pieces)
      if (piece.url.starts_with("https://")) return piece.url;
  return {};
}

std::string place_in_words(const LocalizedMail& mail) {
  std::string texts;
  for (const MailLine& line : place_lines(mail)) {
    if (!texts.empty()) texts += ' ';
    for (const MailPiece& piece : line.pieces) texts += piece.text;
  }
  return texts;
}

std::string reason_of(const LocalizedMail& mail) {
  if (!mail.is_ended()) return {};
  const auto& cancellation = mail.meeting().cancellation;
  if (cancellation && cancellation->reason && cancellation->reason->kind != CancelReasonKind::written)
    return mail.word("reason." + std::string(name_of(cancellation->reason->kind)));
  // Whoever filled in the form could be anybody: their words go to hosts alone (B-8).
  const bool is_attendees = cancellation && cancellation->by == CancelledBy::attendee;
  if (is_attendees && !mail.is_for(MailRole::host) && !mail.is_for(MailRole::previous_host)) return {};
  if (mail.spec().reason) return *mail.spec().reason;
  return cancellation && cancellation->reason ? cancellation->reason->text : "";
}

}  // namespace scheduling
