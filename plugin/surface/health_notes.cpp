#include "plugin/surface/health_notes.hpp"

namespace scheduling {
namespace {

crm::sdk::HealthLevel level_of(ZoneFinding::Weight weight) {
  switch (weight) {
    case ZoneFinding::Weight::fine: return crm::sdk::HealthLevel::ok;
    case ZoneFinding::Weight::worth_a_look: return crm::sdk::HealthLevel::warn;
    case ZoneFinding::Weight::broken: return crm::sdk::HealthLevel::error;
  }
  return crm::sdk::HealthLevel::warn;
}

using crm::sdk::HealthLevel;

std::string mails(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " mail" : " mails");
}

/// Where mails are listed, released and tried again.
std::string mails_page(const std::string& status) {
  return "/settings/scheduling/mails?status=" + status;
}

/// Everybody's accounts.
constexpr const char* k_accounts_page = "/settings/scheduling/accounts";

std::string because(const std::string& reason) {
  return reason.empty() ? std::string(".") : ": " + reason;
}

}  // namespace

std::vector<crm::sdk::HealthNote> usage_notes(const std::optional<MailHealth>& health) {
  if (!health) return {};
  const std::int64_t pages = health->counts.pages_open;
  const std::int64_t ahead = health->counts.meetings_ahead;
  return {{HealthLevel::ok,
           std::to_string(pages) + (pages == 1 ? " page is" : " pages are") + " open, and " + std::to_string(ahead) +
               (ahead == 1 ? " meeting is" : " meetings are") + " ahead.",
           "/settings/scheduling/meetings"}};
}

std::vector<crm::sdk::HealthNote> zone_notes(const ZoneDataWatch& watch) {
  std::vector<crm::sdk::HealthNote> notes;
  for (ZoneFinding& finding : watch.findings()) notes.push_back({level_of(finding.weight), std::move(finding.text)});
  return notes;
}

std::vector<crm::sdk::HealthNote> sender_notes(const crm::sdk::Mailer& mailer) {
  if (!mailer.is_configured() || mailer.has_sender()) return {};
  return {{crm::sdk::HealthLevel::warn, "Nobody chose a sender: mails leave as " + mailer.sender() +
                                            ", which most mail servers refuse or mark as spam. Set the sender's "
                                            "address where the mail server is set."}};
}

std::vector<crm::sdk::HealthNote> mail_notes(const std::optional<MailHealth>& health) {
  if (!health) return {};
  const MailCounts& counts = health->counts;
  std::vector<crm::sdk::HealthNote> notes;
  const std::string since = counts.oldest ? " since " + format_instant(*counts.oldest) : "";
  if (!health->halted.empty()) {
    const bool hurts = counts.waiting > 0;
    notes.push_back({hurts ? HealthLevel::error : HealthLevel::warn,
                     "Nothing is sent at the moment" + because(health->halted) +
                         (hurts ? " (" + mails(counts.waiting) + " waiting" + since + ")" : ""),
                     hurts ? mails_page("waiting") : ""});
  } else if (counts.tried > 0) {
    notes.push_back({HealthLevel::warn,
                     mails(counts.tried) + " refused for now and tried again" + because(counts.wait_reason),
                     mails_page("waiting")});
  }
  if (counts.dead > 0)
    notes.push_back({HealthLevel::warn,
                     mails(counts.dead) + " could not be delivered, the last one" + because(counts.dead_reason),
                     mails_page("dead")});
  if (notes.empty())
    notes.push_back({HealthLevel::ok, counts.waiting == 0
                                          ? "Mail is sent; nothing waits."
                                          : "Mail is sent; " + mails(counts.waiting) + " waiting" + since + "."});
  return notes;
}

