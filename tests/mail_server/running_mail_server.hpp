#pragma once
/// mail_server.py as a process of its own, for as long as the object lives.
///
///     RunningMailServer server({.tls = MailServerTls::starttls, .certificate = ca.issue()});
///     … deliver to server.url() …
///     EXPECT_EQ(server.mails().at(0).to, std::vector<std::string>{"b@x.test"});
///
/// Errors: std::runtime_error when it does not start or does not answer. Thread: any.
#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/mail_server/test_certificates.hpp"

namespace crm::test {

enum class MailServerTls { none, starttls, implicit };

struct MailServerOptions {
  MailServerTls tls = MailServerTls::none;
  CertificateFiles certificate{};
  std::string user{};  ///< empty: no log-in
  std::string password{};
  bool smtputf8 = true;
  bool pipelining = false;
};

struct ReceivedMail {
  int connection = 0;  ///< 1 for the first that was opened
  std::string from;
  std::vector<std::string> to;
  bool tls = false;
  std::string user;  ///< empty: nobody logged in
  std::string raw;   ///< as it was sent, dots undoubled
};

/// As Fault in mail_server.py.
struct MailFault {
  std::string stage;  ///< connect, auth, mail, rset, rcpt, data, after_data
  int code = 0;
  std::string text = "injected";
  int count = 1;        ///< 0: until clear_faults()
  std::string match{};  ///< part of a recipient; empty: any
  int delay_ms = 0;
  bool drop = false;
};

class RunningMailServer {
 public:
  explicit RunningMailServer(MailServerOptions options = {});
  ~RunningMailServer();
  RunningMailServer(const RunningMailServer&) = delete;
  RunningMailServer& operator=(const RunningMailServer&) = delete;

  int port() const { return port_; }
  int control_port() const { return control_port_; }
  /// "smtp://127.0.0.1:…", or "smtps://…".
  std::string url(const std::string& host = "127.0.0.1") const;

  std::vector<ReceivedMail> mails() const;  ///< in the order of their arrival
  void forget_mails();
  void add_fault(const MailFault& fault);
  void clear_faults();
  int connections_opened() const;
  int connections_open() const;
  int commands_ahead() const;  ///< that came before the reply to the one before them had left
  void drop_connections();

 private:
  std::string control(const std::string& method, const std::string& path, const std::string& body = "") const;
  int connections(const std::string& which) const;

  MailServerOptions options_;
  pid_t process_ = -1;
  int port_ = 0;
  int control_port_ = 0;
};

}  // namespace crm::test
