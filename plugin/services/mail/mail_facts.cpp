#include "plugin/services/mail/mail_facts.hpp"

#include <algorithm>

namespace scheduling {
namespace {

bool is_by_video(const MeetingTypeContent& type) {
  return type.location_type == LocationType::zoom || type.location_type == LocationType::google_meet ||
         type.location_type == LocationType::teams;
}

/// True when the meeting's place is only its kind ("Phone call"), which every language says in its own words.
bool is_place_a_kind(const MeetingSheet& sheet) {
  const MeetingTypeContent& type = sheet.type.content;
  if (!type.location_type || *type.location_type == LocationType::custom) return false;
  if (!sheet.meeting.location) return true;
  const bool has_details = type.location_details && !type.location_details->empty();
  return !has_details && *sheet.meeting.location == location_text(type, sheet.meeting.phone);
}

std::string kind_of_place(const MailVoice& voice) {
  return voice.say("location." + std::string(name_of(*voice.sheet().type.content.location_type)));
}

MailParagraph place_lines(const MailVoice& voice) {
  const MeetingSheet& sheet = voice.sheet();
  const auto& phone = sheet.meeting.phone;
  if (is_place_a_kind(sheet)) {
    if (sheet.type.content.location_type != LocationType::phone || !phone) return {plain_line(kind_of_place(voice))};
    const std::string words = voice.say("location.phone_number", "number", *phone);
    return {{with_link(words, *phone, voice.is_for(MailRole::host) ? phone_link(*phone) : "")}};
  }
  const std::string place = sheet.meeting.location.value_or("");
  MailParagraph lines;
  if (is_by_video(sheet.type.content) && place.starts_with("https://"))
    lines.push_back(plain_line(kind_of_place(voice)));
  for (const MailParagraph& paragraph : paragraphs_of(place, place))
    for (const MailLine& line : paragraph) lines.push_back(line);
  for (MailLine& line : lines)
    if (line.pieces.size() == 1 && line.pieces.front().url.empty())
      line.pieces.front().url = phone_link(line.pieces.front().text);
  return lines;
}

MailLine address_line(const std::string& address) {
  return {{{address, mail_link(address)}}, true};
}

MailFact host_fact(const MailVoice& voice) {
  MailFact fact{voice.say("fact.with"), {plain_line(voice.fact("host"))}};
  if (!voice.sheet().host.email.empty()) fact.lines.push_back(address_line(voice.sheet().host.email));
  return fact;
}

MailFact attendee_fact(const MailVoice& voice) {
  const Meeting& meeting = voice.meeting();
  MailFact fact{voice.say("fact.with"), {plain_line(voice.fact("attendee"))}};
  fact.lines.push_back(address_line(meeting.attendee_email));
  if (meeting.phone) fact.lines.push_back({{{*meeting.phone, phone_link(*meeting.phone)}}, true});
  return fact;
}

/// Names only: addresses are for those whom people gave them to.
MailFact names_fact(const MailVoice& voice) {
  return {voice.say("fact.who"),
          {plain_line(voice.say("name.host", "name", voice.fact("host"))), plain_line(voice.fact("attendee"))}};
}

void add_people(std::vector<MailFact>& facts, const MailVoice& voice) {
  const bool is_host = voice.is_for(MailRole::host);
  if (!is_host && !voice.is_for(MailRole::attendee)) return facts.push_back(names_fact(voice));
  facts.push_back(is_host ? attendee_fact(voice) : host_fact(voice));
  if (voice.meeting().guests.empty()) return;
  MailFact guests{voice.say("fact.guests"), {}};
  for (const std::string& guest : voice.meeting().guests) guests.lines.push_back(plain_line(guest));
  facts.push_back(std::move(guests));
}

MailFact when_fact(const MailVoice& voice) {
  MailFact when{voice.say("fact.when"), {}, true};
  for (const std::string& text : voice.when_lines()) {
    when.lines.push_back(plain_line(text));
    when.lines.back().is_struck = voice.is_ended();
  }
  when.lines.push_back(plain_line(voice.fact("zone"), true));
  return when;
}

MailParagraph answer_lines(const MailVoice& voice, const AnswerValue& value) {
  if (const auto* yes = std::get_if<bool>(&value)) return {plain_line(voice.say(*yes ? "answer.yes" : "answer.no"))};
  const auto* several = std::get_if<std::vector<std::string>>(&value);
  if (several == nullptr) return plain_lines(answer_text(value));
  MailParagraph lines;
  for (const std::string& one : *several) lines.push_back(plain_line(one));
  return lines;
}

std::string question_of(const MeetingType& type, const std::string& id) {
  const auto found = std::ranges::find(type.content.questions, id, &Question::id);
  return found == type.content.questions.end() ? id : found->label;
}

}  // namespace

std::vector<MailFact> facts_of(const MailVoice& voice) {
  std::vector<MailFact> facts;
  facts.push_back({voice.say("fact.what"), {plain_line(voice.fact("type")), plain_line(voice.duration(), true)}});
  facts.push_back(when_fact(voice));
  if (voice.is_about(Occasion::moved) && voice.order().previous_start) {
    MailFact before{voice.say("fact.before"), {plain_line(voice.fact("previous"), true)}};
    before.lines.front().is_struck = true;
    facts.push_back(std::move(before));
  }
  // Nobody shall follow the link of a meeting that will not be.
  if (MailParagraph place = place_lines(voice); !place.empty() && !voice.is_ended())
    facts.push_back({voice.say("fact.where"), std::move(place)});
  add_people(facts, voice);
  if (const std::string reason = reason_of(voice); !reason.empty())
    facts.push_back({voice.say("fact.reason"), plain_lines(reason)});
  return facts;
}

std::vector<MailFact> answers_of(const MailVoice& voice) {
  std::vector<MailFact> answers;
  const bool is_agreed = voice.is_about(Occasion::booked) || voice.is_about(Occasion::confirmed);
  const bool is_receipt = voice.is_for(MailRole::attendee) && (is_agreed || voice.is_about(Occasion::requested));
  const bool is_preparation = voice.is_for(MailRole::host) && !voice.is_ended();
  if (!is_receipt && !is_preparation) return answers;
  for (const Answer& answer : voice.meeting().answers)
    if (MailParagraph lines = answer_lines(voice, answer.value); !lines.empty())
      answers.push_back({question_of(voice.sheet().type, answer.id), std::move(lines)});
  if (MailParagraph notes = plain_lines(voice.meeting().notes.value_or("")); !notes.empty())
    answers.push_back({voice.say("fact.notes"), std::move(notes)});
  return answers;
}

std::string join_link(const MailVoice& voice) {
  if (!is_by_video(voice.sheet().type.content)) return {};
  for (const MailLine& line : place_lines(voice))
    for (const MailPiece& piece : line.pieces)
      if (piece.url.starts_with("https://")) return piece.url;
  return {};
}

std::string place_in_words(const MailVoice& voice) {
  std::string words;
  for (const MailLine& line : place_lines(voice)) {
    if (!words.empty()) words += ' ';
    for (const MailPiece& piece : line.pieces) words += piece.text;
  }
  return words;
}

std::string reason_of(const MailVoice& voice) {
  // That nobody answered in time is the whole reason, and what the attendee wrote is not the guests' affair.
  if (!voice.is_ended() || voice.is_about(Occasion::expired)) return {};
  const auto& cancellation = voice.meeting().cancellation;
  const bool is_attendees = cancellation && cancellation->by == CancelledBy::attendee;
  if (voice.is_for(MailRole::guest) && is_attendees) return {};
  if (voice.order().reason) return *voice.order().reason;
  return cancellation ? cancellation->reason.value_or("") : "";
}

}  // namespace scheduling