std::vector<crm::sdk::HealthNote> abuse_notes(const std::optional<MailHealth>& health, const NetworkWatch& networks,
                                              const Clock& clock) {
  std::vector<crm::sdk::HealthNote> notes;
  if (const auto seen = networks.sighting(clock.now())) {
    std::string text = "A proxy in " + seen->network +
                       " forwards requests, but the CRM was not told to trust it, so all its clients look like one. "
                       "The limits of a network do not hold for them; name the proxy with --trusted-proxy.";
    if (seen->exceeded) text += " They went over a limit, last at " + format_instant(*seen->exceeded) + ".";
    notes.push_back({HealthLevel::warn, std::move(text)});
  }
  const std::int64_t held = health ? health->counts.held : 0;
  const std::int64_t reviews = health ? health->counts.reviews : 0;
  if (held > 0)
    notes.push_back({HealthLevel::warn,
                     "First " + mails(held) + (held == 1 ? " is" : " are") + " held back, the last one by " +
                         health->counts.held_reason +
                         ". Release them one by one, or let them lapse with their meetings.",
                     mails_page("held")});
  if (reviews > 0)
    notes.push_back(
        {HealthLevel::warn,
         std::to_string(reviews) + (reviews == 1 ? " booking waits" : " bookings wait") + " for a review by the host.",
         "/settings/scheduling/meetings?status=pending"});
  if (health && notes.empty()) notes.push_back({HealthLevel::ok, "Nothing is held back."});
  return notes;
}

std::vector<crm::sdk::HealthNote> calendar_notes(const std::optional<CalendarHealth>& health) {
  if (!health) return {};
  const ConnectionCounts& counts = health->counts;
  if (counts.troubled == 0)
    return {{HealthLevel::ok, counts.all == 0 ? std::string("Nobody has connected a calendar.")
                              : counts.all == 1
                                  ? std::string("The one connected account is read.")
                                  : "All " + std::to_string(counts.all) + " connected accounts are read."}};
  std::vector<crm::sdk::HealthNote> notes;
  for (std::size_t i = 0; i < counts.first.size(); ++i) {
    const CalendarConnection& each = counts.first[i];
    std::string text = health->owners[i] + ", " + each.provider + " account " + each.account;
    text += each.last_sync_at ? ", read last at " + format_instant(*each.last_sync_at) : ", never read";
    text += each.last_error ? ": " + each.last_error->message : ": it waits for longer than it should.";
    notes.push_back({each.is_active ? HealthLevel::warn : HealthLevel::error, std::move(text), k_accounts_page});
  }
  const std::int64_t more = counts.troubled - static_cast<std::int64_t>(counts.first.size());
  if (more > 0)
    notes.push_back({HealthLevel::warn,
                     std::to_string(more) + (more == 1 ? " more account has" : " more accounts have") + " trouble.",
                     k_accounts_page});
  return notes;
}

std::vector<crm::sdk::HealthNote> outbox_notes(const std::optional<MailHealth>& health) {
  if (!health) return {};
  if (health->counts.unknown.empty())
    return {{HealthLevel::ok, "This version of the module knows every kind of message that waits."}};
  std::vector<crm::sdk::HealthNote> notes;
  for (const UnknownKind& unknown : health->counts.unknown) {
    const bool is_one = unknown.waiting == 1;
    notes.push_back(
        {HealthLevel::warn, std::to_string(unknown.waiting) + (is_one ? " outbox message" : " outbox messages") +
                                " of the unknown kind \"" + unknown.kind + (is_one ? "\" waits" : "\" wait") +
                                ", since " + format_instant(unknown.since) + ". A newer version of the module wrote " +
                                (is_one ? "it" : "them") + " and can deliver " + (is_one ? "it." : "them.")});
  }
  return notes;
}

std::vector<crm::sdk::HealthNote> reminder_notes(const std::optional<MailHealth>& health) {
  if (!health) return {};
  const MailCounts::Reminders& counts = health->counts.reminders;
  const bool is_fine = counts.late == 0 && counts.failed == 0 && (counts.due == 0 || health->halted.empty());
  return {{is_fine ? HealthLevel::ok : HealthLevel::warn,
           "In the last " + std::to_string(k_reminders_counted.count()) + " hours " + std::to_string(counts.sent) +
               " sent, " + std::to_string(counts.late) + " of them late, " + std::to_string(counts.failed) +
               " failed; " + std::to_string(counts.due) + " due now" + because(counts.reason)}};
}

}  // namespace scheduling
