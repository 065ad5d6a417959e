/// What Python's email package reads in our headers is what was put in.
#include <gtest/gtest.h>

#include "tests/mail/sample_mail.hpp"
#include "tests/mail/second_reader.hpp"

namespace scheduling::test {
namespace {

Mail with_subject(const std::string& subject) {
  Mail mail = sample_mail();
  mail.subject = HeaderText(subject);
  return mail;
}

Mail with_names(const std::string& name) {
  Mail mail = sample_mail();
  mail.to_name = mail.from_name = mail.reply_to_name = HeaderText(name);
  mail.reply_to = address("rosa@crm.test");
  return mail;
}

Json read_one(const Mail& mail, const std::string& sender = "crm@crm.test") {
  const auto read = read_mails({written(mail, sender)});
  EXPECT_EQ(faults(read.front()), "");
  return read.front();
}

std::string subject_field(const std::string& subject) {
  const std::string message = written(with_subject(subject));
  const auto begin = message.find("Subject:");
  return message.substr(begin, message.find("\r\nMessage-ID:") - begin);
}

std::string to_field(const std::string& name) {
  const std::string message = written(with_names(name));
  const auto begin = message.find("\r\nTo:") + 2;
  return message.substr(begin, message.find("\r\nReply-To:") - begin);
}

TEST(Headers, StandInOrderAndOnlyOnce) {
  Mail mail = sample_mail();
  mail.reply_to = address("rosa@crm.test");
  const Json read = read_one(mail);
  std::string names;
  for (const auto& name : *read->getArray("names")) names += name.convert<std::string>() + " ";
  EXPECT_EQ(names,
            "Date From To Reply-To Subject Message-ID MIME-Version Content-Language Auto-Submitted "
            "X-Auto-Response-Suppress Content-Type ");
  EXPECT_EQ(text_at(read, "from.name"), "Rosa Rep");
  EXPECT_EQ(text_at(read, "from.address"), "crm@crm.test");
  EXPECT_EQ(text_at(read, "to.address"), "ada@prospect.test");
  EXPECT_EQ(text_at(read, "reply_to.address"), "rosa@crm.test");
  EXPECT_EQ(text_at(read, "message_id"), "<effect-7@crm.test>");
  EXPECT_EQ(text_at(read, "date"), "2025-01-14T14:00:05Z");
  EXPECT_EQ(text_at(read, "date_line"), "Tue, 14 Jan 2025 14:00:05 +0000");
  EXPECT_EQ(text_at(read, "headers.Content-Language"), "en-GB");
  EXPECT_EQ(text_at(read, "headers.Auto-Submitted"), "auto-generated");
  EXPECT_EQ(text_at(read, "headers.X-Auto-Response-Suppress"), "All");
  EXPECT_EQ(text_at(read, "headers.MIME-Version"), "1.0");
}

TEST(Headers, CarryEverySubject) {
  std::vector<std::string> messages;
  for (const std::string& text : one_line_texts()) messages.push_back(written(with_subject(text)));
  const auto read = read_mails(messages);
  for (std::size_t i = 0; i < read.size(); ++i) {
    SCOPED_TRACE(messages[i].substr(0, 1000));
    EXPECT_EQ(text_at(read[i], "subject"), one_line_texts()[i]);
    EXPECT_EQ(text_at(read[i], "subject_again"), one_line_texts()[i]);
    EXPECT_EQ(faults(read[i]), "");
    EXPECT_LE(std::stoi(text_at(read[i], "lines_max")), 76);
    EXPECT_EQ(text_at(read[i], "is_ascii"), "true");
  }
}

TEST(Headers, CarryEveryDisplayName) {
  std::vector<std::string> messages;
  for (const std::string& text : one_line_texts()) messages.push_back(written(with_names(text)));
  const auto read = read_mails(messages);
  for (std::size_t i = 0; i < read.size(); ++i) {
    SCOPED_TRACE(messages[i].substr(0, 1000));
    for (const char* who : {"from", "to", "reply_to"})
      EXPECT_EQ(text_at(read[i], who + std::string(".name")), one_line_texts()[i]);
    EXPECT_EQ(text_at(read[i], "from.address"), "crm@crm.test");
    EXPECT_EQ(text_at(read[i], "to.address"), "ada@prospect.test");
    EXPECT_EQ(text_at(read[i], "reply_to.address"), "rosa@crm.test");
    EXPECT_EQ(faults(read[i]), "");
    EXPECT_LE(std::stoi(text_at(read[i], "lines_max")), 76);
  }
}

TEST(Headers, CannotBeInjected) {
  std::vector<std::string> messages;
  for (const char* text :
       {"Hi\r\nBcc: x@evil.test", "Hi\nBcc: x@evil.test", "Hi\rBcc: x@evil.test", "Hi\r\n\r\n<script>",
        "Hi\u2028Bcc: x@evil.test", "Hi\u0085Bcc: x@evil.test", "\r\n\r\nHi", "Ada\" <x@evil.test>, \"",
        "Ada <x@evil.test>", "Ada\\", "=?UTF-8?Q?=0D=0ABcc:_x=40evil.test?=", "=?UTF-8?B?DQpCY2M6IHhAZXZpbC50ZXN0?="}) {
    Mail mail = with_names(text);
    mail.subject = HeaderText(text);
    messages.push_back(written(mail));
  }
  for (const Json& read : read_mails(messages)) {
    EXPECT_EQ(faults(read), "");
    EXPECT_EQ(read->getArray("names")->size(), 11U);
    EXPECT_EQ(text_at(read, "to.address"), "ada@prospect.test");
    EXPECT_EQ(text_at(read, "from.address"), "crm@crm.test");
    EXPECT_EQ(text_at(part(read, {0}), "text"), "Hello Ada,\r\n\r\nsee you soon.\r\n");
  }
}

TEST(Headers, StayReadableWhereTheyNeedNoEncoding) {
  EXPECT_EQ(subject_field("Confirmed: Discovery Call, 50% off"), "Subject: Confirmed: Discovery Call, 50% off");
  EXPECT_EQ(subject_field(repeated("word ", 20) + "end"),
            "Subject: " + repeated("word ", 12) + "word\r\n word" + repeated(" word", 6) + " end");
  EXPECT_EQ(subject_field("Ein Gespräch"), "Subject: =?UTF-8?Q?Ein_Gespr=C3=A4ch?=");
  EXPECT_EQ(subject_field("日本語"), "Subject: =?UTF-8?B?5pel5pys6Kqe?=");
  EXPECT_EQ(subject_field(""), "Subject:");
  EXPECT_EQ(to_field("Ada Lovelace"), "To: Ada Lovelace <ada@prospect.test>");
  EXPECT_EQ(to_field("Lovelace, Ada"), "To: \"Lovelace, Ada\" <ada@prospect.test>");
  EXPECT_EQ(to_field("Ada \"the\\first\""), "To: \"Ada \\\"the\\\\first\\\"\" <ada@prospect.test>");
  EXPECT_EQ(to_field("Jürgen from Graz"), "To: =?UTF-8?Q?J=C3=BCrgen_from_Graz?= <ada@prospect.test>");
  EXPECT_EQ(to_field(""), "To: ada@prospect.test");
}

TEST(Headers, MayHaveAnEmptySubject) {
  EXPECT_EQ(text_at(read_one(with_subject("")), "subject"), "");
}

TEST(Headers, CarryNamesBeyondAsciiAsUtf8AndTheirDomainsInAscii) {
  Mail mail = with_names("Jörg");
  mail.to = address("用户@例子.测试");
  mail.reply_to = address("jörg@bücher.test");
  const Json read = read_one(mail, "δοκιμή@παράδειγμα.test");
  EXPECT_EQ(text_at(read, "to.address"), "用户@xn--fsqu00a.xn--0zwm56d");
  EXPECT_EQ(text_at(read, "reply_to.address"), "jörg@xn--bcher-kva.test");
  EXPECT_EQ(text_at(read, "from.address"), "δοκιμή@xn--hxajbheg2az3al.test");
  EXPECT_EQ(text_at(read, "to.name"), "Jörg");
}

TEST(Headers, FoldBeforeAnAddressAndNeverInIt) {
  Mail mail = with_names(repeated("日", 60));
  mail.to = address(std::string(64, 'a') + "@" + std::string(60, 'b') + "." + std::string(60, 'c') + "." +
                    std::string(60, 'd') + ".test");
  const Json read = read_one(mail);
  EXPECT_EQ(text_at(read, "to.address"), mail.to.text());
  EXPECT_EQ(text_at(read, "to.name"), repeated("日", 60));
  EXPECT_LT(std::stoi(text_at(read, "lines_max")), 998);
}

TEST(Headers, SayTheDateInEnglishAndUtc) {
  Mail mail = sample_mail();
  std::vector<std::string> messages;
  const std::vector<std::string> dates = {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2025-12-31T00:00:09Z",
                                          "2199-12-31T23:59:59Z"};
  for (const std::string& date : dates) {
    mail.date = *parse_instant(date);
    messages.push_back(written(mail));
  }
  const auto read = read_mails(messages);
  for (std::size_t i = 0; i < dates.size(); ++i) EXPECT_EQ(text_at(read[i], "date"), dates[i]);
  EXPECT_EQ(text_at(read[1], "date_line"), "Thu, 29 Feb 2024 23:59:59 +0000");
}

TEST(Headers, TakeOnlyTokensForIdAndLanguage) {
  for (const char* id :
       {"", "a", "a@", "@b", "a@b@c", "a b@c", "a@b\r\nBcc: x", "<a@b>", "é@b", "a@b.", "a..b@c", ".a@b"}) {
    Mail mail = sample_mail();
    mail.message_id = id;
    const auto message = write_mime_message(mail, address("crm@crm.test"));
    ASSERT_FALSE(message) << id;
    EXPECT_EQ(message.error().code, Code::invalid_input);
  }
  Mail mail = sample_mail();
  mail.message_id = std::string(200, 'a') + "@b";
  EXPECT_FALSE(write_mime_message(mail, address("crm@crm.test")));
  mail = sample_mail();
  for (const char* language : {"", "-", "en\r\nBcc: x", "en GB", "dé"}) {
    mail.language = language;
    EXPECT_EQ(written(mail).find("Content-Language"), std::string::npos) << language;
  }
}

TEST(Headers, CarryRandomTexts) {
  std::mt19937 random(20250315);
  std::vector<std::string> messages, subjects, names;
  for (int i = 0; i < 600; ++i) {
    Mail mail = with_names(random_text(random, 30, i % 3 == 0));
    mail.subject = HeaderText(random_text(random, 80, i % 3 == 0));
    messages.push_back(written(mail));
    subjects.push_back(mail.subject.text());
    names.push_back(mail.to_name.text());
  }
  const auto read = read_mails(messages);
  for (std::size_t i = 0; i < read.size(); ++i) {
    SCOPED_TRACE(messages[i].substr(0, 1500));
    ASSERT_EQ(text_at(read[i], "subject_again"), subjects[i]);
    ASSERT_EQ(text_at(read[i], "subject"), subjects[i]);
    ASSERT_EQ(text_at(read[i], "to.name"), names[i]);
    ASSERT_EQ(text_at(read[i], "to.address"), "ada@prospect.test");
    ASSERT_EQ(faults(read[i]), "");
    ASSERT_LE(std::stoi(text_at(read[i], "lines_max")), 76);
  }
}

}  // namespace
}  // namespace scheduling::test
