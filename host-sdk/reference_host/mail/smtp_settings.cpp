#include "reference_host/mail/smtp_settings.hpp"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <unistd.h>

#include <cstdlib>

#include "reference_host/mail/address.hpp"

namespace crm::app {
namespace {

constexpr std::uint16_t k_port = 25;
constexpr std::uint16_t k_tls_port = 465;

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read once, before threads start
  return value != nullptr ? value : "";
}

crm::sdk::Unexpected<sdk::Failure> wrong(const std::string& name, const std::string& why) {
  return sdk::fail({sdk::FailureKind::invalid, name + ": " + why, {}, {}, name});
}

std::optional<SmtpServer> parse_server(const std::string& url) {
  try {
    const Poco::URI uri(url);
    const bool at_once = uri.getScheme() == "smtps";
    const bool is_bare = uri.getUserInfo().empty() && uri.getPathAndQuery().empty() && uri.getFragment().empty();
    if ((uri.getScheme() != "smtp" && !at_once) || uri.getHost().empty() || !is_bare) return std::nullopt;
    SmtpServer server;
    server.host = uri.getHost();
    server.port = uri.getSpecifiedPort() != 0 ? uri.getSpecifiedPort() : at_once ? k_tls_port : k_port;
    server.tls_at_once = at_once;
    return server;
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace

sdk::Outcome<SmtpSettings> smtp_settings(const std::string& url) {
  SmtpSettings settings;
  if (const std::string sender = from_environment("CRM_SMTP_FROM"); !sender.empty()) {
    settings.sender = sender;
    settings.has_sender = true;
  }
  if (!is_email_address(settings.sender)) return wrong("CRM_SMTP_FROM", "must be an e-mail address and nothing else");
  const std::string tls = from_environment("CRM_SMTP_TLS");
  if (!tls.empty() && tls != "required") return wrong("CRM_SMTP_TLS", "must be 'required' or empty");
  if (url.empty()) return settings;
  settings.server = parse_server(url);
  if (!settings.server)
    return wrong("--smtp-url",
                 "must be smtp://host:port or smtps://host:port; user and password come from "
                 "CRM_SMTP_USER and CRM_SMTP_PASSWORD");
  settings.server->tls_required = !tls.empty();
  settings.server->ca_file = from_environment("CRM_SMTP_CA_FILE");
  if (const std::string& file = settings.server->ca_file; !file.empty() && ::access(file.c_str(), R_OK) != 0)
    return wrong("CRM_SMTP_CA_FILE", file + " cannot be read");
  settings.server->user = from_environment("CRM_SMTP_USER");
  settings.server->password = from_environment("CRM_SMTP_PASSWORD");
  return settings;
}

}  // namespace crm::app
