#pragma once
/// What the services found, as the CRM's administrators read it.
#include <optional>
#include <vector>

#include "crm/sdk/health.hpp"
#include "crm/sdk/mailer.hpp"
#include "plugin/services/booking/network_watch.hpp"
#include "plugin/services/calendars/calendar_overview.hpp"
#include "plugin/services/outbox/mail_overview.hpp"
#include "plugin/services/zone_data/zone_data_watch.hpp"

namespace scheduling {

/// What would stop with the module, in numbers.
std::vector<crm::sdk::HealthNote> usage_notes(const std::optional<MailHealth>& health);
std::vector<crm::sdk::HealthNote> zone_notes(const ZoneDataWatch& watch);
/// Nothing before anybody looked.
std::vector<crm::sdk::HealthNote> mail_notes(const std::optional<MailHealth>& health);
/// Nothing unless mail leaves from an address that nobody chose.
std::vector<crm::sdk::HealthNote> sender_notes(const crm::sdk::Mailer& mailer);
/// What the limits of public bookings hold back, and where they cannot hold.
std::vector<crm::sdk::HealthNote> abuse_notes(const std::optional<MailHealth>& health, const NetworkWatch& networks,
                                              const Clock& clock);
/// Accounts at calendar providers that are broken or not read, by name.
std::vector<crm::sdk::HealthNote> calendar_notes(const std::optional<CalendarHealth>& health);
/// Messages that no worker of this version delivers.
std::vector<crm::sdk::HealthNote> outbox_notes(const std::optional<MailHealth>& health);
std::vector<crm::sdk::HealthNote> reminder_notes(const std::optional<MailHealth>& health);

}  // namespace scheduling
