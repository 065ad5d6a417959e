#pragma once
/// The SDK's Mailer, carrying mail to one SMTP server.
///
/// Thread: any. One connection is kept for the next message; callers at the same time open their own.
#include <memory>

#include "crm/sdk/mailer.hpp"
#include "crm/sdk/services.hpp"
#include "reference_host/mail/smtp_settings.hpp"

namespace crm::app {

std::unique_ptr<sdk::Mailer> make_smtp_mailer(SmtpSettings settings, sdk::Log& log);

}  // namespace crm::app
