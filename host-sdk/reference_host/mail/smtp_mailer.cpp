#include "reference_host/mail/smtp_mailer.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLManager.h>

#include <algorithm>
#include <exception>
#include <optional>

#include "reference_host/mail/address.hpp"
#include "reference_host/mail/clean_line.hpp"
#include "reference_host/mail/smtp_connection_cache.hpp"

namespace crm::app {
namespace {

using sdk::Delivery;
using sdk::DeliveryStatus;
using sdk::Outcome;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Line ends are CRLF and nothing else: a lone CR or LF is how mails are smuggled past servers.
bool has_only_crlf(std::string_view message) {
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i] == '\0') return false;
    if (message[i] == '\n' && (i == 0 || message[i - 1] != '\r')) return false;
    if (message[i] == '\r' && (i + 1 == message.size() || message[i + 1] != '\n')) return false;
  }
  return true;
}

std::string words_of(const Poco::Exception& error) {
  const bool is_quoted = dynamic_cast<const Poco::Net::SMTPException*>(&error) != nullptr;
  return clean_line(is_quoted ? error.message() : error.displayText());
}

/// A refusal that concerns this message: of a recipient, of DATA, or of the message itself.
Delivery refusal(const SmtpReply& reply) {
  return {reply.code >= 500 ? DeliveryStatus::permanent : DeliveryStatus::temporary, reply.text()};
}

struct Mail {
  std::string from;
  const std::vector<std::string>& to;
  std::string_view message;
  bool is_international() const {
    return !is_ascii(from) || !std::all_of(to.begin(), to.end(), [](auto& one) { return is_ascii(one); });
  }
};

class SmtpMailer final : public sdk::Mailer {
 public:
  SmtpMailer(SmtpSettings settings, sdk::Log& log)
      : settings_(std::move(settings)), log_(log), kept_(settings_.patience.idle) {}

  bool is_configured() const noexcept override { return settings_.server.has_value(); }

  std::string sender() const noexcept override { return settings_.sender; }
  bool has_sender() const noexcept override { return settings_.has_sender; }

  Outcome<Delivery> deliver(const sdk::Envelope& envelope, std::string_view message) noexcept override {
    try {
      if (auto wrong = refused(envelope, message)) return sdk::fail(std::move(*wrong));
      std::vector<std::string> to;
      for (const std::string& one : envelope.to) to.push_back(envelope_address(one));
      auto delivery = carry({envelope_address(envelope.from.empty() ? settings_.sender : envelope.from), to, message});
      if (!delivery)
        log_.warning("mail.unavailable", {{"what", delivery.error().message}});
      else if (delivery->status != DeliveryStatus::accepted)
        log_.warning("mail.refused", {{"reply", delivery->reply}});
      return delivery;
    } catch (const std::exception& error) {
      return sdk::fail(sdk::FailureKind::broken, error.what());
    }
  }

 private:
  std::optional<sdk::Failure> refused(const sdk::Envelope& envelope, std::string_view message) const {
    const auto invalid = [](std::string field, std::string why) {
      return sdk::Failure{sdk::FailureKind::invalid, std::move(why), {}, {}, std::move(field)};
    };
    if (!settings_.server)
      return sdk::Failure{sdk::FailureKind::unavailable, "no mail server is configured", {}, {}, {}};
    if (!envelope.from.empty() && !is_email_address(envelope.from)) return invalid("from", "not an e-mail address");
    if (envelope.to.empty()) return invalid("to", "nobody to send to");
    for (const std::string& to : envelope.to)
      if (!is_email_address(to)) return invalid("to", "not an e-mail address");
    if (!has_only_crlf(message)) return invalid("message", "line ends must be CRLF");
    return std::nullopt;
  }

  /// Up to MAIL FROM, trouble is the server's and the same for every message; after it, this message's.
  Outcome<Delivery> carry(const Mail& mail) {
    const auto until = std::chrono::steady_clock::now() + settings_.patience.delivery;
    std::unique_ptr<SmtpDialogue> dialogue = kept_.take();
    if (dialogue && !goes_on(*dialogue, mail, until)) dialogue.reset();
    try {
      if (!dialogue) dialogue = open(mail, until);
    } catch (const Poco::Exception& error) {
      return sdk::fail(sdk::FailureKind::unavailable, words_of(error));
    }
    Delivery delivery;
    try {
      delivery = hand_over(*dialogue, mail);
    } catch (const Poco::Exception& error) {
      return Delivery{DeliveryStatus::temporary, words_of(error)};
    }
    kept_.keep(std::move(dialogue));
    return delivery;
  }

