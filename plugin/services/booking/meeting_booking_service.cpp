#include "plugin/services/booking/meeting_booking_service.hpp"

#include <algorithm>
#include <utility>

#include "plugin/core/mail/reminder_plan.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/page_repository.hpp"
#include "plugin/services/meeting/booking_contact.hpp"
#include "plugin/services/booking/status_transition.hpp"
#include "plugin/services/meeting/meeting_zones.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_key_length_max = 255;
constexpr std::size_t k_alternatives_max = 5;
constexpr int k_link_tries_max = 4;

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
std::string canonical(const BookingRequest& request) {
  const BookingDetailsDraft& details = request.details;
  std::string out;
  for (const std::string& text :
       {request.start, request.timezone.value_or(""), details.attendee_name, details.attendee_email,
        details.phone.value_or(""), details.notes.value_or(""), details.locale.value_or("")})
    put(out, text);
  for (const AnswerDraft& answer : details.answers) {
    put(out, answer.id);
    put_answer(out, answer.value);
    out += ';';
  }
  out += '|';
  for (const std::string& guest : details.guests) put(out, guest);
  out += '|';
  for (const auto& [name, text] : details.utm) {
    put(out, name);
    put(out, text);
  }
  return out;
}

void check_key(FieldErrors& errors, const std::string& key) {
  if (key.size() > k_key_length_max)
    errors.add("idempotency_key", "too_long", "At most 255 characters.");
  else if (!is_plain(key, Lines::one))
    errors.add("idempotency_key", "invalid_format", "Contains characters that are not allowed here.");
}

MeetingStatus first_status(const MeetingType& type) {
  return type.content.settings.requires_confirmation.value_or(false) ? MeetingStatus::pending
                                                                     : MeetingStatus::scheduled;
}

Occasion first_occasion(MeetingStatus status) {
  return status == MeetingStatus::pending ? Occasion::requested : Occasion::booked;
}

std::vector<std::string> addresses(const std::vector<EmailAddress>& emails) {
  std::vector<std::string> texts;
  for (const EmailAddress& email : emails) texts.push_back(email.text());
  return texts;
}

bool has_alternatives(const Error& error) {
  return error.code == Code::slot_taken || error.code == Code::outside_rules;
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

Meeting meeting_from(const MeetingSheet& sheet, const BookingDetails& details, TimeRange time,
                     const std::string& browser_language) {
  Meeting meeting = blank_meeting();
  meeting.type = sheet.type.id;
  meeting.host = sheet.host.id;
  meeting.attendee_name = details.attendee_name;
  meeting.attendee_email = details.attendee_email.text();
  meeting.time = time;
  meeting.location = location_text(sheet.type.content, details.phone);
  meeting.notes = details.notes;
  meeting.answers = details.answers;
  meeting.status = first_status(sheet.type);
  meeting.phone = details.phone;
  meeting.guests = addresses(details.guests);
  meeting.locale = details.locale;
  if (!meeting.locale && !browser_language.empty()) meeting.locale = browser_language;
  meeting.utm = details.utm;
  return meeting;
}

}  // namespace

void settle_waiting(Meeting& meeting, const MeetingType& type) {
  meeting.confirm_by.reset();
  if (meeting.status != MeetingStatus::pending) return;
  const auto window = type.content.settings.confirmation_window_or_default();
  meeting.confirm_by = std::min(meeting.time.start(), meeting.created_at + window);
}

std::vector<std::chrono::minutes> first_reminders(const Meeting& meeting, const MeetingType& type) {
  if (meeting.status != MeetingStatus::scheduled) return {};
  return plan_reminders(type.content.settings.reminders_or_default(), meeting.time.start(), meeting.created_at);
}

namespace {

void remember(HostSnapshots& snapshots, const Meeting& meeting, std::int64_t version) {
  snapshots.booked(
      meeting.host, version,
      {meeting.id, meeting.type, meeting.time, std::chrono::duration_cast<BufferMinutes>(meeting.buffer_before),
       std::chrono::duration_cast<BufferMinutes>(meeting.buffer_after), meeting.status});
}

}  // namespace

