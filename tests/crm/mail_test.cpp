#include <gtest/gtest.h>

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "reference_host/mail/address.hpp"
#include "reference_host/mail/smtp_mailer.hpp"
#include "tests/integration/pg_fixture.hpp"

namespace crm::test {
namespace {

using sdk::DeliveryStatus;

constexpr const char* k_message = "Subject: Hi\r\nFrom: <a@x.test>\r\n\r\n.leading dot\r\n..two\r\nend\r\n";

/// A port nobody listens on at this moment.
int free_port() { return Poco::Net::ServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0)).address().port(); }

/// The real aiosmtpd, keeping mails in a maildir.
class MailServer {
 public:
  MailServer() : port_(free_port()) {
    process_ = ::fork();
    if (process_ == 0) {
      const std::string listen = "127.0.0.1:" + std::to_string(port_);
      const std::string box = folder_.path() + "/box";
      ::execl("/usr/bin/python3", "python3", "-m", "aiosmtpd", "-n", "-l", listen.c_str(), "-c",
              "aiosmtpd.handlers.Mailbox", box.c_str(), nullptr);
      ::_exit(127);
    }
    for (int i = 0; i < 200; ++i) {
      try {
        const Poco::Net::StreamSocket probe(Poco::Net::SocketAddress("127.0.0.1", static_cast<std::uint16_t>(port_)));
        return;
      } catch (const Poco::Exception&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
    }
  }
  ~MailServer() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  std::vector<std::string> mails() const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path() + "/box/new")) {
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      out.push_back(text.str());
    }
    return out;
  }

 private:
  TemporaryFolder folder_;
  int port_;
  pid_t process_;
};

/// Answers each command with the next line of a script, and keeps what it was told.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<std::string> replies)
      : socket_(Poco::Net::SocketAddress("127.0.0.1", 0)), thread_([this, replies = std::move(replies)] { serve(replies); }) {}
  ~ScriptedServer() { thread_.join(); }
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(socket_.address().port()); }
  std::string heard;

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
        heard.append(buffer, static_cast<std::size_t>(got));
      } catch (const Poco::Exception&) {
        return;
      }
    }
  }

  Poco::Net::ServerSocket socket_;
  std::thread thread_;
};

sdk::Delivery deliver(const std::string& url, const std::string& to = "b@x.test") {
  MemoryLog log;
  const auto mailer = host::make_smtp_mailer(url, log);
  const auto delivery = mailer->deliver({"a@x.test", {to}}, k_message);
  EXPECT_TRUE(delivery) << delivery.error().message;
  return delivery.value_or(sdk::Delivery{});
}

TEST(Mailer, DeliversToARealServerWithDotsIntact) {
  const MailServer server;
  const sdk::Delivery delivery = deliver(server.url());
  EXPECT_EQ(delivery.status, DeliveryStatus::accepted) << delivery.reply;
  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_NE(mails[0].find("\n.leading dot\n..two\nend"), std::string::npos) << mails[0];
  EXPECT_NE(mails[0].find("X-RcptTo: b@x.test"), std::string::npos) << mails[0];
}

TEST(Mailer, TellsTemporaryFromPermanent) {
  const std::vector<std::string> opening = {"220 hi\r\n", "250 me\r\n", "250 ok\r\n"};
  const auto with = [&](const std::string& reply) {
    auto script = opening;
    script.push_back(reply);
    return script;
  };
  {
    ScriptedServer server(with("450 try later\r\n"));
    EXPECT_EQ(deliver(server.url()).status, DeliveryStatus::temporary);
  }
  {
    ScriptedServer server(with("550-no such\r\n550 mailbox\r\n"));
    const sdk::Delivery refused = deliver(server.url());
    EXPECT_EQ(refused.status, DeliveryStatus::permanent);
    EXPECT_NE(refused.reply.find("mailbox"), std::string::npos);
  }
  {
    ScriptedServer server({"554 go away\r\n"});
    EXPECT_EQ(deliver(server.url()).status, DeliveryStatus::permanent);
  }
  {
    ScriptedServer server({"220 hi\r\n", "250 me\r\n"});  // hangs up before MAIL FROM
    EXPECT_EQ(deliver(server.url()).status, DeliveryStatus::temporary);
  }
  EXPECT_EQ(deliver("smtp://127.0.0.1:" + std::to_string(free_port())).status, DeliveryStatus::temporary);
}

TEST(Mailer, AsksForInternationalAddressesOnlyWhereOffered) {
  {
    ScriptedServer server({"220 hi\r\n", "250-me\r\n250 SMTPUTF8\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 done\r\n"});
    EXPECT_EQ(deliver(server.url(), "zoë@exämple.test").status, DeliveryStatus::accepted);
  }
  ScriptedServer server({"220 hi\r\n", "250 me\r\n"});
  EXPECT_EQ(deliver(server.url(), "zoë@exämple.test").status, DeliveryStatus::permanent);
}

TEST(Mailer, RefusesWhatCouldBecomeACommand) {
  MemoryLog log;
  const auto mailer = host::make_smtp_mailer("smtp://127.0.0.1:1", log);
  for (const char* to : {"a@x.test>\r\nRCPT TO:<b@x.test", "a@x.test\n", "<a@x.test>", "a b@x.test", ""}) {
    const auto refused = mailer->deliver({"", {to}}, k_message);
    ASSERT_FALSE(refused) << to;
    EXPECT_EQ(refused.error().kind, sdk::FailureKind::invalid);
  }
  EXPECT_FALSE(mailer->deliver({"", {}}, k_message));
  EXPECT_EQ(mailer->deliver({"", {"a@x.test"}}, "Subject: x\n\nbare\r\n").error().field, "message");
  EXPECT_EQ(mailer->deliver({"", {"a@x.test"}}, "Subject: x\r\n\r\n\r.\r\n").error().field, "message");
  const auto none = host::make_smtp_mailer("", log);
  EXPECT_FALSE(none->is_configured());
  EXPECT_EQ(none->deliver({"", {"a@x.test"}}, k_message).error().kind, sdk::FailureKind::unavailable);
  EXPECT_FALSE(host::make_smtp_mailer("smtp://user:secret@mail.test", log)->is_configured());
  EXPECT_FALSE(log.has("secret@"));
}

TEST(EmailAddresses, AreCheckedAndCompared) {
  for (const char* good : {"a@b.test", "first.last+tag@sub.example.com", "zoë@exämple.test", "o'neil@x-y.test"})
    EXPECT_TRUE(host::is_email_address(good)) << good;
  for (const char* bad : {"", "a", "a@b", "@b.test", "a@", "a@@b.test", "a b@c.test", ".a@b.test", "a..b@c.test", "a@-b.test",
                          "a@b..test", "a@b.1", "a@b.test\r\n", "\"a\"@b.test", "a@[127.0.0.1]", "a,b@c.test"})
    EXPECT_FALSE(host::is_email_address(bad)) << bad;
  EXPECT_FALSE(host::is_email_address(std::string(65, 'a') + "@b.test"));
  EXPECT_EQ(host::email_key("  Ann@Example.TEST "), "ann@example.test");
  EXPECT_EQ(host::email_key("Zo\u00eb@X.test"), host::email_key("ZOE\u0308@x.test"));
  EXPECT_EQ(host::email_key("\uff21nn@x.test"), "ann@x.test") << "full-width letters";
  EXPECT_EQ(host::email_key("STRASSE@x.test"), host::email_key("straße@x.test"));
  EXPECT_NE(host::email_key("a@x.test"), host::email_key("b@x.test"));
}

}  // namespace
}  // namespace crm::test
