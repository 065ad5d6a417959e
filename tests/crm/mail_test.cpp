// The mailer's words and rules, against a server that follows a script; what a real one does stands in
// mail_delivery_test.cpp.
#include <gtest/gtest.h>

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <cstdlib>
#include <thread>

#include "reference_host/mail/address.hpp"
#include "reference_host/mail/clean_line.hpp"
#include "reference_host/mail/smtp_mailer.hpp"
#include "tests/integration/pg_fixture.hpp"

namespace crm::test {
namespace {

using sdk::FailureKind;

constexpr const char* k_message = "Subject: Hi\r\nFrom: <a@x.test>\r\n\r\nend\r\n";

/// Answers each command with the next line of a script, and keeps what it was told.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<std::string> replies)
      : socket_(Poco::Net::SocketAddress("127.0.0.1", 0)),
        thread_([this, replies = std::move(replies)] { serve(replies); }) {}
  ~ScriptedServer() {
    if (thread_.joinable()) thread_.join();
  }
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(socket_.address().port()); }
  /// After the client has gone.
  const std::string& heard() {
    thread_.join();
    return heard_;
  }

 private:
  void serve(const std::vector<std::string>& replies) {
    Poco::Net::StreamSocket peer = socket_.acceptConnection();
    peer.setReceiveTimeout(Poco::Timespan(5, 0));
    for (const std::string& reply : replies) {
      peer.sendBytes(reply.data(), static_cast<int>(reply.size()));
      char buffer[4096];
      try {
        const int got = peer.receiveBytes(buffer, sizeof buffer);
        if (got <= 0) return;
        heard_.append(buffer, static_cast<std::size_t>(got));
      } catch (const Poco::Exception&) {
        return;
      }
    }
  }

  std::string heard_;
  Poco::Net::ServerSocket socket_;
  std::thread thread_;
};

/// An environment variable, for as long as the object lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

app::SmtpSettings settings_for(const std::string& url) {
  auto settings = app::smtp_settings(url);
  EXPECT_TRUE(settings) << settings.error().message;
  return settings.value_or(app::SmtpSettings{});
}

sdk::Outcome<sdk::Delivery> deliver(const app::SmtpSettings& settings, const std::string& to = "b@x.test") {
  MemoryLog log;
  return app::make_smtp_mailer(settings, log)->deliver({"a@x.test", {to}}, k_message);
}
sdk::Outcome<sdk::Delivery> deliver(const ScriptedServer& server, const std::string& to = "b@x.test") {
  return deliver(settings_for(server.url()), to);
}

/// "unavailable: words", or "temporary: words" and so on.
std::string outcome(const sdk::Outcome<sdk::Delivery>& delivery) {
  constexpr const char* names[] = {"accepted: ", "temporary: ", "permanent: "};
  if (delivery) return names[static_cast<int>(delivery->status)] + delivery->reply;
  return (delivery.error().kind == FailureKind::unavailable ? "unavailable: " : "another failure: ") +
         delivery.error().message;
}

