#pragma once
/// Whether a public booking is let in as it is, waits for its host's review, or is refused, and which of its first
/// mails leave: from the limits that the settings make and from what was counted. Pure data in, an outcome out.
///
/// A limit that is absent does not hold. Only public bookings are measured; nothing here knows invitations or reps.
/// Source: behaviour B-7, B-8; ADR 0019.
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/blocked_senders.hpp"

namespace scheduling {

/// The numbers count within 24 hours, those of a page within one.
inline constexpr std::chrono::hours k_use_window{24};
inline constexpr std::chrono::hours k_page_mail_window{1};

struct AbuseLimits {
  std::optional<std::int64_t> bookings_per_network_max{};
  std::optional<std::int64_t> open_meetings_per_email_max{};
  std::optional<std::int64_t> guest_mails_per_network_max{};
  std::optional<std::int64_t> first_mails_per_recipient_max{};
  std::optional<std::int64_t> guest_mails_per_page_hour_max{};
  std::optional<std::chrono::seconds> form_time_min{};
  bool has_honeypot = false;
  std::shared_ptr<const BlockedSenders> blocked_senders{};  ///< null: nobody

  bool blocks(const EmailAddress& address) const { return blocked_senders && blocked_senders->blocks(address); }
};

/// Why a booking waits for its host, although nothing refuses it.
enum class ReviewReason : std::uint8_t { open_meetings, honeypot, form_time };
std::string_view name_of(ReviewReason reason);  ///< "open_meetings", "honeypot", "form_time"
std::vector<std::string> names_of(const std::vector<ReviewReason>& reasons);
std::optional<ReviewReason> review_reason_of(std::string_view name);

/// What was seen of one booking.
struct BookingSigns {
  bool is_honeypot_filled = false;
  std::optional<std::chrono::milliseconds> form_time{};  ///< from the form's first showing; none: there was no form
  std::int64_t open_meetings = 0;                        ///< of the attendee's address, without this one
};
std::vector<ReviewReason> review_reasons(const AbuseLimits& limits, const BookingSigns& signs);

/// The limit that a first mail would break; the setting's name tells it to people.
enum class MailLimit : std::uint8_t { network, recipient, page };
std::string_view name_of(MailLimit limit);  ///< "guest_mails_per_network_max" …

/// How many first mails were sent before.
struct MailUse {
  std::int64_t of_network = 0;
  std::int64_t of_page = 0;
  std::vector<std::int64_t> to_recipients{};  ///< one number for each mail to be sent
};
enum class NetworkLimits : std::uint8_t { hold, off };  ///< off: nobody knows whose network it is

/// One entry for each of `use.to_recipients`: what holds that mail back, none when it may leave. Mails are looked at in
/// their order, and each one that leaves counts for those after it.
std::vector<std::optional<MailLimit>> held_mails(const AbuseLimits& limits, NetworkLimits network, const MailUse& use);

}  // namespace scheduling
