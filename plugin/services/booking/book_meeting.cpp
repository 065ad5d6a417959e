#include "plugin/services/booking/book_meeting.hpp"
#include "plugin/services/assignment/host_freedom.hpp"

#include <algorithm>
#include <utility>

#include "plugin/core/conferencing/phone_call.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/ports/insight/privacy_repository.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"
#include "plugin/services/assignment/contact_owner.hpp"
#include "plugin/services/availability/asked_time.hpp"
#include "plugin/services/booking/alternatives.hpp"
#include "plugin/services/booking/status_transition.hpp"
#include "plugin/services/meeting/booking_contact.hpp"
#include "plugin/services/meeting/meeting_notifications.hpp"
#include "plugin/services/meeting/meeting_zones.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_key_length_min = 16;  ///< shorter ones are guessed, or chosen twice
constexpr std::size_t k_key_length_max = 255;
/// How often a booking begins anew, because a page or the host whose turn it was changed meanwhile.
constexpr int k_booking_attempts_max = 12;
/// Of keys that forms carry. What follows is random, so whoever has such a key has the form.
constexpr std::string_view k_form_key_start = "form-";
constexpr std::size_t k_form_key_length = 5 + 32;

bool is_form_key(std::string_view key) {
  return key.size() == k_form_key_length && key.starts_with(k_form_key_start) &&
         key.find_first_not_of("0123456789abcdef", k_form_key_start.size()) == std::string_view::npos;
}

void put(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

void put_answer(std::string& out, const AnswerValue& value) {
  if (const auto* several = std::get_if<std::vector<std::string>>(&value)) {
    for (const std::string& one : *several) put(out, one);
  } else {
    put(out, answer_text(value));
  }
}

/// The request in one unambiguous text, however it was sent: two bodies are the same when this is.
std::string canonical(const BookingCommand& command) {
  const AttendeeDetailsDraft& attendee = command.attendee;
  std::string out;
  for (const std::string& text :
       {command.start, command.timezone.value_or(""), attendee.attendee_name, attendee.attendee_email,
        attendee.phone.value_or(""), attendee.notes.value_or(""), attendee.locale.value_or("")})
    put(out, text);
  for (const AnswerDraft& answer : attendee.answers) {
    put(out, answer.id);
    put_answer(out, answer.value);
    out += ';';
  }
  out += '|';
  for (const std::string& guest : attendee.guests) put(out, guest);
  out += '|';
  for (const auto& [name, text] : attendee.utm) {
    put(out, name);
    put(out, text);
  }
  // Only where it was sent: what earlier versions wrote down stays equal.
  if (attendee.phone_region) put(out += '|', *attendee.phone_region);
  if (command.has_consent) out += "|consent";
  if (command.invite) put(out += "|invite", *command.invite);
  return out;
}

void check_key(FieldErrors& errors, const std::string& key) {
  if (!key.empty() && key.size() < k_key_length_min)
    errors.add("idempotency_key", "too_short", "At least 16 characters, such as a UUID.");
  else if (key.size() > k_key_length_max)
    errors.add("idempotency_key", "too_long", "At most 255 characters.");
  else if (!is_plain(key, Lines::one))
    errors.add("idempotency_key", "invalid_format", "Contains characters that are not allowed here.");
}

std::vector<std::string> addresses(const std::vector<EmailAddress>& emails) {
  std::vector<std::string> texts;
  for (const EmailAddress& email : emails) texts.push_back(email.text());
  return texts;
}

/// Stands in the sheet until the booking is accepted.
Meeting blank_meeting() {
  return {.id = {},
          .type = {},
          .host = {},
          .contact = {},
          .attendee_name = {},
          .attendee_email = {},
          .time = TimeRange(Instant{}, Instant{} + std::chrono::seconds{1})};
}

Meeting meeting_from(const MeetingDetails& details, const AttendeeDetails& attendee, TimeRange time,
                     const std::string& browser_language) {
  Meeting meeting = blank_meeting();
  meeting.type = details.type.id;
  meeting.host = details.host.id;
  for (const Person& host : details.other_hosts) meeting.other_hosts.push_back(host.id);
  meeting.attendee_name = attendee.attendee_name;
  meeting.attendee_email = attendee.attendee_email.text();
  meeting.time = time;
  meeting.notes = attendee.notes;
  meeting.answers = attendee.answers;
  meeting.phone = attendee.phone;
  meeting.guests = addresses(attendee.guests);
  meeting.locale = attendee.locale;
  if (!meeting.locale && !browser_language.empty()) meeting.locale = browser_language;
  meeting.utm = attendee.utm;
  return meeting;
}

HostWish wish_of(const BookingCommand& command) {
  HostWish wish;
  if (!command.rep) return wish;
  wish.named = command.rep->host;
  wish.waives_notice = true;
  return wish;
}

/// A rep need not know what the type asks the public.
std::vector<Question> asked_questions(const MeetingType& type, const BookingCommand& command) {
  std::vector<Question> questions = type.content.questions;
  if (command.rep)
    for (Question& question : questions) question.required = false;
  return questions;
}

/// Whose contact it is, of several with the attendee's address: the host's own, of a team that of any of its members.
std::vector<UserId> contact_owners(const MeetingDetails& details) {
  const PageContent& page = details.page->content;
  return page.is_team() ? serving(page.members) : std::vector<UserId>{details.host.id};
}

/// None: the address says whose booking it is.
std::optional<MatchedContact> known_to(const BookingCommand& command, const std::optional<Contact>& invited,
                                       const AttendeeDetails& attendee) {
  if (invited) return invited_contact(*invited, attendee);
  if (command.rep && command.rep->contact) return known_contact(*command.rep->contact, attendee);
  return std::nullopt;
}

}  // namespace

