#pragma once
/// One conversation with an SMTP server (RFC 5321), from connecting to QUIT.
///
/// Throws Poco exceptions for lost connections and time-outs; refusals of the server are replies.
/// Thread: one.
#include <Poco/Net/DialogSocket.h>

#include <string>
#include <string_view>
#include <vector>

namespace crm::host {

struct SmtpServer {
  std::string host;
  std::uint16_t port = 25;
  std::string user;  ///< empty: no AUTH
  std::string password;
};

struct SmtpReply {
  int code = 0;
  std::string text;
  bool is_ok() const { return code >= 200 && code < 400; }
};

class SmtpDialogue {
 public:
  /// Connects and reads the greeting, says EHLO, and goes on under TLS when the server offers it.
  explicit SmtpDialogue(const SmtpServer& server);
  ~SmtpDialogue();
  /// The reply that ended the opening: not ok when the server does not want us.
  const SmtpReply& greeting() const { return greeting_; }
  bool offers(std::string_view extension) const;
  bool is_encrypted() const { return encrypted_; }
  SmtpReply authenticate(const SmtpServer& server);
  SmtpReply command(const std::string& line);
  /// After a 354: the message with its dots doubled, and the final dot.
  SmtpReply send_message(std::string_view message);

 private:
  void say_hello();
  void start_tls(const std::string& host);
  void send_all(std::string_view bytes);
  SmtpReply read_reply();

  Poco::Net::DialogSocket socket_;
  SmtpReply greeting_;
  std::vector<std::string> extensions_;  ///< upper case: "STARTTLS", "AUTH PLAIN LOGIN"
  bool encrypted_ = false;
};

}  // namespace crm::host
