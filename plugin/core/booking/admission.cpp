#include "plugin/core/booking/admission.hpp"

#include <algorithm>
#include <array>

namespace scheduling {
namespace {

constexpr std::array<std::string_view, 3> k_review_names = {"open_meetings", "honeypot", "form_time"};

bool is_reached(const std::optional<std::int64_t>& limit, std::int64_t used) {
  return limit && used >= *limit;
}

}  // namespace

std::string_view name_of(ReviewReason reason) {
  return k_review_names.at(static_cast<std::size_t>(reason));
}

std::vector<std::string> names_of(const std::vector<ReviewReason>& reasons) {
  std::vector<std::string> names;
  for (const ReviewReason reason : reasons) names.emplace_back(name_of(reason));
  return names;
}

std::optional<ReviewReason> review_reason_of(std::string_view name) {
  const auto found = std::ranges::find(k_review_names, name);
  if (found == k_review_names.end()) return std::nullopt;
  return static_cast<ReviewReason>(found - k_review_names.begin());
}

std::string_view name_of(MailLimit limit) {
  switch (limit) {
    case MailLimit::network: return "guest_mails_per_network_max";
    case MailLimit::recipient: return "first_mails_per_recipient_max";
    case MailLimit::page: return "guest_mails_per_page_hour_max";
  }
  return "guest_mails_per_page_hour_max";
}

std::vector<ReviewReason> review_reasons(const AbuseLimits& limits, const BookingSigns& signs) {
  std::vector<ReviewReason> reasons;
  if (is_reached(limits.open_meetings_per_email_max, signs.open_meetings))
    reasons.push_back(ReviewReason::open_meetings);
  if (limits.has_honeypot && signs.is_honeypot_filled) reasons.push_back(ReviewReason::honeypot);
  if (limits.form_time_min && signs.form_time && *signs.form_time < *limits.form_time_min)
    reasons.push_back(ReviewReason::form_time);
  return reasons;
}

std::vector<std::optional<MailLimit>> held_mails(const AbuseLimits& limits, NetworkLimits network, const MailUse& use) {
  std::vector<std::optional<MailLimit>> held;
  std::int64_t left = 0;
  for (const std::int64_t before : use.to_recipients) {
    std::optional<MailLimit> limit;
    if (network == NetworkLimits::hold && is_reached(limits.guest_mails_per_network_max, use.of_network + left))
      limit = MailLimit::network;
    else if (is_reached(limits.first_mails_per_recipient_max, before))
      limit = MailLimit::recipient;
    else if (is_reached(limits.guest_mails_per_page_hour_max, use.of_page + left))
      limit = MailLimit::page;
    if (!limit) ++left;
    held.push_back(limit);
  }
  return held;
}

}  // namespace scheduling
