// The mailer against a real SMTP server: TLS, log-in, refusals, lost connections, and connections kept.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "reference_host/mail/smtp_mailer.hpp"
#include "tests/integration/pg_fixture.hpp"
#include "tests/mail_server/running_mail_server.hpp"

namespace crm::test {
namespace {

using namespace std::chrono_literals;
using sdk::FailureKind;

constexpr const char* k_message = "Subject: Hi\r\nFrom: <a@x.test>\r\n\r\n.leading dot\r\n..two\r\nend\r\n";

/// One host's mailer and one server, made for each other unless the test changes `settings` first.
class MailDelivery : public testing::Test {
 protected:
  RunningMailServer& serve(MailServerOptions options = {}, const std::string& host = "127.0.0.1") {
    server_ = std::make_unique<RunningMailServer>(options);
    settings = app::smtp_settings(server_->url(host)).value();
    settings.server->user = options.user;
    settings.server->password = options.password;
    settings.server->ca_file = authority().ca_file();
    return *server_;
  }
  RunningMailServer& serve_tls(MailServerTls tls, const CertificateFiles& certificate,
                               const std::string& host = "localhost") {
    return serve({.tls = tls, .certificate = certificate, .user = "ada", .password = "secret"}, host);
  }
  static TestAuthority& authority() {
    static TestAuthority one;
    return one;
  }
  /// "accepted", "temporary: words", "permanent: words" or "unavailable: words".
  std::string send(const std::string& to = "b@x.test", const std::string& message = k_message) {
    if (!mailer) mailer = app::make_smtp_mailer(settings, log);
    const auto delivery = mailer->deliver({"a@x.test", {to}}, message);
    if (!delivery)
      return (delivery.error().kind == FailureKind::unavailable ? "unavailable: " : "another failure: ") +
             delivery.error().message;
    if (delivery->status == sdk::DeliveryStatus::accepted) return "accepted";
    return (delivery->status == sdk::DeliveryStatus::temporary ? "temporary: " : "permanent: ") + delivery->reply;
  }
  bool comes_to_open(int connections) {
    for (int i = 0; i < 500 && server_->connections_open() != connections; ++i) std::this_thread::sleep_for(10ms);
    return server_->connections_open() == connections;
  }

