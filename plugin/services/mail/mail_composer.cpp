#include "plugin/services/mail/mail_composer.hpp"

#include <algorithm>

#include "plugin/core/booking/booking_policy.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/mail_template_repository.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/services/meeting/meeting_calendar_event.hpp"
#include "plugin/services/wording/localized_location.hpp"
#include "plugin/services/wording/public_links.hpp"

namespace scheduling {
namespace {

constexpr int k_history_lines = 5;
constexpr std::chrono::minutes k_alarm_before{15};

bool is_hosts(MailRole role) {
  return role == MailRole::host || role == MailRole::previous_host;
}

/// What ends the event in the recipient's calendar.
bool is_ending(const MailSpec& spec) {
  return spec.meeting_event == MeetingEvent::cancelled || spec.meeting_event == MeetingEvent::declined ||
         spec.meeting_event == MeetingEvent::expired || spec.role == MailRole::previous_host;
}

/// "https://crm.example.com:8443" → "crm.example.com": the right side of message ids.
std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const std::string_view host = url.substr(0, url.find_first_of(":/"));
  return host.empty() ? "localhost" : std::string(host);
}

std::optional<Obsolete> obsolete(const MeetingMail& mail, const Meeting& meeting, Instant now) {
  if (mail.event == MeetingEvent::verify && !meeting.awaits_verification)
    return Obsolete{"the address was proved already"};
  if (mail.event == MeetingEvent::verify && (meeting.status != MeetingStatus::pending || now >= meeting.confirm_by))
    return Obsolete{"the start is no longer held"};
  if (mail.event != MeetingEvent::reminder) return std::nullopt;
  if (meeting.status != MeetingStatus::scheduled) return Obsolete{"the meeting is no longer on"};
  if (meeting.time.end() <= now) return Obsolete{"the meeting is over"};
  return std::nullopt;
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

/// Who the mail is to, from and answered to, by name.
void address(Mail& mail, const MailSpec& spec, const MeetingDetails& details) {
  const Meeting& meeting = details.meeting;
  if (spec.role == MailRole::attendee) mail.to_name = HeaderText(meeting.attendee_name);
  if (spec.role == MailRole::host) mail.to_name = HeaderText(details.host.name);
  const bool from_attendee = spec.role == MailRole::host;
  mail.from_name = HeaderText(from_attendee ? meeting.attendee_name : details.host.name);
  mail.reply_to = EmailAddress::parse(from_attendee ? meeting.attendee_email : details.host.email);
  // An address beyond ASCII may stand only in mails to servers that take such; the mail's text has it all the same.
  if (mail.reply_to && !is_ascii(mail.reply_to->text()) && is_ascii(mail.to.text())) mail.reply_to.reset();
  mail.reply_to_name = mail.from_name;
}

}  // namespace

Result<std::variant<WrittenMail, Obsolete>> MailComposer::write(Transaction& transaction, OutboxId id,
                                                                MeetingId meeting_id,
                                                                const MeetingMail& message) const {
  auto meeting = transaction.meetings().find(meeting_id, Lock::none);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting) return fail(Code::invalid_input, "there is no such meeting");
  if (auto why = obsolete(message, **meeting, parts_.clock.now()))
    return std::variant<WrittenMail, Obsolete>(std::move(*why));
  auto details = load_meeting_details(transaction, std::move(**meeting));
  if (!details) return fail(std::move(details.error()));
  auto spec = spec_of(transaction, message, *details);
  if (!spec) return fail(std::move(spec.error()));
  auto data = data_of(transaction, *spec, std::move(*details));
  if (!data) return fail(std::move(data.error()));
  auto mail = compose(*spec, *data);
  if (!mail) return fail(std::move(mail.error()));
  mail->message_id = std::to_string(id.value) + "." +
                     data->details.meeting.ical_uid.substr(0, data->details.meeting.ical_uid.find('@')) + "@" +
                     host_of(parts_.site.public_url());
  return std::variant<WrittenMail, Obsolete>(WrittenMail{std::move(*mail), std::move(data->details)});
}

Result<MailSpec> MailComposer::spec_of(Transaction& transaction, const MeetingMail& message,
                                       const MeetingDetails& details) const {
  MailSpec spec;
  spec.meeting_event = message.event;
  spec.role = message.role;
  spec.recipient = message.recipient.value_or(details.host.email);
  spec.zone = parts_.zones.find(message.zone).value_or(ZoneId::utc());
  spec.locale = message.locale;
  spec.sequence = message.sequence.value_or(details.meeting.ical_sequence);
  spec.previous_start = message.previous_start;
  if (message.reason && !message.reason->empty()) spec.reason = message.reason;
  spec.offset = message.reminder_offset;
  if (!is_hosts(spec.role)) return spec;
  // The host is whoever hosts now; who hosted before stands in the message.
  auto locale = transaction.users().locale_of(message.user.value_or(details.host.id));
  if (!locale) return fail(std::move(locale.error()));
  spec.locale = std::move(*locale);
  return spec;
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
  auto entries = transaction.records().recent(host, *meeting.contact, k_history_lines + 1);
  if (!entries && entries.error().code == Code::not_found) return {};
  if (!entries) return fail(std::move(entries.error()));
  data.contact_url = parts_.site.contact_url(*meeting.contact);
  auto missed = transaction.meetings().count_no_shows(*meeting.contact, meeting.time.start());
  if (!missed) return fail(std::move(missed.error()));
  data.no_shows = *missed;
  for (TimelineEntry& entry : *entries)
    if (entry.meeting != meeting.id && data.history.size() < k_history_lines)
      data.history.push_back({std::move(entry.subject), entry.occurs_at});
  return {};
}

Result<Mail> MailComposer::compose(const MailSpec& spec, const MailData& data) const {
  auto to = EmailAddress::parse(spec.recipient);
  if (!to) return fail(invalid_field("recipient", "invalid_email", "This is not an e-mail address."));
  const MeetingDetails& details = data.details;
  RenderedMail text = parts_.mails.compose(spec, data);
  CalendarEvent event =
      calendar_event_of(details, {location_text(parts_.catalog, spec.locale, details.meeting), data.manage_url,
                                  parts_.catalog.text("button.manage", spec.locale)});
  event.sequence = spec.sequence;
  event.stamp = data.now;
  event.is_cancelled = is_ending(spec);
  event.is_tentative =
      spec.meeting_event == MeetingEvent::requested || details.meeting.status == MeetingStatus::pending;
  // Whoever handed the meeting over has it in the calendar as their own, and loses it as that.
  if (spec.role == MailRole::previous_host) event.organizer = {"", spec.recipient};
  event.attendees.push_back({event.organizer.name, event.organizer.email, true});
  if (!event.is_cancelled) event.alarm_before = k_alarm_before;
  Mail mail{.message_id = {}, .to = std::move(*to)};
  address(mail, spec, details);
  mail.subject = HeaderText(text.subject);
  mail.text = std::move(text.text);
  mail.html = std::move(text.html);
  mail.calendar_method = event.is_cancelled ? CalendarMethod::cancel : CalendarMethod::request;
  // Nothing stands in a calendar before the address is proved.
  if (spec.meeting_event != MeetingEvent::verify)
    mail.calendar = parts_.calendar_file.write(mail.calendar_method, event);
  const std::string language = parts_.catalog.language_of(spec.locale);
  mail.language = spec.locale.starts_with(language) ? spec.locale : language;
  mail.date = data.now;
  return mail;
}

}  // namespace scheduling
