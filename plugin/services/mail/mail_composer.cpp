#include "plugin/services/mail/mail_composer.hpp"

#include <algorithm>

#include "plugin/core/booking/booking_policy.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/calendar_repository.hpp"
#include "plugin/ports/storage/calendars/room_repository.hpp"
#include "plugin/ports/storage/mail_template_repository.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/outbox_repository.hpp"
#include "plugin/services/meeting/meeting_calendar_event.hpp"
#include "plugin/services/meeting/meeting_zones.hpp"
#include "plugin/services/wording/public_links.hpp"

namespace scheduling {
namespace {

constexpr int k_history_lines = 5;
constexpr int k_timeline_entries = 40;  ///< looked through for them: one meeting has several
constexpr std::chrono::minutes k_alarm_before{15};
constexpr std::chrono::seconds k_room_wait_max{60};

bool is_hosts(MailRole role) {
  return role == MailRole::host || role == MailRole::previous_host;
}

/// What ends the event in the recipient's calendar.
bool is_ending(const MailSpec& spec) {
  return spec.meeting_event == MeetingEvent::cancelled || spec.meeting_event == MeetingEvent::declined ||
         spec.meeting_event == MeetingEvent::expired || spec.role == MailRole::previous_host;
}

std::string book_again_url(const MeetingDetails& details, const std::string& site) {
  const bool is_open =
      details.page && details.page->content.is_active && details.type.content.is_active && !details.type.archived_at;
  if (!is_open) return {};
  return site + "/schedule/" + details.page->content.slug.text() + "/" + details.type.content.slug.text();
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Whom a mail to hosts comes from: the company, else the page. The CRM's own address never bears an attendee's name.
std::string sender_of(const MeetingDetails& details) {
  if (!details.page) return details.host.name;
  return details.page->content.branding.company_name.value_or(details.page->content.name);
}

/// Who the mail is to, from and answered to, by name.
void address(Mail& mail, const MailSpec& spec, const MeetingDetails& details) {
  const Meeting& meeting = details.meeting;
  if (spec.role == MailRole::attendee) mail.to_name = HeaderText(meeting.attendee_name);
  if (spec.role == MailRole::host) mail.to_name = HeaderText(details.host.name);
  const bool is_to_host = spec.role == MailRole::host;
  mail.from_name = HeaderText(is_to_host ? sender_of(details) : details.host.name);
  mail.reply_to = EmailAddress::parse(is_to_host ? meeting.attendee_email : details.host.email);
  // A name beyond ASCII before the '@' may stand only in mails to servers that take such; the mail's text has it all
  // the same.
  if (mail.reply_to && !is_ascii(mail.reply_to->ascii()) && is_ascii(mail.to.ascii())) mail.reply_to.reset();
  mail.reply_to_name = HeaderText(is_to_host ? meeting.attendee_name : details.host.name);
}

/// The event as it stands in the calendar of the host who had it.
void take_from(CalendarEvent& event, const std::string& previous_host) {
  event.organizer = {"", previous_host};
  for (CalendarPerson& each : event.attendees)
    if (each.is_chair) each = {"", previous_host, true};
}

/// Why nobody needs a mail about a meeting that is over; empty: somebody does.
Result<std::string> unwanted(Transaction& transaction, const MailSpec& spec, const MailData& data) {
  if (spec.meeting_event == MeetingEvent::outcome)
    return std::string(data.details.host.is_active ? "" : "the host has left");
  if (spec.meeting_event != MeetingEvent::missed) return std::string();
  if (data.book_again_url.empty()) return std::string("nothing can be booked any more");
  auto meets = transaction.meetings().meets_again(data.details.meeting.id, data.now);
  if (!meets) return fail(std::move(meets.error()));
  return std::string(*meets ? "the attendee has booked again" : "");
}

/// Of the entries about one chain of moves, the one that tells how it ended: about its latest meeting, and of those the
/// first, because the timeline begins with what came last.
bool is_last_word(const TimelineEntry& entry, const std::vector<TimelineEntry>& entries) {
  return entry.chain.value == 0 || std::ranges::none_of(entries, [&](const TimelineEntry& other) {
           return other.chain == entry.chain &&
                  (other.meeting > entry.meeting || (other.meeting == entry.meeting && &other < &entry));
         });
}

}  // namespace

/// "https://crm.example.com:8443" → "crm.example.com": the right side of message ids.
std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const std::string_view host = url.substr(0, url.find_first_of(":/"));
  return host.empty() ? "localhost" : std::string(host);
}

Result<std::variant<WrittenMail, Obsolete, AwaitsRoom>> MailComposer::write(Transaction& transaction, OutboxId id,
                                                                            MeetingId meeting_id,
                                                                            const MeetingMail& message) const {
  using Written = std::variant<WrittenMail, Obsolete, AwaitsRoom>;
  auto meeting = transaction.meetings().find(meeting_id, Lock::none);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting) return fail(Code::invalid_input, "there is no such meeting");
  auto telling = telling_of(transaction, id, **meeting, message);
  if (!telling) return fail(std::move(telling.error()));
  if (!telling->obsolete.empty()) return Written(Obsolete{std::move(telling->obsolete)});
  auto awaits = awaits_room(transaction, **meeting, *telling);
  if (!awaits) return fail(std::move(awaits.error()));
  if (*awaits) return Written(AwaitsRoom{});
  auto details = load_meeting_details(transaction, std::move(**meeting));
  if (!details) return fail(std::move(details.error()));
  if (message.role == MailRole::host && message.user) {
    const bool is_reminder = message.event == MeetingEvent::reminder;
    if (is_reminder && !is_hosted_by(details->meeting, *message.user))
      return Written(Obsolete{"somebody else hosts the meeting now"});
    put_first(*details, *message.user);
  }
  auto spec = spec_of(transaction, message, *telling, *details);
  if (!spec) return fail(std::move(spec.error()));
  if (!is_hosts(spec->role)) details->meeting.location = location_for_attendee(details->meeting);
  auto data = data_of(transaction, *spec, std::move(*details));
  if (!data) return fail(std::move(data.error()));
  auto is_told = is_told_by_calendar(transaction, *spec, data->details.meeting);
  if (!is_told) return fail(std::move(is_told.error()));
  data->provider_invites = *is_told;
  auto why = unwanted(transaction, *spec, *data);
  if (!why) return fail(std::move(why.error()));
  if (!why->empty()) return Written(Obsolete{std::move(*why)});
  auto mail = compose(*spec, *data);
  if (!mail) return fail(std::move(mail.error()));
  if (*is_told) mail->calendar.clear();
  mail->message_id = std::to_string(id.value) + "." +
                     data->details.meeting.ical_uid.substr(0, data->details.meeting.ical_uid.find('@')) + "@" +
                     host_of(parts_.site.public_url());
  return Written(WrittenMail{std::move(*mail), std::move(data->details)});
}