BookingAnswer MeetingBookingService::book(const BookingRequest& request) {
  std::int64_t calendar_version = 0;
  const auto attempt = [&] {
    return parts_.transactions.in_transaction(
        [&](Transaction& transaction) { return book_in(transaction, request, calendar_version); });
  };
  auto booked = attempt();
  // Somebody used our key in the same moment: what they made is there now.
  if (!booked && booked.error().code == Code::conflict) booked = attempt();
  if (booked) {
    if (!booked->is_repeated) remember(parts_.snapshots, booked->sheet.meeting, calendar_version);
    return {std::move(*booked), {}, {}};
  }
  BookingAnswer answer{std::nullopt, std::move(booked.error()), {}};
  if (has_alternatives(answer.refusal)) answer.alternatives = alternatives_for(request);
  return answer;
}

/// Page and type from memory, or read now; again after the lock when they have changed since.
Result<MeetingBookingService::LockedLink> MeetingBookingService::lock_link(Transaction& transaction,
                                                                           const BookingRequest& request) {
  LinkPtr link = parts_.snapshots.remembered_link(request.page_slug, request.type_slug);
  const auto email = EmailAddress::parse(request.details.attendee_email);
  for (int attempt = 0; attempt < k_link_tries_max; ++attempt) {
    if (!link) {
      auto loaded = parts_.snapshots.load_link(transaction, request.page_slug, request.type_slug);
      if (!loaded) return fail(std::move(loaded.error()));
      if (!*loaded || !is_open(**loaded)) return fail(Code::not_found);
      link = std::move(*loaded);
    }
    const UserId owner = link->page.owner;
    if (auto locked = transaction.meetings().lock_host(owner); !locked) return fail(std::move(locked.error()));
    transaction.meetings().ask_host_version(owner);
    transaction.users().ask(owner);
    if (email && attempt == 0) transaction.records().ask_by_email(email->text());
    auto host = transaction.users().find(owner);  // one round trip for all of them
    if (!host) return fail(std::move(host.error()));
    auto version = transaction.meetings().host_version();
    if (!version) return fail(std::move(version.error()));
    if (link->page_version == version->pages) return LockedLink{std::move(link), std::move(*host), *version};
    link.reset();
  }
  return fail(Code::conflict, "the page changes too often");
}

Result<Booking> MeetingBookingService::book_in(Transaction& transaction, const BookingRequest& request,
                                               std::int64_t& calendar_version) {
  auto locked = lock_link(transaction, request);
  if (!locked) return fail(std::move(locked.error()));
  if (!is_open(*locked->link)) return fail(Code::not_found);
  if (locked->link->page.content.assignment != Assignment::personal)
    return fail(Code::conflict, "team pages list their times and cannot be booked yet");
  calendar_version = locked->version.calendar;
  MeetingSheet sheet{blank_meeting(), *locked->link->type, locked->link->page, std::move(locked->host)};
  auto checked = check(request, *sheet.page, sheet.type);
  if (!checked) return fail(std::move(checked.error()));
  if (!request.idempotency_key.empty()) {
    auto before = repeated(transaction, sheet, request);
    if (!before) return fail(std::move(before.error()));
    if (*before) return std::move(**before);
  }
  const TimeRange instant(checked->start, checked->start + std::chrono::seconds{1});
  auto offer = parts_.availability.offer_at(transaction, sheet.type, sheet.host.id, instant, calendar_version);
  if (!offer) return fail(std::move(offer.error()));
  if (const auto refusal = judge(*offer, checked->start))
    return fail(code_of(*refusal), std::string(name_of(*refusal)));
  checked->clocks = clocks_at(parts_.zones, checked->start, offer->host->schedule.zone, checked->timezone);
  return insert_booking(transaction, request, std::move(sheet), *checked, offer->rules);
}

Result<std::optional<Booking>> MeetingBookingService::repeated(Transaction& transaction, const MeetingSheet& sheet,
                                                               const BookingRequest& request) {
  auto before = transaction.meetings().find_booking_key(sheet.type.id, request.idempotency_key);
  if (!before) return fail(std::move(before.error()));
  if (!*before) return std::optional<Booking>{};
  if ((*before)->body_hash != parts_.tokens.digest(canonical(request))) return fail(Code::idempotency_conflict);
  auto token = parts_.tokens.unseal((*before)->sealed_token, (*before)->meeting.ical_uid);
  if (!token) return fail(std::move(token.error()));
  MeetingSheet known = sheet;
  known.meeting = std::move((*before)->meeting);
  return std::optional<Booking>(Booking{std::move(known), std::move(*token), true});
}