BookingResult BookMeeting::book(const BookingCommand& command) {
  if (!command.rep)
    if (auto welcome = BookingAdmission(parts_, command).check_sender(); !welcome)
      return {std::nullopt, std::move(welcome.error()), {}};
  auto booked = book_in_turn(command);
  if (booked) return {std::move(*booked), {}, {}};
  BookingResult result{std::nullopt, std::move(booked.error()), {}};
  if (has_alternatives(result.refusal)) result.alternatives = alternatives_for(command);
  return result;
}

/// In the queue of the host, as far as memory knows whose page it is; nobody else waits while alternatives are looked
/// for.
Result<Booking> BookMeeting::book_in_turn(const BookingCommand& command) {
  HostQueue::Turn turn;
  if (const auto target = parts_.targets.remembered(command.page_slug, command.type_slug))
    turn = parts_.host_queue.enter(target->page.owner);
  const auto attempt = [&]() -> Result<Booking> {
    auto target = target_of(command);
    if (!target) return fail(std::move(target.error()));
    HostWish wish = wish_of(command);
    if (*target) {
      auto owner = owner_first(command, **target);
      if (!owner) return fail(std::move(owner.error()));
      wish.owner = *owner;
    }
    return parts_.transactions.in_transaction([&](Transaction& transaction) -> Result<Booking> {
      Wanted wanted{wish, {}, {}};
      if (auto invited = invite(transaction, command, target->get(), wanted); !invited)
        return fail(std::move(invited.error()));
      return book_in(transaction, command, wanted);
    });
  };
  auto booked = attempt();
  // Somebody used our key, or took the time of the host whose turn it was: what they made is there now.
  for (int again = 1; !booked && booked.error().code == Code::conflict && again < k_booking_attempts_max; ++again)
    booked = attempt();
  return booked;
}

/// Page and type as memory has them, to know whom the booking asks for; its transaction looks again.
Result<BookingTargetPtr> BookMeeting::target_of(const BookingCommand& command) {
  if (auto target = parts_.targets.remembered(command.page_slug, command.type_slug)) return target;
  return parts_.targets.find(command.page_slug, command.type_slug);
}

Result<std::optional<UserId>> BookMeeting::owner_first(const BookingCommand& command, const BookingTarget& target) {
  if (command.invite || !asks_for_owner(target)) return std::optional<UserId>{};
  if (command.rep && command.rep->contact) return std::optional(command.rep->contact->owner);
  return owner_by_address(parts_.transactions, target, command.attendee.attendee_email);
}

/// The invitation stays as it is until the booking is made: a merge of its contact waits.
Done BookMeeting::invite(Transaction& transaction, const BookingCommand& command, const BookingTarget* target,
                         Wanted& wanted) const {
  if (!command.invite) return {};
  if (target == nullptr || !target->type) return fail(Code::not_found);
  auto invitation = invitations_.open(transaction, *command.invite, target->type->id, Lock::for_update);
  if (!invitation) return fail(std::move(invitation.error()));
  if (asks_for_owner(*target)) wanted.hosts.owner = serving_owner(*target, invitation->contact.owner);
  wanted.hosts.is_invited = wanted.hosts.owner.has_value();
  wanted.type = target->type->id;
  wanted.contact = std::move(invitation->contact);
  return {};
}

