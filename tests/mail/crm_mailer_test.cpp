#include "plugin/adapters/mail/crm_mailer.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/mail/sample_mail.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::Delivery;
using crm::sdk::DeliveryStatus;
using crm::sdk::FailureKind;

class ScriptedHost final : public crm::sdk::Mailer {
 public:
  bool is_configured() const noexcept override { return configured; }
  crm::sdk::Outcome<Delivery> deliver(const crm::sdk::Envelope& envelope, std::string_view message) noexcept override {
    ++calls;
    last_envelope = envelope;
    last_message = message;
    return answer;
  }
  std::string sender() const noexcept override { return from; }

  bool configured = true;
  std::string from = "crm@crm.test";
  crm::sdk::Outcome<Delivery> answer = Delivery{DeliveryStatus::accepted, "250 2.0.0 queued"};
  int calls = 0;
  crm::sdk::Envelope last_envelope;
  std::string last_message;
};

TEST(CrmMailer, HandsTheMessageToTheHost) {
  ScriptedHost host;
  CrmMailer mailer(host);
  EXPECT_TRUE(mailer.is_configured());
  const auto answer = mailer.send(sample_mail());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->fate, MailFate::accepted);
  EXPECT_EQ(answer->reply, "250 2.0.0 queued");
  EXPECT_EQ(host.last_envelope.from, "");
  EXPECT_EQ(host.last_envelope.to, std::vector<std::string>{"ada@prospect.test"});
  EXPECT_NE(host.last_message.find("\r\nFrom: Rosa Rep <crm@crm.test>\r\n"), std::string::npos);
  host.configured = false;
  EXPECT_FALSE(mailer.is_configured());
}

TEST(CrmMailer, TellsTheFateOfAMail) {
  ScriptedHost host;
  CrmMailer mailer(host);
  host.answer = Delivery{DeliveryStatus::temporary, "451 later"};
  EXPECT_EQ(mailer.send(sample_mail())->fate, MailFate::refused_for_now);
  host.answer = Delivery{DeliveryStatus::permanent, "550 nobody"};
  EXPECT_EQ(mailer.send(sample_mail())->fate, MailFate::refused);
  EXPECT_EQ(mailer.send(sample_mail())->reply, "550 nobody");
}

TEST(CrmMailer, TellsADeadServerFromABadMail) {
  ScriptedHost host;
  CrmMailer mailer(host);
  host.answer = crm::sdk::fail(FailureKind::unavailable, "no connection");
  EXPECT_EQ(mailer.send(sample_mail()).error().code, Code::provider_unavailable);
  EXPECT_EQ(mailer.send(sample_mail()).error().fault, Fault::provider);
  EXPECT_EQ(mailer.send(sample_mail()).error().detail, "no connection");
  host.answer = crm::sdk::fail(crm::sdk::Failure{FailureKind::invalid, "not an e-mail address", {}, {}, "to"});
  EXPECT_EQ(mailer.send(sample_mail()).error().code, Code::invalid_input);
  EXPECT_EQ(mailer.send(sample_mail()).error().fields,
            (std::vector<FieldError>{{"to", "invalid", "not an e-mail address"}}));
  host.answer = crm::sdk::fail(FailureKind::broken, "out of memory");
  EXPECT_EQ(mailer.send(sample_mail()).error().code, Code::broken);
}

TEST(CrmMailer, DeliversNothingItCannotWrite) {
  ScriptedHost host;
  CrmMailer mailer(host);
  Mail mail = sample_mail();
  mail.message_id = "no id";
  EXPECT_EQ(mailer.send(mail).error().code, Code::invalid_input);
  for (const char* from : {"", "crm", "CRM <crm@crm.test>", "crm@crm.test\r\nBcc: x@y.test"}) {
    host.from = from;
    EXPECT_EQ(mailer.send(sample_mail()).error().code, Code::provider_unavailable) << from;
  }
  EXPECT_EQ(host.calls, 0);
}

}  // namespace
}  // namespace scheduling::test