/// A room takes a second or two. A mail waits that long for its link, and leaves without it when it does not come.
Result<bool> MailComposer::awaits_room(Transaction& transaction, const Meeting& meeting, const Telling& telling) const {
  const bool is_told = telling.event == MeetingEvent::booked || telling.event == MeetingEvent::confirmed ||
                       telling.event == MeetingEvent::reassigned;
  const bool lacks_room = meeting.location && wants_room(*meeting.location) && !meeting.location->join_url;
  if (!is_told || !lacks_room || meeting.status != MeetingStatus::scheduled ||
      parts_.clock.now() - meeting.updated_at > k_room_wait_max)
    return false;
  if (meeting.location->kind == LocationType::zoom && parts_.settings.current().zoom.client_id.empty()) return false;
  return transaction.rooms().is_expected(meeting.id);
}

/// One invitation for each person: where the provider of the host's calendar invites attendee and guests, a calendar
/// part of ours would be a second one; and the host, whose calendar holds the event, would have it twice.
Result<bool> MailComposer::is_told_by_calendar(Transaction& transaction, const MailSpec& spec,
                                               const Meeting& meeting) const {
  if (spec.role == MailRole::previous_host) return false;
  auto place = transaction.calendars().writing_calendar(meeting.host);
  if (!place) return fail(std::move(place.error()));
  return *place && (spec.role == MailRole::host || (*place)->invites == Invites::provider);
}

Result<std::string> MailComposer::obsolete(Transaction& transaction, OutboxId id, MeetingId meeting_id,
                                           const MeetingMail& message) const {
  auto meeting = transaction.meetings().find(meeting_id, Lock::none);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting) return fail(Code::invalid_input, "there is no such meeting");
  auto telling = telling_of(transaction, id, **meeting, message);
  if (!telling) return fail(std::move(telling.error()));
  return std::move(telling->obsolete);
}

