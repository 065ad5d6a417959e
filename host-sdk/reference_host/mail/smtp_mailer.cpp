#include "reference_host/mail/smtp_mailer.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/URI.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "reference_host/mail/address.hpp"
#include "reference_host/mail/smtp_dialogue.hpp"

namespace crm::host {
namespace {

using sdk::Delivery;
using sdk::DeliveryStatus;

std::string from_environment(const char* name, std::string otherwise = {}) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read once, before threads start
  return value != nullptr && *value != '\0' ? value : std::move(otherwise);
}

Delivery to_delivery(const SmtpReply& reply) {
  if (reply.is_ok()) return {DeliveryStatus::accepted, reply.text};
  const bool permanent = reply.code >= 500;
  return {permanent ? DeliveryStatus::permanent : DeliveryStatus::temporary, reply.text};
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_loopback(const std::string& host) { return host == "localhost" || host == "127.0.0.1" || host == "::1"; }

/// Line ends are CRLF and nothing else: a lone CR or LF is how mails are smuggled past servers.
bool has_only_crlf(std::string_view message) {
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i] == '\0') return false;
    if (message[i] == '\n' && (i == 0 || message[i - 1] != '\r')) return false;
    if (message[i] == '\r' && (i + 1 == message.size() || message[i + 1] != '\n')) return false;
  }
  return true;
}

class SmtpMailer final : public sdk::Mailer {
 public:
  SmtpMailer(std::optional<SmtpServer> server, sdk::Log& log)
      : server_(std::move(server)), sender_(from_environment("CRM_SMTP_FROM", "crm@localhost.localdomain")), log_(log) {
    Poco::Net::initializeSSL();
  }
  ~SmtpMailer() override { Poco::Net::uninitializeSSL(); }

  bool is_configured() const noexcept override { return server_.has_value(); }

  sdk::Outcome<Delivery> deliver(const sdk::Envelope& envelope, std::string_view message) noexcept override {
    try {
      if (auto wrong = refused(envelope, message)) return sdk::fail(std::move(*wrong));
      const Delivery delivery = converse(envelope, message);
      if (delivery.status != DeliveryStatus::accepted) log_.warning("mail.refused", {{"reply", delivery.reply}});
      return delivery;
    } catch (const Poco::Exception& error) {
      log_.warning("mail.unreachable", {{"what", error.displayText()}});
      return Delivery{DeliveryStatus::temporary, error.displayText()};
    } catch (const std::exception& error) {
      return sdk::fail(sdk::FailureKind::broken, error.what());
    }
  }

 private:
  std::optional<sdk::Failure> refused(const sdk::Envelope& envelope, std::string_view message) const {
    const auto invalid = [](std::string field, std::string why) {
      return sdk::Failure{sdk::FailureKind::invalid, std::move(why), {}, {}, std::move(field)};
    };
    if (!server_) return sdk::Failure{sdk::FailureKind::unavailable, "no mail server is configured", {}, {}, {}};
    if (!envelope.from.empty() && !is_email_address(envelope.from)) return invalid("from", "not an e-mail address");
    if (envelope.to.empty()) return invalid("to", "nobody to send to");
    for (const std::string& to : envelope.to)
      if (!is_email_address(to)) return invalid("to", "not an e-mail address");
    if (!has_only_crlf(message)) return invalid("message", "line ends must be CRLF");
    return std::nullopt;
  }

  Delivery converse(const sdk::Envelope& envelope, std::string_view message) const {
    SmtpDialogue dialogue(*server_);
    if (!dialogue.greeting().is_ok()) return to_delivery(dialogue.greeting());
    if (!server_->user.empty()) {
      if (!dialogue.is_encrypted() && !is_loopback(server_->host))
        return {DeliveryStatus::temporary, "the password is not sent without TLS, which the server does not offer"};
      // A wrong password is ours to mend, so the message stays deliverable.
      if (const SmtpReply reply = dialogue.authenticate(*server_); !reply.is_ok())
        return {DeliveryStatus::temporary, reply.text};
    }
    const std::string from = envelope.from.empty() ? sender_ : envelope.from;
    const bool international =
        !is_ascii(from) || !std::all_of(envelope.to.begin(), envelope.to.end(), [](auto& to) { return is_ascii(to); });
    if (international && !dialogue.offers("SMTPUTF8"))
      return {DeliveryStatus::permanent, "the mail server does not take international addresses"};
    SmtpReply reply = dialogue.command("MAIL FROM:<" + from + ">" + (international ? " SMTPUTF8" : ""));
    for (auto to = envelope.to.begin(); reply.is_ok() && to != envelope.to.end(); ++to)
      reply = dialogue.command("RCPT TO:<" + *to + ">");
    if (reply.is_ok()) reply = dialogue.command("DATA");
    if (reply.is_ok()) reply = dialogue.send_message(message);
    return to_delivery(reply);
  }

  std::optional<SmtpServer> server_;
  std::string sender_;
  sdk::Log& log_;
};

std::optional<SmtpServer> parse_server(const std::string& url, sdk::Log& log) {
  if (url.empty()) return std::nullopt;
  try {
    const Poco::URI uri(url);
    if (uri.getScheme() != "smtp" || uri.getHost().empty() || !uri.getUserInfo().empty())
      throw Poco::SyntaxException("expected smtp://host:port without user or password");
    return SmtpServer{uri.getHost(), uri.getPort() == 0 ? std::uint16_t{25} : uri.getPort(),
                      from_environment("CRM_SMTP_USER"), from_environment("CRM_SMTP_PASSWORD")};
  } catch (const Poco::Exception& error) {
    log.error("mail.bad_url", {{"what", error.displayText()}});
    return std::nullopt;
  }
}

}  // namespace

std::unique_ptr<sdk::Mailer> make_smtp_mailer(const std::string& url, sdk::Log& log) {
  return std::make_unique<SmtpMailer>(parse_server(url, log), log);
}

}  // namespace crm::host
