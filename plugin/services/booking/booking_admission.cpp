#include "plugin/services/booking/booking_admission.hpp"

#include <algorithm>
#include <limits>

namespace scheduling {
namespace {

std::string hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text += digits[static_cast<unsigned char>(byte) >> 4];
    text += digits[static_cast<unsigned char>(byte) & 15];
  }
  return text;
}

/// A hash, because it is kept for two days and need not be read.
std::string recipient_key(const BookingParts& parts, const EmailAddress& address) {
  return "to:" + hex(parts.tokens.digest(address.key()));
}

/// The first mail that a public booking sends to somebody.
MeetingMail* mail_to_guest(OutboxMessage& message) {
  auto* mail = std::get_if<MeetingMail>(&message);
  if (mail == nullptr || !mail->recipient) return nullptr;
  return mail->role == MailRole::attendee || mail->role == MailRole::guest ? mail : nullptr;
}

}  // namespace

BookingAdmission::BookingAdmission(const BookingParts& parts, const BookingCommand& command)
    : parts_(parts), command_(command), limits_(parts.settings.current().limits), now_(parts.clock.now()) {
  if (auto attendee = EmailAddress::parse(command.attendee.attendee_email)) addresses_.push_back(std::move(*attendee));
  for (const std::string& text : command.attendee.guests) {
    if (addresses_.size() > k_guests_max) break;
    if (auto guest = EmailAddress::parse(text)) addresses_.push_back(std::move(*guest));
  }
  if (has_network()) network_key_ = "network:" + command.client.network;
}

Done BookingAdmission::check_sender() const {
  for (const EmailAddress& address : addresses_)
    if (limits_.blocks(address)) return fail(Code::not_accepted, "a blocked address");
  return {};
}

void BookingAdmission::want(AttendeeQuestions& questions, const std::string& key, std::chrono::seconds window,
                            bool is_limited) const {
  const bool is_asked = std::ranges::find(questions.uses, key, &UseQuestion::key) != questions.uses.end();
  if (!is_limited || is_asked || !parts_.use_meter.must_count(key, PublicUseMeter::Clock::now())) return;
  questions.uses.push_back({key, now_ - window});
}

std::optional<AttendeeQuestions> BookingAdmission::questions(PageId page) {
  const auto attendee = EmailAddress::parse(command_.attendee.attendee_email);
  if (!attendee) return std::nullopt;
  page_key_ = "page:" + std::to_string(page.value);
  AttendeeQuestions questions;
  questions.email = attendee->text();
  questions.key = attendee->key();
  questions.now = now_;
  if (is_vouched_for()) return questions;
  questions.open_meetings_counted = limits_.open_meetings_per_email_max.value_or(0);
  const bool are_mails_limited = limits_.guest_mails_per_network_max || limits_.first_mails_per_recipient_max ||
                                 limits_.guest_mails_per_page_hour_max;
  if (are_mails_limited)
    for (const EmailAddress& address : addresses_) questions.recipients.push_back(address.text());
  if (has_network())
    want(questions, network_key_, k_use_window,
         limits_.bookings_per_network_max || limits_.guest_mails_per_network_max);
  want(questions, page_key_, k_page_mail_window, limits_.guest_mails_per_page_hour_max.has_value());
  for (const EmailAddress& address : addresses_)
    want(questions, recipient_key(parts_, address), k_use_window, limits_.first_mails_per_recipient_max.has_value());
  return questions;
}