Result<Booking> BookMeeting::book_in(Transaction& transaction, const BookingCommand& command, const Wanted& wanted) {
  BookingAdmission admission(parts_, command);
  auto locked = target_lock_.lock(transaction, command.page_slug, command.type_slug, parse_instant(command.start),
                                  admission, wanted.hosts);
  if (!locked) return fail(std::move(locked.error()));
  if (!is_open(*locked->target)) return fail(Code::not_found);
  if (wanted.contact && locked->target->type->id != wanted.type) return fail(Code::not_found);
  MeetingDetails details{blank_meeting(), *locked->target->type, locked->target->page, {}, {}};
  if (auto room = has_room(transaction, command, details, admission); !room) return fail(std::move(room.error()));
  auto checked = check(command, *details.page, details.type);
  if (!checked) return fail(std::move(checked.error()));
  if (!command.idempotency_key.empty()) {
    auto before = repeated(transaction, details, command);
    if (!before) return fail(std::move(before.error()));
    if (*before) return std::move(**before);
  }
  auto decided = target_lock_.decide(transaction, *locked, checked->start);
  if (!decided) return fail(std::move(decided.error()));
  if (decided->choice.hosts.empty()) return fail(decided->choice.refusal, decided->choice.rule);
  checked->unreadable = unreadable_of(decided->contexts);
  const ZoneId& host_zone = decided->contexts.front().host->schedule.zone;
  checked->clocks = clocks_at(parts_.zones, checked->start, host_zone, checked->timezone);
  return insert_booking(transaction, command, std::move(details), *checked, *locked, *decided, admission, wanted);
}

/// Whoever asks again for what they booked is not booking: the answer is theirs however full their network is.
Done BookMeeting::has_room(Transaction& transaction, const BookingCommand& command, const MeetingDetails& details,
                           const BookingAdmission& admission) {
  if (admission.is_network_full() && !command.idempotency_key.empty()) {
    auto before = repeated(transaction, details, command);
    if (!before) return fail(std::move(before.error()));
    if (*before) return {};
  }
  return admission.check_network(transaction);
}

Result<std::optional<Booking>> BookMeeting::repeated(Transaction& transaction, const MeetingDetails& details,
                                                     const BookingCommand& command) {
  auto before = transaction.meetings().find_booking_key(details.type.id, command.idempotency_key);
  if (!before) return fail(std::move(before.error()));
  if (!*before) return std::optional<Booking>{};
  if ((*before)->body_hash != parts_.tokens.digest(canonical(command))) return fail(Code::idempotency_conflict);
  auto token = parts_.tokens.unseal((*before)->sealed_token, (*before)->meeting.ical_uid);
  if (!token) return fail(std::move(token.error()));
  auto known = load_meeting_details(transaction, std::move((*before)->meeting));
  if (!known) return fail(std::move(known.error()));
  return std::optional<Booking>(Booking{std::move(*known), std::move(*token), true});
}

Result<std::string> BookMeeting::fresh_form_key() {
  auto name = parts_.tokens.fresh_name();
  if (!name) return name;
  return std::string(k_form_key_start) + *name;
}

Result<std::optional<std::string>> BookMeeting::find_by_form(std::string_view page_slug, std::string_view type_slug,
                                                             std::string_view key) {
  if (!is_form_key(key)) return std::optional<std::string>{};
  auto target = parts_.targets.find(page_slug, type_slug);
  if (!target) return fail(std::move(target.error()));
  if (!*target || !(*target)->type) return std::optional<std::string>{};
  return parts_.transactions.reading([&](Transaction& transaction) -> Result<std::optional<std::string>> {
    auto known = transaction.meetings().find_booking_key((*target)->type->id, key);
    if (!known) return fail(std::move(known.error()));
    if (!*known) return std::optional<std::string>{};
    auto token = parts_.tokens.unseal((*known)->sealed_token, (*known)->meeting.ical_uid);
    if (!token) return fail(std::move(token.error()));
    return std::optional(std::move(*token));
  });
}

Result<BookMeeting::Checked> BookMeeting::check(const BookingCommand& command, const SchedulingPage& page,
                                                const MeetingType& type) const {
  FieldErrors errors;
  const auto [start, zone] =
      read_asked_time(errors, command.start, command.timezone, page.content.timezone, parts_.zones);
  check_key(errors, command.idempotency_key);
  if (type.content.settings.needs_consent() && !command.rep && !command.has_consent)
    errors.add("consent", "required", "Agree to the text before booking.");
  const std::string region = parts_.zones.region(zone.value_or(page.content.timezone));
  auto location =
      with_readable_number(location_of(type.content), parts_.phones, parts_.zones.region(page.content.timezone));
  const bool is_called = !command.rep && location && location->kind == LocationType::phone &&
                         !phone_call_of(location, std::nullopt, parts_.phones);
  auto attendee = check_attendee_details(errors, command.attendee, asked_questions(type, command), parts_.phones,
                                         region, is_called ? PhoneNeed::required : PhoneNeed::none);
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return Checked{*start, *zone, std::move(*attendee), std::move(location), {}};
}