Result<Telling> MailComposer::telling_of(Transaction& transaction, OutboxId id, const Meeting& meeting,
                                         const MeetingMail& message) const {
  auto chain = transaction.outbox().mails_of_chain(meeting.id);
  if (!chain) return fail(std::move(chain.error()));
  MeetingMail mail = message;
  if (mail.role == MailRole::host && !mail.user) mail.user = meeting.host;
  ToldMeeting told{meeting.id, meeting.host, meeting.status, meeting.time.start(), meeting.time.end(), {}};
  told.has_outcome = meeting.outcome.has_value();
  told.other_hosts = meeting.other_hosts;
  if (meeting.awaits_verification && meeting.status == MeetingStatus::pending) told.verify_by = meeting.confirm_by;
  return what_to_tell(id, mail, told, *chain, parts_.clock.now());
}

Result<MailSpec> MailComposer::spec_of(Transaction& transaction, const MeetingMail& message, const Telling& telling,
                                       const MeetingDetails& details) const {
  MailSpec spec;
  spec.meeting_event = telling.event;
  spec.role = message.role;
  spec.recipient = message.recipient.value_or(details.host.email);
  spec.zone = parts_.zones.find(message.zone).value_or(ZoneId::utc());
  spec.locale = message.locale;
  spec.sequence = message.sequence.value_or(details.meeting.ical_sequence);
  spec.previous_start = telling.previous_start;
  if (message.reason && !message.reason->empty()) spec.reason = message.reason;
  spec.offset = message.reminder_offset;
  if (!is_hosts(spec.role)) return spec;
  if (auto added = add_user(transaction, message, details.host, spec); !added) return fail(std::move(added.error()));
  return spec;
}

/// Address, zone and language of a host or a former one are what they are now (B-11), whatever they were when the
/// message was written.
Done MailComposer::add_user(Transaction& transaction, const MeetingMail& message, const Person& host,
                            MailSpec& spec) const {
  Person reader = host;  // the host is whoever hosts now; who hosted before stands in the message
  if (message.user && *message.user != host.id) {
    auto user = transaction.users().find(*message.user);
    if (!user) return fail(std::move(user.error()));
    reader = std::move(*user);
  }
  spec.recipient = reader.email;
  auto zone = host_zone_of(transaction, parts_.zones, reader);
  if (!zone) return fail(std::move(zone.error()));
  spec.zone = std::move(*zone);
  auto locale = transaction.users().locale_of(reader.id);
  if (!locale) return fail(std::move(locale.error()));
  spec.locale = std::move(*locale);
  return {};
}

Result<MailData> MailComposer::data_of(Transaction& transaction, const MailSpec& spec, MeetingDetails details) const {
  MailData data{.details = std::move(details), .now = parts_.clock.now()};
  if (auto added = add_links(transaction, spec, data); !added) return fail(std::move(added.error()));
  if (spec.role != MailRole::host) return data;
  if (auto added = add_history(transaction, data); !added) return fail(std::move(added.error()));
  return data;
}

Done MailComposer::add_links(Transaction& transaction, const MailSpec& spec, MailData& data) const {
  const Meeting& meeting = data.details.meeting;
  const std::string site = parts_.site.public_url();
  data.confirm_by = meeting.confirm_by;
  const bool is_waiting =
      meeting.status == MeetingStatus::pending && meeting.confirm_by && data.now < *meeting.confirm_by;
  if (spec.role == MailRole::host && is_waiting) {
    auto grant = parts_.tokens.seal_grant({meeting.id, meeting.host});
    if (!grant) return fail(std::move(grant.error()));
    data.approval_url = approval_link(site, *grant);
  }
  if (spec.meeting_event == MeetingEvent::outcome) {
    auto grant = parts_.tokens.seal_outcome_grant({meeting.id, meeting.host});
    if (!grant) return fail(std::move(grant.error()));
    data.outcome_url = outcome_link(site, *grant);
    return {};
  }
  if (spec.meeting_event == MeetingEvent::verify) {
    auto token = parts_.tokens.seal_verification(meeting.id);
    if (!token) return fail(std::move(token.error()));
    data.verification_url = verification_link(site, *token);
    return {};
  }
  if (is_hosts(spec.role)) return {};
  if (auto added = add_custom_template(transaction, spec, data); !added) return added;
  data.book_again_url = book_again_url(data.details, site);
  if (spec.role != MailRole::attendee) return {};
  const MeetingTypeSettings& settings = data.details.type.content.settings;
  const auto may = [&](std::chrono::minutes notice) {
    return may_still_change(meeting.status, meeting.time.start(), notice, data.now).has_value();
  };
  data.may_cancel = may(settings.cancel_notice_or_default());
  data.may_reschedule = may(settings.reschedule_notice_or_default());
  if (!data.may_cancel && !data.may_reschedule) return {};
  auto token = transaction.meetings().find_token(meeting.chain);
  if (!token) return fail(std::move(token.error()));
  if (!*token) return {};
  auto opened = parts_.tokens.unseal((*token)->sealed, meeting.ical_uid);
  if (!opened) return fail(std::move(opened.error()));
  data.manage_url = manage_link(site, *opened);
  return {};
}

