#pragma once
/// How mail leaves this instance: --smtp-url, and the CRM_SMTP_… variables of the environment.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "crm/sdk/outcome.hpp"

namespace crm::app {

struct SmtpServer {
  std::string host;
  std::uint16_t port = 25;
  bool tls_at_once = false;   ///< TLS from the first byte; else STARTTLS where it is offered
  bool tls_required = false;  ///< without TLS nothing is sent
  std::string ca_file;        ///< PEM; trusted besides the system's authorities; may be empty
  std::string user;           ///< empty: no AUTH
  std::string password;
};

/// How long things may take. Looking up the server's name is not counted: the resolver has limits of its own.
struct SmtpPatience {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds reply{30'000};      ///< to one command; also for taking a part of the message
  std::chrono::milliseconds verdict{60'000};    ///< after the final dot: many servers scan the message then
  std::chrono::milliseconds delivery{120'000};  ///< everything together
  std::chrono::milliseconds idle{20'000};       ///< a connection that waits for the next message
};

struct SmtpSettings {
  std::optional<SmtpServer> server;  ///< empty: no mail is sent
  std::string sender = "crm@localhost.localdomain";
  bool has_sender = false;  ///< CRM_SMTP_FROM is set
  SmtpPatience patience;
};

/// `url`: smtp://host[:port] (25), smtps://host[:port] (465), or empty.
/// Environment: CRM_SMTP_USER, CRM_SMTP_PASSWORD, CRM_SMTP_FROM, CRM_SMTP_TLS=required, CRM_SMTP_CA_FILE.
/// Errors: `invalid` says what is wrong, and never holds a password. A misspelt "required" is one, too:
/// it must not turn into mail without TLS.
sdk::Outcome<SmtpSettings> smtp_settings(const std::string& url);

}  // namespace crm::app