Result<Booking> BookMeeting::insert_booking(Transaction& transaction, const BookingCommand& command,
                                            MeetingDetails details, const Checked& checked, const LockedTarget& locked,
                                            const DecidedHosts& decided, const BookingAdmission& admission,
                                            const Wanted& wanted) {
  const Instant now = parts_.clock.now();
  details.host = locked.hosts.front().person;
  for (std::size_t i = 1; i < locked.hosts.size(); ++i) details.other_hosts.push_back(locked.hosts[i].person);
  auto name = parts_.tokens.fresh_name();
  if (!name) return fail(std::move(name.error()));
  Meeting& meeting = details.meeting;
  meeting = meeting_from(details, checked.attendee,
                         TimeRange(checked.start, checked.start + decided.contexts.front().rules.duration),
                         command.browser_language);
  meeting.timezone = checked.timezone;
  meeting.location = checked.location;
  meeting.clocks = checked.clocks;
  meeting.created_at = meeting.updated_at = now;
  meeting.ical_uid = *name + "@meeting-scheduler";
  for (const SlotContext& context : decided.contexts) {  // one meeting: whoever needs the most time around it has it
    meeting.buffer_before = std::max(meeting.buffer_before, context.rules.buffer_before);
    meeting.buffer_after = std::max(meeting.buffer_after, context.rules.buffer_after);
  }
  auto token = parts_.tokens.issue(meeting.ical_uid);
  if (!token) return fail(std::move(token.error()));
  if (command.rep) meeting.booked_by = command.rep->user;
  const bool is_strangers = !command.rep && !wanted.contact;
  if (is_strangers) meeting.held_for_review = admission.reasons();
  meeting.awaits_verification = is_strangers &&
                                details.type.content.settings.verify_email_or_default() == VerifyEmail::new_addresses &&
                                !admission.is_known_address();
  meeting.status = command.rep ? MeetingStatus::scheduled : first_status(meeting, details.type, checked.unreadable);
  MatchedContact contact =
      known_to(command, wanted.contact, checked.attendee)
          .value_or(match_contact(locked.contacts, contact_owners(details), details.host.id, checked.attendee));
  contact.choice.is_postponed = meeting.awaits_verification;
  auto prepared = transaction.bookings().prepare(contact.choice);
  if (!prepared) return fail(std::move(prepared.error()));
  meeting.id = meeting.chain = prepared->meeting;
  meeting.contact = prepared->contact;
  if (auto filled = fill_contact(transaction.records(), contact); !filled) return fail(std::move(filled.error()));
  if (auto noted = note_unchecked(transaction, meeting.id, checked.unreadable); !noted)
    return fail(std::move(noted.error()));
  set_confirmation_deadline(meeting, details.type);
  NewMeeting fresh{meeting,
                   hosts_of(meeting),
                   NewToken{token->hash, token->sealed, link_end(parts_, meeting.time)},
                   {},
                   decided.choice.record,
                   locked.target->page.id,
                   decided.choice.turn,
                   AuditEntry{"booked"},
                   notifications_of(first_meeting_event(meeting), details),
                   planned_reminders(meeting, details.type)};
  if (is_strangers) fresh.uses = admission.hold_mails(fresh.messages, 1);  // others count nowhere
  fresh.suggestions = contact.suggestions;
  if (!command.rep) fresh.suggested_host = owner_elsewhere(details, contact.choice);
  fresh.audit.actor = command.rep ? AuditEntry::Actor::user : AuditEntry::Actor::attendee;
  if (command.rep) fresh.audit.user = command.rep->user;
  fresh.audit.request_id = command.request_id;
  if (!command.idempotency_key.empty())
    fresh.key = NewBookingKey{command.idempotency_key, parts_.tokens.digest(canonical(command))};
  if (const auto& consent = details.type.content.settings.consent_text; consent && command.has_consent)
    if (auto kept = transaction.privacy().keep_consent(meeting.chain, *consent, now); !kept)
      return fail(std::move(kept.error()));
  std::optional<MeetingActivity> activity;
  if (meeting.contact) activity = activity_of(details, fresh.audit.user, {}, proposed_fields(contact.suggestions));
  if (auto written = transaction.bookings().commit(fresh, activity); !written) return fail(std::move(written.error()));
  return Booking{std::move(details), std::move(token->token), false};
}

std::vector<Instant> BookMeeting::alternatives_for(const BookingCommand& command) {
  const auto start = parse_instant(command.start);
  auto target = parts_.targets.find(command.page_slug, command.type_slug);
  if (!start || !target || !*target || !(*target)->type) return {};
  if (command.rep && command.rep->host)
    return alternatives_near(parts_.clock, *start, [&](TimeRange window) {
      return parts_.availability.slots_of_hosts(**target, {&*command.rep->host, 1}, window);
    });
  if (command.invite) {
    const auto times = invitations_.times(**target, *command.invite);
    if (!times) return {};
    return alternatives_near(parts_.clock, *start,
                             [&](TimeRange window) { return invitations_.slots(**target, *times, window); });
  }
  return alternatives_near(parts_.availability, parts_.clock, **target, *start);
}

}  // namespace scheduling