TEST(Mailer, AServerThatDoesNotWantUsIsUnavailable) {
  ScriptedServer greets({"554 go\taway\r\n"});
  EXPECT_EQ(outcome(deliver(greets)), "unavailable: 554 go away");
  ScriptedServer says_hello({"220 hi\r\n", "421 too busy\r\n"});
  EXPECT_EQ(outcome(deliver(says_hello)), "unavailable: 421 too busy");
  ScriptedServer starts_tls({"220 hi\r\n", "250-me\r\n250 STARTTLS\r\n", "454 no key\r\n"});
  EXPECT_EQ(outcome(deliver(starts_tls)), "unavailable: 454 no key");
  ScriptedServer other({"HTTP/1.1 400 Bad Request\r\n"});
  EXPECT_EQ(outcome(deliver(other)), "unavailable: Protocol error: this is no mail server");
  ScriptedServer endless({std::string(10'000, 'a')});
  EXPECT_EQ(outcome(deliver(endless)), "unavailable: Protocol error: the mail server's line does not end");
}

TEST(Mailer, SpeaksToServersWithoutEhlo) {
  ScriptedServer server({"220 hi\r\n", "500 what\r\n", "250 me\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n",
                         "250 done\r\n", "221 bye\r\n"});
  EXPECT_EQ(outcome(deliver(server)), "accepted: 250 done");
  EXPECT_NE(server.heard().find("\r\nHELO "), std::string::npos);
}

TEST(Mailer, SaysGoodByeToTheConnectionItKept) {
  ScriptedServer server({"220 hi\r\n", "250-me\r\n250 8BITMIME\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n",
                         "250 done\r\n", "221 bye\r\n"});
  EXPECT_EQ(outcome(deliver(server)), "accepted: 250 done");
  EXPECT_TRUE(server.heard().ends_with("end\r\n.\r\nQUIT\r\n")) << server.heard();
}

TEST(Mailer, LogsInTheOtherWayWhereThatIsAllThereIs) {
  app::SmtpSettings settings;
  ScriptedServer server({"220 hi\r\n", "250-me\r\n250 AUTH LOGIN\r\n", "334 VXNlcg==\r\n", "334 UGFzcw==\r\n",
                         "235 in\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 done\r\n", "221 bye\r\n"});
  settings = settings_for(server.url());
  settings.server->user = "ada";
  settings.server->password = "secret";
  EXPECT_EQ(outcome(deliver(settings)), "accepted: 250 done");
  EXPECT_NE(server.heard().find("AUTH LOGIN\r\nYWRh\r\nc2VjcmV0\r\nMAIL"), std::string::npos);
}

TEST(Mailer, WithoutAnOfferedLogInTheServerIsUnavailable) {
  ScriptedServer server({"220 hi\r\n", "250 me\r\n"});
  app::SmtpSettings settings = settings_for(server.url());
  settings.server->user = "ada";
  EXPECT_EQ(outcome(deliver(settings)), "unavailable: the mail server offers no log-in");
}

TEST(Mailer, ReportsRepliesAsOneCleanLine) {
  ScriptedServer server(
      {"220 hi\r\n", "250 me\r\n", "250 ok\r\n", "550-no  such\x07\r\n550-\r\n550 mailb\xffox\r\n", "221 bye\r\n"});
  EXPECT_EQ(outcome(deliver(server)), "permanent: 550 no such mailb?ox");
  EXPECT_EQ(app::clean_line(" \r\n a\u0085b\u00e9 "), "a b\u00e9");
  EXPECT_EQ(app::clean_line(std::string(499, 'a') + "\u00e9").size(), 499u) << "no half characters";
  EXPECT_EQ(app::clean_line(std::string(5000, 'a')).size(), 500u);
}

TEST(Mailer, RefusesWhatCouldBecomeACommand) {
  MemoryLog log;
  const auto mailer = app::make_smtp_mailer(settings_for("smtp://127.0.0.1:1"), log);
  for (const char* to : {"a@x.test>\r\nRCPT TO:<b@x.test", "a@x.test\n", "<a@x.test>", "a b@x.test", ""}) {
    const auto refused = mailer->deliver({"", {to}}, k_message);
    ASSERT_FALSE(refused) << to;
    EXPECT_EQ(refused.error().kind, FailureKind::invalid);
  }
  EXPECT_FALSE(mailer->deliver({"", {}}, k_message));
  EXPECT_EQ(mailer->deliver({"", {"a@x.test"}}, "Subject: x\n\nbare\r\n").error().field, "message");
  EXPECT_EQ(mailer->deliver({"", {"a@x.test"}}, "Subject: x\r\n\r\n\r.\r\n").error().field, "message");
  const auto none = app::make_smtp_mailer(settings_for(""), log);
  EXPECT_FALSE(none->is_configured());
  EXPECT_EQ(none->deliver({"", {"a@x.test"}}, k_message).error().kind, FailureKind::unavailable);
}

TEST(SmtpSettings, ReadsAddressAndEnvironment) {
  const auto plain = settings_for("smtp://mail.test");
  EXPECT_EQ(plain.server->port, 25);
  EXPECT_FALSE(plain.server->tls_at_once || plain.server->tls_required);
  EXPECT_EQ(plain.sender, "crm@localhost.localdomain");
  EXPECT_EQ(settings_for("smtps://mail.test").server->port, 465);
  EXPECT_TRUE(settings_for("smtps://mail.test").server->tls_at_once);
  EXPECT_EQ(settings_for("smtp://[::1]:2525").server->host, "::1");
  EXPECT_EQ(settings_for("smtp://[::1]:2525").server->port, 2525);
  EXPECT_FALSE(settings_for("").server);
  const Variable user("CRM_SMTP_USER", "ada"), password("CRM_SMTP_PASSWORD", "secret"), tls("CRM_SMTP_TLS", "required"),
      ca("CRM_SMTP_CA_FILE", "/dev/null"), from("CRM_SMTP_FROM", "crm@x.test");
  const auto full = settings_for("smtp://mail.test:587");
  EXPECT_EQ(full.server->user + " " + full.server->password + " " + full.server->ca_file, "ada secret /dev/null");
  EXPECT_TRUE(full.server->tls_required);
  MemoryLog log;
  EXPECT_EQ(app::make_smtp_mailer(full, log)->sender(), "crm@x.test");
}

TEST(SmtpSettings, RefusesWhatWouldMeanSomethingElse) {
  for (const char* url : {"smtp://ada:secret@mail.test", "http://mail.test", "smtp://", "smtp://mail.test/queue",
                          "smtp://mail.test:port", "mail.test"}) {
    const auto refused = app::smtp_settings(url);
    ASSERT_FALSE(refused) << url;
    EXPECT_EQ(refused.error().field, "--smtp-url");
    EXPECT_EQ(refused.error().message.find("secret"), std::string::npos);
  }
  {
    const Variable tls("CRM_SMTP_TLS", "require");
    EXPECT_EQ(app::smtp_settings("smtp://mail.test").error().field, "CRM_SMTP_TLS") << "a typo must not turn TLS off";
  }
  {
    const Variable ca("CRM_SMTP_CA_FILE", "/nowhere/ca.pem");
    EXPECT_EQ(app::smtp_settings("smtp://mail.test").error().field, "CRM_SMTP_CA_FILE");
  }
  const Variable from("CRM_SMTP_FROM", "CRM <crm@x.test>");
  EXPECT_EQ(app::smtp_settings("").error().field, "CRM_SMTP_FROM");
}

TEST(EmailAddresses, AreCheckedAndCompared) {
  for (const char* good : {"a@b.test", "first.last+tag@sub.example.com", "zoë@exämple.test", "o'neil@x-y.test"})
    EXPECT_TRUE(app::is_email_address(good)) << good;
  for (const char* bad :
       {"", "a", "a@b", "@b.test", "a@", "a@@b.test", "a b@c.test", ".a@b.test", "a..b@c.test", "a@-b.test",
        "a@b..test", "a@b.1", "a@b.test\r\n", "\"a\"@b.test", "a@[127.0.0.1]", "a,b@c.test"})
    EXPECT_FALSE(app::is_email_address(bad)) << bad;
  EXPECT_FALSE(app::is_email_address(std::string(65, 'a') + "@b.test"));
  EXPECT_EQ(app::email_key("  Ann@Example.TEST "), "ann@example.test");
  EXPECT_EQ(app::email_key("Zo\u00eb@X.test"), app::email_key("ZOE\u0308@x.test"));
  EXPECT_EQ(app::email_key("\uff21nn@x.test"), "ann@x.test") << "full-width letters";
  EXPECT_EQ(app::email_key("STRASSE@x.test"), app::email_key("straße@x.test"));
  EXPECT_NE(app::email_key("a@x.test"), app::email_key("b@x.test"));
}

TEST(EmailAddresses, OfInternationalDomainsAreOneInBothSpellings) {
  EXPECT_EQ(app::email_key("Info@B\u00fccher.example"), "info@xn--bcher-kva.example");
  EXPECT_EQ(app::email_key("info@XN--bcher-kva.example"), "info@xn--bcher-kva.example");
  EXPECT_EQ(app::email_keys("ann@x.test"), std::vector<std::string>{"ann@x.test"});
  const std::vector<std::string> both{"info@xn--bcher-kva.example", "info@b\u00fccher.example"};
  EXPECT_EQ(app::email_keys("info@b\u00fccher.example"), both) << "rows of earlier versions have the other one";
  EXPECT_EQ(app::email_keys("INFO@xn--bcher-kva.example"), both);
  EXPECT_EQ(app::envelope_address("Zo\u00eb@b\u00fccher.example"), "Zo\u00eb@xn--bcher-kva.example");
  EXPECT_EQ(app::envelope_address("Ann@X.test"), "Ann@X.test");
  for (const char* bad : {"a@xn--a.example", "a@b\u00fc_cher.example", "a@b\u00fccher"})
    EXPECT_FALSE(app::is_email_address(bad)) << bad;
}

}  // namespace
}  // namespace crm::test
