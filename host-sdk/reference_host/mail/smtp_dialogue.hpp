#pragma once
/// One conversation with an SMTP server (RFC 5321), from connecting to QUIT; several messages may pass in it.
///
/// Errors: Poco exceptions for lost connections, time-outs and nonsense; after one the dialogue is not
///         is_usable(). Refusals are replies, but for those of the opening.
/// Thread: one.
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/mail/smtp_settings.hpp"
#include "reference_host/mail/smtp_wire.hpp"

namespace crm::app {

struct SmtpReply {
  int code = 0;
  std::vector<std::string> lines;  ///< without the code
  bool is_ok() const { return code >= 200 && code < 300; }
  std::string text() const;  ///< one clean line, the code first
};

class SmtpDialogue {
 public:
  using Deadline = SmtpWire::Deadline;

  /// Connects, says EHLO, goes on under TLS when that is wanted or offered, and logs in. Throws
  /// SMTPException with the server's words when it does not want us.
  SmtpDialogue(const SmtpServer& server, const SmtpPatience& patience, Deadline until);
  ~SmtpDialogue();  ///< says QUIT when the server still listens
  SmtpDialogue(const SmtpDialogue&) = delete;
  SmtpDialogue& operator=(const SmtpDialogue&) = delete;

  /// What follows is over by then.
  void work_until(Deadline until) { until_ = until; }
  bool offers(std::string_view extension) const;
  SmtpReply command(std::string_view line);
  /// command() in two halves: several commands may be said before the first reply is heard where the server offers
  /// PIPELINING (RFC 2920). They leave together, at the first hear(); replies come in the order of the commands.
  void say(std::string_view line);
  SmtpReply hear();
  /// Nothing more is said, not even QUIT: for a server that waits for what we will not send.
  void abandon() { in_step_ = false; }
  /// After a 354: the message with its dots doubled, and the final dot.
  SmtpReply send_message(std::string_view message);
  /// Whether another message may follow: both sides know where they are, and nobody said good-bye.
  bool is_usable() const { return in_step_; }
  int messages() const { return messages_; }

 private:
  void greet(const SmtpServer& server);
  SmtpTrust trust_in(const SmtpServer& server) const;
  void say_hello();
  void log_in(const SmtpServer& server);
  SmtpReply authenticate(const SmtpServer& server);
  SmtpReply read_reply(Deadline until);
  Deadline within(std::chrono::milliseconds patience) const;

  SmtpPatience patience_;
  Deadline until_;
  SmtpWire wire_;
  std::vector<std::string> extensions_;  ///< upper case: "STARTTLS", "AUTH PLAIN LOGIN"
  std::string unsent_;
  int awaited_ = 0;  ///< replies to what was said and not heard
  bool in_step_ = false;
  int messages_ = 0;
};

}  // namespace crm::app