Result<MeetingBookingService::Checked> MeetingBookingService::check(const BookingRequest& request,
                                                                    const SchedulingPage& page,
                                                                    const MeetingType& type) const {
  FieldErrors errors;
  const auto start = parse_instant(request.start);
  if (request.start.empty())
    errors.add("start", "required", "Choose a time.");
  else if (!start)
    errors.add("start", "invalid_format", "An instant such as 2025-01-15T14:00:00Z.");
  const auto zone = request.timezone ? parts_.zones.find(*request.timezone) : std::optional(page.content.timezone);
  if (!zone) errors.add("timezone", "invalid_timezone", "This time zone does not exist.");
  check_key(errors, request.idempotency_key);
  const std::string region = parts_.zones.region(zone.value_or(page.content.timezone));
  auto details = check_details(errors, request.details, type.content.questions, parts_.phones, region);
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return Checked{*start, *zone, std::move(*details), {}};
}

Result<Booking> MeetingBookingService::insert_booking(Transaction& transaction, const BookingRequest& request,
                                                      MeetingSheet sheet, const Checked& checked,
                                                      const SchedulingRules& rules) {
  const Instant now = parts_.clock.now();
  auto name = parts_.tokens.fresh_name();
  if (!name) return fail(std::move(name.error()));
  Meeting& meeting = sheet.meeting;
  meeting = meeting_from(sheet, checked.details, TimeRange(checked.start, checked.start + rules.duration),
                         request.browser_language);
  meeting.timezone = checked.timezone;
  meeting.clocks = checked.clocks;
  meeting.created_at = meeting.updated_at = now;
  meeting.ical_uid = *name + "@meeting-scheduler";
  meeting.buffer_before = rules.buffer_before;
  meeting.buffer_after = rules.buffer_after;
  auto token = parts_.tokens.mint(meeting.ical_uid);
  if (!token) return fail(std::move(token.error()));
  transaction.meetings().ask_next_id();
  auto contact = match_contact(transaction.records(), sheet.host.id, checked.details);
  if (!contact) return fail(std::move(contact.error()));
  meeting.contact = contact->id;
  auto id = transaction.meetings().next_id();
  if (!id) return fail(std::move(id.error()));
  meeting.id = meeting.chain = *id;

  settle_waiting(meeting, sheet.type);
  NewMeeting fresh{meeting,
                   {sheet.host.id},
                   NewToken{token->hash, token->sealed, link_end(meeting.time)},
                   {},
                   "owner",
                   AuditEntry{},
                   effects_of(first_occasion(meeting.status), sheet),
                   first_reminders(meeting, sheet.type)};
  fresh.audit.action = "booked";
  fresh.audit.actor = AuditEntry::Actor::attendee;
  fresh.audit.request_id = request.request_id;
  if (!request.idempotency_key.empty())
    fresh.key = NewBookingKey{request.idempotency_key, parts_.tokens.digest(canonical(request))};
  transaction.meetings().insert(fresh);
  auto logged = transaction.records().log(activity_of(sheet, {}, {}, std::move(contact->suggestions)));
  if (!logged) return fail(std::move(logged.error()));
  return Booking{std::move(sheet), std::move(token->token), false};
}

Instant MeetingBookingService::link_end(TimeRange time) const {
  return time.end() + std::chrono::days{parts_.settings.current().manage_link_days};
}

std::vector<Instant> MeetingBookingService::alternatives(const MeetingType& type, UserId host, Instant near) {
  using std::chrono::days;
  const Instant now = parts_.clock.now();
  const Instant middle = std::max(now, near);
  const TimeRange nearby(std::max(now, middle - days{7}), middle + days{14});
  const TimeRange wide(now, now + days{60});
  for (const TimeRange& window : {nearby, wide}) {
    auto starts = parts_.availability.nearest(type, host, window, near, k_alternatives_max);
    if (!starts) return {};
    if (!starts->empty()) return std::move(*starts);
  }
  return {};
}

std::vector<Instant> MeetingBookingService::alternatives_for(const BookingRequest& request) {
  const auto start = parse_instant(request.start);
  auto link = parts_.snapshots.link(request.page_slug, request.type_slug);
  if (!start || !link || !*link || !(*link)->type) return {};
  return alternatives(*(*link)->type, (*link)->page.owner, *start);
}

}  // namespace scheduling
