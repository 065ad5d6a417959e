#pragma once
/// The SDK's Mailer over Poco's SMTP client.
#include <memory>
#include <string>

#include "crm/sdk/mailer.hpp"
#include "crm/sdk/services.hpp"

namespace crm::host {

/// `url`: smtp://host:port; empty: not configured.
std::unique_ptr<sdk::Mailer> make_smtp_mailer(const std::string& url, sdk::Log& log);

}  // namespace crm::host