  /// Whether the kept dialogue takes another message. Nobody was named yet, so a dead one costs nothing but
  /// another connection.
  bool goes_on(SmtpDialogue& dialogue, const Mail& mail, SmtpDialogue::Deadline until) const {
    try {
      dialogue.work_until(until);
      return begin(dialogue, mail, Begins::again).is_ok();
    } catch (const Poco::Exception&) {
      return false;
    }
  }

  std::unique_ptr<SmtpDialogue> open(const Mail& mail, SmtpDialogue::Deadline until) const {
    auto dialogue = std::make_unique<SmtpDialogue>(*settings_.server, settings_.patience, until);
    if (const SmtpReply reply = begin(*dialogue, mail, Begins::first); !reply.is_ok())
      throw Poco::Net::SMTPException(reply.text(), reply.code);
    return dialogue;
  }

  enum class Begins { first, again };

  static bool is_beyond(const SmtpDialogue& dialogue, const Mail& mail) {
    return mail.is_international() && !dialogue.offers("SMTPUTF8");
  }

  /// Whether all commands up to DATA leave in one go. Not with several recipients: when one is refused nobody shall get
  /// the message, and a server that has said 354 waits for it.
  static bool leaves_at_once(const SmtpDialogue& dialogue, const Mail& mail) {
    return dialogue.offers("PIPELINING") && mail.to.size() == 1 && !is_beyond(dialogue, mail);
  }

  /// Until the server knows the sender; a dialogue that has carried a message begins with RSET, which shows whether it
  /// is still there.
  static SmtpReply begin(SmtpDialogue& dialogue, const Mail& mail, Begins begins) {
    const bool at_once = leaves_at_once(dialogue, mail);
    if (begins == Begins::again && !at_once)
      if (SmtpReply reply = dialogue.command("RSET"); !reply.is_ok()) return reply;
    // Without the extension hand_over() refuses the message, so nothing is begun that would offend the server.
    if (is_beyond(dialogue, mail)) return SmtpReply{250, {}};
    if (!at_once) return dialogue.command(sender_command(dialogue, mail));
    if (begins == Begins::again) dialogue.say("RSET");
    dialogue.say(sender_command(dialogue, mail));
    dialogue.say("RCPT TO:<" + mail.to.front() + ">");
    dialogue.say("DATA");
    if (begins == Begins::again)
      if (SmtpReply reply = dialogue.hear(); !reply.is_ok()) return reply;
    return dialogue.hear();
  }

  static std::string sender_command(const SmtpDialogue& dialogue, const Mail& mail) {
    std::string command = "MAIL FROM:<" + mail.from + ">";
    if (!is_ascii(mail.message) && dialogue.offers("8BITMIME")) command += " BODY=8BITMIME";
    if (mail.is_international()) command += " SMTPUTF8";
    return command;
  }

  static Delivery hand_over(SmtpDialogue& dialogue, const Mail& mail) {
    if (is_beyond(dialogue, mail))
      return {DeliveryStatus::permanent, "the mail server does not take international addresses"};
    const bool at_once = leaves_at_once(dialogue, mail);
    if (auto refused = name_recipients(dialogue, mail, at_once)) return *refused;
    const SmtpReply data = at_once ? dialogue.hear() : dialogue.command("DATA");
    if (data.code != 354) return refusal(data);
    const SmtpReply verdict = dialogue.send_message(mail.message);
    return verdict.is_ok() ? Delivery{DeliveryStatus::accepted, verdict.text()} : refusal(verdict);
  }

  static std::optional<Delivery> name_recipients(SmtpDialogue& dialogue, const Mail& mail, bool at_once) {
    for (const std::string& to : mail.to) {
      const SmtpReply reply = at_once ? dialogue.hear() : dialogue.command("RCPT TO:<" + to + ">");
      if (reply.is_ok()) continue;
      if (at_once) end_refused(dialogue);
      return refusal(reply);
    }
    return std::nullopt;
  }

  /// DATA has left already, and its reply says nothing new. A server that goes on all the same is left alone: it may
  /// take the end of an empty message for a mail.
  static void end_refused(SmtpDialogue& dialogue) {
    try {
      if (dialogue.hear().code == 354) dialogue.abandon();
    } catch (const Poco::Exception&) {
      dialogue.abandon();
    }
  }

  /// Poco's TLS counts its users; it must be up before the first context and down after the last.
  struct Tls {
    Tls() { Poco::Net::initializeSSL(); }
    ~Tls() { Poco::Net::uninitializeSSL(); }
  };

  Tls tls_;
  SmtpSettings settings_;
  sdk::Log& log_;
  SmtpConnectionCache kept_;
};

}  // namespace

std::unique_ptr<sdk::Mailer> make_smtp_mailer(SmtpSettings settings, sdk::Log& log) {
  return std::make_unique<SmtpMailer>(std::move(settings), log);
}

}  // namespace crm::app
