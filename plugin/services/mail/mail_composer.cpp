#include "plugin/services/mail/mail_composer.hpp"

#include <algorithm>
#include <charconv>

#include "plugin/core/booking/booking_policy.hpp"
#include "plugin/ports/storage/mail_template_repository.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/services/meeting/meeting_calendar_event.hpp"
#include "plugin/services/wording/public_links.hpp"

namespace scheduling {
namespace {

constexpr std::string_view k_mail_kind = "mail_";
constexpr int k_history_lines = 5;
constexpr std::chrono::minutes k_alarm_before{15};

std::string value_in(const ClaimedEffect& effect, const std::string& name) {
  const auto found = effect.payload.find(name);
  return found == effect.payload.end() ? std::string() : found->second;
}

template <class Number>
std::optional<Number> number_in(const ClaimedEffect& effect, const std::string& name) {
  const std::string text = value_in(effect, name);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool is_hosts(MailRole role) {
  return role == MailRole::host || role == MailRole::previous_host;
}

/// What ends the event in the recipient's calendar.
bool is_ending(const MailOrder& order) {
  return order.occasion == Occasion::cancelled || order.occasion == Occasion::declined ||
         order.occasion == Occasion::expired || order.role == MailRole::previous_host;
}

/// "https://crm.example.com:8443" → "crm.example.com": the right side of message ids.
std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const std::string_view host = url.substr(0, url.find_first_of(":/"));
  return host.empty() ? "localhost" : std::string(host);
}

std::optional<Obsolete> obsolete(const ClaimedEffect& effect, const Meeting& meeting, Instant now) {
  if (!effect.due_at) return std::nullopt;
  if (meeting.status != MeetingStatus::scheduled) return Obsolete{"the meeting is no longer on"};
  if (meeting.time.end() <= now) return Obsolete{"the meeting is over"};
  return std::nullopt;
}

std::string book_again_url(const MeetingSheet& sheet, const std::string& site) {
  const bool is_open =
      sheet.page && sheet.page->content.is_active && sheet.type.content.is_active && !sheet.type.archived_at;
  if (!is_open) return {};
  return site + "/schedule/" + sheet.page->content.slug.text() + "/" + sheet.type.content.slug.text();
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Who the mail is to, from and answered to, by name.
void address(Mail& mail, const MailOrder& order, const MeetingSheet& sheet) {
  const Meeting& meeting = sheet.meeting;
  if (order.role == MailRole::attendee) mail.to_name = HeaderText(meeting.attendee_name);
  if (order.role == MailRole::host) mail.to_name = HeaderText(sheet.host.name);
  const bool from_attendee = order.role == MailRole::host;
  mail.from_name = HeaderText(from_attendee ? meeting.attendee_name : sheet.host.name);
  mail.reply_to = EmailAddress::parse(from_attendee ? meeting.attendee_email : sheet.host.email);
  // An address beyond ASCII may stand only in mails to servers that take such; the mail's text has it all the same.
  if (mail.reply_to && !is_ascii(mail.reply_to->text()) && is_ascii(mail.to.text())) mail.reply_to.reset();
  mail.reply_to_name = mail.from_name;
}

}  // namespace

Result<std::variant<WrittenMail, Obsolete>> MailWriter::write(Transaction& transaction,
                                                              const ClaimedEffect& effect) const {
  auto meeting = transaction.meetings().find(effect.meeting, Lock::none);
  if (!meeting) return fail(std::move(meeting.error()));
  if (!*meeting) return fail(Code::invalid_input, "there is no such meeting");
  if (auto why = obsolete(effect, **meeting, parts_.clock.now()))
    return std::variant<WrittenMail, Obsolete>(std::move(*why));
  auto sheet = load_sheet(transaction, std::move(**meeting));
  if (!sheet) return fail(std::move(sheet.error()));
  auto order = order_of(transaction, effect, *sheet);
  if (!order) return fail(std::move(order.error()));
  auto context = context_of(transaction, *order, std::move(*sheet));
  if (!context) return fail(std::move(context.error()));
  auto mail = compose(*order, *context);
  if (!mail) return fail(std::move(mail.error()));
  mail->message_id = std::to_string(effect.id.value) + "." +
                     context->sheet.meeting.ical_uid.substr(0, context->sheet.meeting.ical_uid.find('@')) + "@" +
                     host_of(parts_.site.public_url());
  return std::variant<WrittenMail, Obsolete>(WrittenMail{std::move(*mail), std::move(context->sheet)});
}

Result<MailOrder> MailWriter::order_of(Transaction& transaction, const ClaimedEffect& effect,
                                       const MeetingSheet& sheet) const {
  const bool is_mail = effect.kind.starts_with(k_mail_kind);
  const auto occasion = is_mail ? occasion_of(std::string_view(effect.kind).substr(k_mail_kind.size())) : std::nullopt;
  const auto role = mail_role_of(value_in(effect, "role"));
  if (!occasion || !role) return fail(Code::invalid_input, "no mail of kind " + effect.kind + " is known");
  MailOrder order;
  order.occasion = *occasion;
  order.role = *role;
  order.recipient = effect.recipient.value_or(sheet.host.email);
  order.zone = parts_.zones.find(value_in(effect, "timezone")).value_or(ZoneId::utc());
  order.locale = value_in(effect, "locale");
  order.sequence = number_in<std::int32_t>(effect, "sequence").value_or(sheet.meeting.ical_sequence);
  order.previous_start = parse_instant(value_in(effect, "previous_start"));
  if (std::string reason = value_in(effect, "reason"); !reason.empty()) order.reason = std::move(reason);
  if (const auto minutes = number_in<std::int64_t>(effect, "offset_minutes"))
    order.offset = std::chrono::minutes{*minutes};
  if (!is_hosts(order.role)) return order;
  // The host is whoever hosts now; who hosted before stands in the row.
  const UserId reader{number_in<std::int64_t>(effect, "user_id").value_or(sheet.host.id.value)};
  auto locale = transaction.users().locale_of(reader);
  if (!locale) return fail(std::move(locale.error()));
  order.locale = std::move(*locale);
  return order;
}

Result<MailContext> MailWriter::context_of(Transaction& transaction, const MailOrder& order, MeetingSheet sheet) const {
  MailContext context{.sheet = std::move(sheet), .now = parts_.clock.now()};
  if (auto added = add_links(transaction, order, context); !added) return fail(std::move(added.error()));
  if (order.role != MailRole::host) return context;
  if (auto added = add_history(transaction, context); !added) return fail(std::move(added.error()));
  return context;
}

Done MailWriter::add_links(Transaction& transaction, const MailOrder& order, MailContext& context) const {
  const Meeting& meeting = context.sheet.meeting;
  const std::string site = parts_.site.public_url();
  context.confirm_by = meeting.confirm_by;
  if (order.role == MailRole::host && meeting.contact) context.contact_url = parts_.site.contact_url(*meeting.contact);
  const bool is_waiting =
      meeting.status == MeetingStatus::pending && meeting.confirm_by && context.now < *meeting.confirm_by;
  if (order.role == MailRole::host && is_waiting) {
    auto grant = parts_.tokens.seal_grant({meeting.id, meeting.host});
    if (!grant) return fail(std::move(grant.error()));
    context.decide_url = decision_link(site, *grant);
  }
  if (is_hosts(order.role)) return {};
  if (auto added = add_own_words(transaction, order, context); !added) return added;
  context.book_again_url = book_again_url(context.sheet, site);
  if (order.role != MailRole::attendee) return {};
  const MeetingTypeSettings& settings = context.sheet.type.content.settings;
  const auto may = [&](std::chrono::minutes notice) {
    return may_still_change(meeting.status, meeting.time.start(), notice, context.now).has_value();
  };
  context.may_cancel = may(settings.cancel_notice_or_default());
  context.may_move = may(settings.reschedule_notice_or_default());
  if (!context.may_cancel && !context.may_move) return {};
  auto token = transaction.meetings().find_token(meeting.chain);
  if (!token) return fail(std::move(token.error()));
  if (!*token) return {};
  auto opened = parts_.tokens.unseal((*token)->sealed, meeting.ical_uid);
  if (!opened) return fail(std::move(opened.error()));
  context.manage_url = manage_link(site, *opened);
  return {};
}

Done MailWriter::add_own_words(Transaction& transaction, const MailOrder& order, MailContext& context) const {
  const std::string language = parts_.catalog.language_of(order.locale);
  auto words = transaction.mail_templates().find(context.sheet.type.page, order.occasion, language);
  if (!words) return fail(std::move(words.error()));
  context.own_text = std::move(*words);
  return {};
}

Done MailWriter::add_history(Transaction& transaction, MailContext& context) const {
  const Meeting& meeting = context.sheet.meeting;
  if (!meeting.contact) return {};
  auto missed = transaction.meetings().count_no_shows(*meeting.contact, meeting.time.start());
  if (!missed) return fail(std::move(missed.error()));
  context.no_shows = *missed;
  auto entries = transaction.records().recent(*meeting.contact, k_history_lines + 1);
  if (!entries) return fail(std::move(entries.error()));
  for (TimelineEntry& entry : *entries)
    if (entry.meeting != meeting.id && context.history.size() < k_history_lines)
      context.history.push_back({std::move(entry.subject), entry.occurs_at});
  return {};
}

Result<Mail> MailWriter::compose(const MailOrder& order, const MailContext& context) const {
  auto to = EmailAddress::parse(order.recipient);
  if (!to) return fail(invalid_field("recipient", "invalid_email", "This is not an e-mail address."));
  const MeetingSheet& sheet = context.sheet;
  MailText text = parts_.mails.compose(order, context);
  CalendarEvent event =
      calendar_event_of(sheet, context.manage_url, parts_.catalog.text("button.manage", order.locale));
  event.sequence = order.sequence;
  event.stamp = context.now;
  event.is_cancelled = is_ending(order);
  event.is_tentative = order.occasion == Occasion::requested || sheet.meeting.status == MeetingStatus::pending;
  // Whoever handed the meeting over has it in the calendar as their own, and loses it as that.
  if (order.role == MailRole::previous_host) event.organizer = {"", order.recipient};
  event.attendees.push_back({event.organizer.name, event.organizer.email, true});
  if (!event.is_cancelled) event.alarm_before = k_alarm_before;
  Mail mail{.message_id = {}, .to = std::move(*to)};
  address(mail, order, sheet);
  mail.subject = HeaderText(text.subject);
  mail.text = std::move(text.text);
  mail.html = std::move(text.html);
  mail.calendar_method = event.is_cancelled ? CalendarMethod::cancel : CalendarMethod::request;
  mail.calendar = parts_.calendar_file.write(mail.calendar_method, event);
  const std::string language = parts_.catalog.language_of(order.locale);
  mail.language = order.locale.starts_with(language) ? order.locale : language;
  mail.date = context.now;
  return mail;
}

}  // namespace scheduling