Done MailComposer::add_custom_template(Transaction& transaction, const MailSpec& spec, MailData& data) const {
  const std::string language = parts_.catalog.language_of(spec.locale);
  auto texts = transaction.mail_templates().find(data.details.type.page, spec.meeting_event, language);
  if (!texts) return fail(std::move(texts.error()));
  data.custom_template = std::move(*texts);
  return {};
}

/// What the CRM knows of the attendee, as far as the host may see it there: hosting somebody shows nobody's record.
Done MailComposer::add_history(Transaction& transaction, MailData& data) const {
  const Meeting& meeting = data.details.meeting;
  if (!meeting.contact) return {};
  const ContactReader host{data.details.host.id, data.details.host.is_admin};
  auto entries = transaction.records().recent(host, *meeting.contact, k_timeline_entries);
  if (!entries && entries.error().code == Code::not_found) return {};
  if (!entries) return fail(std::move(entries.error()));
  data.contact_url = parts_.site.contact_url(*meeting.contact);
  auto missed = transaction.meetings().count_no_shows(*meeting.contact, meeting.time.start());
  if (!missed) return fail(std::move(missed.error()));
  data.no_shows = *missed;
  for (const TimelineEntry& entry : *entries) {
    const bool is_own = entry.meeting == meeting.id || entry.chain == meeting.chain;
    if (!is_own && is_last_word(entry, *entries) && data.history.size() < k_history_lines)
      data.history.push_back({entry.subject, entry.occurs_at});
  }
  return {};
}

Result<Mail> MailComposer::compose(const MailSpec& spec, const MailData& data) const {
  auto to = EmailAddress::parse(spec.recipient);
  if (!to) return fail(invalid_field("recipient", "invalid_email", "This is not an e-mail address."));
  const MeetingDetails& details = data.details;
  RenderedMail text = parts_.mails.compose(spec, data);
  CalendarEvent event = calendar_event_of(
      details,
      {parts_.places.text(spec.locale, details.meeting, {spec.role, details.host.name, details.meeting.attendee_name}),
       data.manage_url, parts_.catalog.text("mail.button.manage", spec.locale)},
      spec.role, spec.recipient);
  event.sequence = spec.sequence;
  event.stamp = data.now;
  event.is_cancelled = is_ending(spec);
  event.is_tentative =
      spec.meeting_event == MeetingEvent::requested || details.meeting.status == MeetingStatus::pending;
  // Whoever handed the meeting over has it in the calendar as their own, and loses it as that.
  if (spec.role == MailRole::previous_host) take_from(event, spec.recipient);
  if (!event.is_cancelled) event.alarm_before = k_alarm_before;
  Mail mail{.message_id = {}, .to = std::move(*to)};
  address(mail, spec, details);
  mail.subject = HeaderText(text.subject);
  mail.text = std::move(text.text);
  mail.html = std::move(text.html);
  mail.calendar_method = event.is_cancelled ? CalendarMethod::cancel : CalendarMethod::request;
  // Nothing stands in a calendar before the address is proved, and nothing changes there when it is over.
  if (spec.meeting_event != MeetingEvent::verify && !is_afterwards(spec.meeting_event))
    mail.calendar = parts_.calendar_file.write(mail.calendar_method, event);
  const std::string language = parts_.catalog.language_of(spec.locale);
  mail.language = spec.locale.starts_with(language) ? spec.locale : language;
  mail.date = data.now;
  return mail;
}

}  // namespace scheduling