  MemoryLog log;
  app::SmtpSettings settings;
  std::unique_ptr<RunningMailServer> server_;
  std::unique_ptr<sdk::Mailer> mailer;
};

/// Servers that take command by command, and those that take several at once.
class EachKindOfServer : public MailDelivery, public testing::WithParamInterface<bool> {};
INSTANTIATE_TEST_SUITE_P(Pipelining, EachKindOfServer, testing::Bool());

TEST_P(EachKindOfServer, LeavesDotsIntact) {
  const auto& server = serve({.pipelining = GetParam()});
  EXPECT_EQ(send(), "accepted");
  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_EQ(mails[0].raw, k_message);
  EXPECT_EQ(mails[0].from, "a@x.test");
  EXPECT_EQ(mails[0].to, std::vector<std::string>{"b@x.test"});
}

TEST_F(MailDelivery, LogsInUnderStartTls) {
  const auto& server = serve_tls(MailServerTls::starttls, authority().issue());
  settings.server->tls_required = true;
  EXPECT_EQ(send(), "accepted");
  EXPECT_TRUE(server.mails().at(0).tls);
  EXPECT_EQ(server.mails().at(0).user, "ada");
}

TEST_F(MailDelivery, LogsInUnderTlsFromTheStart) {
  const auto& server = serve_tls(MailServerTls::implicit, authority().issue("IP:127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(send(), "accepted");
  EXPECT_TRUE(server.mails().at(0).tls);
  EXPECT_EQ(server.mails().at(0).user, "ada");
}

TEST_F(MailDelivery, CarriesALongMessageUnderTls) {
  const auto& server = serve_tls(MailServerTls::starttls, authority().issue());
  std::string message = "Subject: long\r\n\r\n";
  for (int i = 0; i < 100'000; ++i) message += "." + std::to_string(i) + " and so on\r\n";
  EXPECT_EQ(send("b@x.test", message), "accepted");
  EXPECT_EQ(server.mails().at(0).raw, message);
}

TEST_F(MailDelivery, TrustsNoStrangersCertificate) {
  for (const MailServerTls tls : {MailServerTls::starttls, MailServerTls::implicit}) {
    const auto& server = serve_tls(tls, authority().issue());
    settings.server->ca_file.clear();
    settings.server->tls_required = true;
    mailer.reset();
    EXPECT_EQ(send(),
              "unavailable: Certificate validation error: the certificate of localhost is not trusted: "
              "unable to get local issuer certificate");
    EXPECT_TRUE(server.mails().empty());
  }
}

TEST_F(MailDelivery, AsksARelayOnThisMachineForNoProofUnlessTlsIsWanted) {
  const auto& server = serve_tls(MailServerTls::starttls, authority().issue());
  settings.server->ca_file.clear();
  EXPECT_EQ(send(), "accepted");
  EXPECT_TRUE(server.mails().at(0).tls);
}

TEST_F(MailDelivery, TrustsNoCertificateForAnotherHost) {
  for (const MailServerTls tls : {MailServerTls::starttls, MailServerTls::implicit}) {
    for (const char* host : {"localhost", "127.0.0.1"}) {
      const auto& server = serve_tls(tls, authority().issue("DNS:mail.example.test,IP:192.0.2.1"), host);
      mailer.reset();
      EXPECT_TRUE(send().starts_with("unavailable: Certificate validation error: Unacceptable certificate")) << send();
      EXPECT_TRUE(server.mails().empty());
    }
  }
}

TEST_F(MailDelivery, TrustsNoExpiredCertificate) {
  const auto& server = serve_tls(MailServerTls::starttls, authority().issue("DNS:localhost", -1));
  EXPECT_EQ(send(),
            "unavailable: Certificate validation error: the certificate of localhost is not trusted: "
            "certificate has expired");
  EXPECT_TRUE(server.mails().empty());
}

TEST_F(MailDelivery, GoesNowhereWithoutTlsThatIsRequired) {
  const auto& server = serve();
  settings.server->tls_required = true;
  EXPECT_EQ(send(), "unavailable: TLS is required, and the mail server does not offer it");
  EXPECT_TRUE(server.mails().empty());
}

TEST_F(MailDelivery, TlsWithAServerThatSpeaksNoneIsUnavailable) {
  const auto& server = serve();
  settings.server->tls_at_once = true;
  EXPECT_TRUE(send().starts_with("unavailable: ")) << send();
  EXPECT_TRUE(server.mails().empty());
}

TEST_F(MailDelivery, AMissingAuthorityFileIsUnavailable) {
  serve_tls(MailServerTls::starttls, authority().issue());
  settings.server->ca_file = "/nowhere/ca.pem";
  EXPECT_TRUE(send().starts_with("unavailable: ")) << send();
  EXPECT_NE(send().find("/nowhere/ca.pem"), std::string::npos) << send();
}

TEST_F(MailDelivery, AWrongPasswordIsUnavailable) {
  serve_tls(MailServerTls::starttls, authority().issue());
  settings.server->password = "guess";
  EXPECT_TRUE(send().starts_with("unavailable: 535")) << send();
  EXPECT_FALSE(log.has("guess"));
}

TEST_P(EachKindOfServer, RefusedSendersAndClosedPortsAreUnavailable) {
  auto& server = serve({.pipelining = GetParam()});
  server.add_fault({.stage = "mail", .code = 550, .text = "not from you"});
  EXPECT_EQ(send(), "unavailable: 550 not from you");
  server.add_fault({.stage = "connect", .code = 421, .text = "too many"});
  EXPECT_EQ(send(), "unavailable: 421 too many");
  server.add_fault({.stage = "connect", .drop = true});
  EXPECT_TRUE(send().starts_with("unavailable: ")) << "hung up before the greeting";
  server.add_fault({.stage = "mail", .drop = true});
  EXPECT_TRUE(send().starts_with("unavailable: ")) << "hung up before any recipient";
  EXPECT_EQ(send(), "accepted") << "and later it works";
  mailer.reset();
  server_.reset();
  EXPECT_TRUE(send().starts_with("unavailable: Connection refused")) << send();
}

TEST_P(EachKindOfServer, TellsRefusalsForNowFromThoseForGood) {
  auto& server = serve({.pipelining = GetParam()});
  server.add_fault({.stage = "rcpt", .code = 450, .text = "greylisted", .match = "b@x.test"});
  server.add_fault({.stage = "rcpt", .code = 550, .text = "no such mailbox", .match = "c@x.test"});
  server.add_fault({.stage = "data", .code = 451, .text = "disk full"});
  server.add_fault({.stage = "after_data", .code = 552, .text = "too large"});
  EXPECT_EQ(send("c@x.test"), "permanent: 550 no such mailbox");
  EXPECT_EQ(send("b@x.test"), "temporary: 450 greylisted");
  EXPECT_EQ(send(), "temporary: 451 disk full");
  EXPECT_EQ(send(), "permanent: 552 too large");
  EXPECT_TRUE(server.mails().empty());
  EXPECT_EQ(send(), "accepted");
  EXPECT_EQ(server.connections_opened(), 1) << "refusals do not end the conversation";
}

TEST_P(EachKindOfServer, NobodyKnowsWhatBecameOfAMailWithoutVerdict) {
  auto& server = serve({.pipelining = GetParam()});
  server.add_fault({.stage = "after_data", .drop = true});
  EXPECT_TRUE(send().starts_with("temporary: ")) << send();
  server.forget_mails();
  server.add_fault({.stage = "rcpt", .drop = true});
  EXPECT_TRUE(send().starts_with("temporary: ")) << "somebody was named";
  server.add_fault({.stage = "data", .drop = true});
  EXPECT_TRUE(send().starts_with("temporary: "));
  EXPECT_TRUE(server.mails().empty());
}

TEST_F(MailDelivery, OneConnectionCarriesARowOfMails) {
  const auto& server = serve_tls(MailServerTls::starttls, authority().issue());
  for (int i = 0; i < 101; ++i) ASSERT_EQ(send(), "accepted");
  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 101u);
  EXPECT_EQ(mails[0].connection, 1);
  EXPECT_EQ(mails[99].connection, 1);
  EXPECT_EQ(mails[100].connection, 2) << "a hundred are enough";
  mailer.reset();
  EXPECT_TRUE(comes_to_open(0));
}

TEST_P(EachKindOfServer, ADeadConnectionIsReplacedSilently) {
  auto& server = serve({.pipelining = GetParam()});
  EXPECT_EQ(send(), "accepted");
  server.drop_connections();
  EXPECT_TRUE(comes_to_open(0));
  EXPECT_EQ(send(), "accepted");
  server.add_fault({.stage = "rset", .code = 421});
  EXPECT_EQ(send(), "accepted");
  server.add_fault({.stage = "mail", .code = 451, .text = "enough for one session"});
  EXPECT_EQ(send(), "accepted");
  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 4u);
  EXPECT_EQ(mails[3].connection, 4);
  EXPECT_FALSE(log.has("mail."));
  server.add_fault({.stage = "mail", .code = 451, .text = "not from you", .count = 2});
  EXPECT_EQ(send(), "unavailable: 451 not from you") << "one reconnect is all";
}

TEST_F(MailDelivery, AnIdleConnectionEnds) {
  serve();
  settings.patience.idle = 100ms;
  EXPECT_EQ(send(), "accepted");
  EXPECT_TRUE(comes_to_open(0));
  EXPECT_EQ(send(), "accepted");
}

TEST_F(MailDelivery, ManyAtOnceOpenTheirOwnAndKeepOne) {
  auto& server = serve();
  mailer = app::make_smtp_mailer(settings, log);
  server.add_fault({.stage = "after_data", .count = 4, .delay_ms = 100});  // so that they overlap
  std::vector<std::thread> senders;
  for (int i = 0; i < 4; ++i)
    senders.emplace_back([&] {
      for (int n = 0; n < 10; ++n) EXPECT_EQ(send(), "accepted");
    });
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(server.mails().size(), 40u);
  EXPECT_TRUE(comes_to_open(1));
}

TEST_P(EachKindOfServer, ASilentServerIsGivenUp) {
  auto& server = serve({.pipelining = GetParam()});
  settings.patience = {.connect = 5s, .reply = 500ms, .verdict = 500ms, .delivery = 10s, .idle = 10s};
  const auto began = std::chrono::steady_clock::now();
  server.add_fault({.stage = "connect", .delay_ms = 20'000});
  EXPECT_EQ(send(), "unavailable: Timeout: the mail server is silent");
  server.add_fault({.stage = "rcpt", .delay_ms = 20'000});
  EXPECT_EQ(send(), "temporary: Timeout: the mail server is silent");
  server.add_fault({.stage = "after_data", .delay_ms = 20'000});
  EXPECT_EQ(send(), "temporary: Timeout: the mail server is silent");
  EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
}

TEST_F(MailDelivery, ASlowServerHasOneDeadlineForEverything) {
  auto& server = serve();
  settings.patience.delivery = 1500ms;
  for (const char* stage : {"connect", "mail", "rcpt", "data"}) server.add_fault({.stage = stage, .delay_ms = 500});
  EXPECT_EQ(send(), "temporary: Timeout: the mail server is silent") << "no reply alone was late";
  EXPECT_EQ(send(), "accepted");
}

TEST_F(MailDelivery, TheVerdictMayTakeLongerThanOtherReplies) {
  auto& server = serve();
  settings.patience.reply = 1s;
  server.add_fault({.stage = "after_data", .delay_ms = 1500});
  EXPECT_EQ(send(), "accepted");
}

TEST_F(MailDelivery, AsksForInternationalAddressesOnlyWhereOffered) {
  const auto& server = serve();
  EXPECT_EQ(send("zoë@exämple.test"), "accepted");
  EXPECT_EQ(server.mails().at(0).to, std::vector<std::string>{"zoë@xn--exmple-cua.test"});
  serve({.smtputf8 = false});
  mailer.reset();
  EXPECT_EQ(send("zoë@exämple.test"), "permanent: the mail server does not take international addresses");
  EXPECT_EQ(send("info@bücher.test"), "accepted") << "a domain goes in ASCII, to any server";
  EXPECT_EQ(server_->mails().at(0).to, std::vector<std::string>{"info@xn--bcher-kva.test"});
  EXPECT_EQ(send(), "accepted");
  EXPECT_EQ(server_->connections_opened(), 1);
}

TEST_F(MailDelivery, SaysAllCommandsAtOnceWhereTheServerTakesThat) {
  auto& server = serve({.pipelining = true});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(send(), "accepted");
  EXPECT_GE(server.commands_ahead(), 3) << "MAIL, RCPT and DATA are one packet";
  EXPECT_EQ(server.connections_opened(), 1);
  auto& plain = serve();
  mailer.reset();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(send(), "accepted");
  EXPECT_EQ(plain.commands_ahead(), 0) << "nobody asked for it";
}

TEST_F(MailDelivery, OneRefusedRecipientKeepsTheMessageFromAll) {
  auto& server = serve({.pipelining = true});
  mailer = app::make_smtp_mailer(settings, log);
  server.add_fault({.stage = "rcpt", .code = 550, .text = "no such mailbox", .match = "c@x.test"});
  const auto delivery = mailer->deliver({"a@x.test", {"b@x.test", "c@x.test"}}, k_message);
  ASSERT_TRUE(delivery);
  EXPECT_EQ(delivery->reply, "550 no such mailbox");
  EXPECT_TRUE(server.mails().empty());
  EXPECT_EQ(send(), "accepted");
  EXPECT_EQ(server.connections_opened(), 1);
}

}  // namespace
}  // namespace crm::test
