#pragma once
/// Whether mail can leave, in words for administrators; and the mail that tries it out.
#include <string>
#include <vector>

#include "crm/sdk/database.hpp"
#include "crm/sdk/health.hpp"
#include "crm/sdk/mailer.hpp"

namespace crm::app {

/// At least one note. Thread: any. Cost: none; nobody is connected to.
std::vector<sdk::HealthNote> mail_health(const sdk::Mailer& mailer);

/// Sends a test mail to `to`, an e-mail address. `site`: the CRM's own address, which the mail names.
sdk::Outcome<sdk::Delivery> send_test(sdk::Mailer& mailer, const std::string& to, const std::string& site,
                                      sdk::Micros now);

}  // namespace crm::app