void BookingAdmission::take(const AttendeeQuestions& asked, OpenedBooking& answers) {
  open_meetings_ = answers.open_meetings;
  is_known_address_ = answers.is_known_address;
  users_ = std::move(answers.user_addresses);
  const auto now = PublicUseMeter::Clock::now();
  for (std::size_t i = 0; i < asked.uses.size() && i < answers.uses.size(); ++i) {
    const std::string& key = asked.uses[i].key;
    const Use& use = answers.uses[i];
    uses_.emplace_back(key, use);
    std::int64_t room = std::numeric_limits<std::int64_t>::max();
    const auto narrow = [&](const std::optional<std::int64_t>& limit, std::int64_t used) {
      if (limit) room = std::min(room, *limit - used);
    };
    if (key == network_key_) {
      narrow(limits_.bookings_per_network_max, use.bookings);
      narrow(limits_.guest_mails_per_network_max, use.mails);
    } else {
      narrow(key == page_key_ ? limits_.guest_mails_per_page_hour_max : limits_.first_mails_per_recipient_max,
             use.mails);
    }
    parts_.use_meter.counted(key, room, now);
  }
}

Use BookingAdmission::used(const std::string& key) const {
  const auto found = std::ranges::find(uses_, key, &std::pair<std::string, Use>::first);
  return found == uses_.end() ? Use{} : found->second;  // not counted: far from any limit
}

bool BookingAdmission::is_network_full() const {
  const auto& max = limits_.bookings_per_network_max;
  return has_network() && max && used(network_key_).bookings >= *max;
}

Done BookingAdmission::check_network(Transaction& transaction) const {
  if (command_.client.is_unknown_proxys) parts_.networks.saw_proxy(command_.client.network, now_);
  if (!is_network_full()) return {};
  if (command_.client.is_unknown_proxys) {
    parts_.networks.saw_excess(command_.client.network, now_);
    return {};
  }
  const std::int64_t max = *limits_.bookings_per_network_max;
  auto room = transaction.bookings().next_room({network_key_, now_ - k_use_window}, max, now_);
  if (!room) return fail(std::move(room.error()));
  Error refusal = make_error(Code::too_many_bookings, command_.client.network);
  const auto wait = *room ? **room - now_ : std::chrono::duration_cast<std::chrono::seconds>(k_use_window);
  refusal.retry_after = std::max(std::chrono::seconds{1}, wait);
  return fail(std::move(refusal));
}

std::vector<ReviewReason> BookingAdmission::reasons() const {
  BookingSigns signs;
  signs.is_honeypot_filled = command_.is_honeypot_filled;
  signs.open_meetings = open_meetings_;
  // A stamp that somebody made up says nothing of the time, and something of whoever made it up.
  if (!command_.form_stamp.empty())
    signs.form_time = parts_.form_stamps.age(command_.form_stamp).value_or(std::chrono::milliseconds{0});
  return review_reasons(limits_, signs);
}

NetworkLimits BookingAdmission::network_limits() const {
  return has_network() && !command_.client.is_unknown_proxys ? NetworkLimits::hold : NetworkLimits::off;
}

bool BookingAdmission::is_users(const std::string& address) const {
  return std::ranges::find(users_, address) != users_.end();
}

std::vector<UseEntry> BookingAdmission::hold_mails(std::vector<OutboxMessage>& messages, std::int64_t bookings) const {
  MailUse use{used(network_key_).mails, used(page_key_).mails, {}};
  std::vector<MeetingMail*> mails;
  std::vector<std::string> keys;
  for (OutboxMessage& message : messages) {
    MeetingMail* mail = mail_to_guest(message);
    const auto address = mail == nullptr ? std::nullopt : EmailAddress::parse(*mail->recipient);
    if (!address || is_users(address->text())) continue;
    mails.push_back(mail);
    keys.push_back(recipient_key(parts_, *address));
    use.to_recipients.push_back(used(keys.back()).mails);
  }
  const auto held = held_mails(limits_, network_limits(), use);
  std::vector<UseEntry> entries;
  std::int64_t left = 0;
  for (std::size_t i = 0; i < mails.size(); ++i) {
    mails[i]->held_by = held[i];
    if (held[i]) continue;
    ++left;
    entries.push_back({keys[i], 0, 1});
  }
  if (left > 0) entries.push_back({page_key_, 0, left});
  if (has_network() && (bookings > 0 || left > 0)) entries.push_back({network_key_, bookings, left});
  return entries;
}

}  // namespace scheduling
