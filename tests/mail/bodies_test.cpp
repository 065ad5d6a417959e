/// Parts, their order and their encodings, as Python's email package finds them.
#include <gtest/gtest.h>

#include <set>

#include "plugin/adapters/mail/body_text.hpp"
#include "tests/mail/sample_mail.hpp"
#include "tests/mail/second_reader.hpp"

namespace scheduling::test {
namespace {

Mail with_calendar(CalendarMethod method) {
  Mail mail = sample_mail();
  mail.calendar = written(method, sample_event());
  mail.calendar_method = method;
  return mail;
}

/// What a reader must get: every line end as CRLF, U+FFFD for each byte that is not UTF-8.
std::string as_read(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    if (rest.starts_with("\r\n")) continue;
    if (text[i] == '\r' || text[i] == '\n') {
      out += "\r\n";
    } else if (text[i] == '\xff') {
      out += "\uFFFD";
    } else if (rest.starts_with("\xe6\x97") && !rest.starts_with("日")) {
      out += "\uFFFD\uFFFD";
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

TEST(Bodies, AreTextThenHtmlWithoutACalendar) {
  const Json mail = read_mails({written(sample_mail())}).front();
  EXPECT_EQ(faults(mail), "");
  EXPECT_EQ(outline(part(mail, {})), "multipart/alternative{text/plain, text/html}");
  EXPECT_EQ(text_at(part(mail, {0}), "params.charset"), "utf-8");
  EXPECT_EQ(text_at(part(mail, {1}), "params.charset"), "utf-8");
  EXPECT_EQ(text_at(part(mail, {0}), "text"), as_read(sample_mail().text));
  EXPECT_EQ(text_at(part(mail, {1}), "text"), as_read(sample_mail().html));
}

TEST(Bodies, LeaveOutAnEmptyHtml) {
  Mail plain = sample_mail();
  plain.html = "";
  EXPECT_EQ(outline(part(read_mails({written(plain)}).front(), {})), "multipart/alternative{text/plain}");
}

TEST(Bodies, CarryTheCalendarTwiceWithItsMethod) {
  const std::vector<std::pair<CalendarMethod, std::string>> methods = {
      {CalendarMethod::request, "REQUEST"}, {CalendarMethod::cancel, "CANCEL"}, {CalendarMethod::publish, "PUBLISH"}};
  for (const auto& [method, name] : methods) {
    const Mail sent = with_calendar(method);
    const Json mail = read_mails({written(sent)}).front();
    EXPECT_EQ(faults(mail), "");
    EXPECT_EQ(outline(part(mail, {})),
              "multipart/mixed{multipart/alternative{text/plain, text/html, text/calendar}, application/ics}");
    const Json invitation = part(mail, {0, 2});
    EXPECT_EQ(text_at(invitation, "params.method"), name);
    EXPECT_EQ(text_at(invitation, "params.charset"), "utf-8");
    EXPECT_EQ(text_at(invitation, "disposition"), "(none)");
    EXPECT_EQ(text_at(invitation, "text"), sent.calendar);
    EXPECT_NE(sent.calendar.find("\r\nMETHOD:" + name + "\r\n"), std::string::npos);
    const Json file = part(mail, {1});
    EXPECT_EQ(text_at(file, "disposition"), "attachment");
    EXPECT_EQ(text_at(file, "filename"), "invite.ics");
    EXPECT_EQ(text_at(file, "params.name"), "invite.ics");
    EXPECT_EQ(text_at(file, "encoding"), "base64");
    EXPECT_EQ(text_at(file, "text"), sent.calendar);
  }
}

TEST(Bodies, RefuseACalendarOfAnotherMethod) {
  Mail mail = with_calendar(CalendarMethod::request);
  mail.calendar_method = CalendarMethod::cancel;
  auto message = write_mime_message(mail, address("crm@crm.test"));
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().code, Code::broken);
  CalendarEvent sly = sample_event();
  sly.summary = sly.uid = "x\r\nMETHOD:CANCEL\r\n";
  mail.calendar = written(CalendarMethod::request, sly);
  EXPECT_FALSE(write_mime_message(mail, address("crm@crm.test")));
  mail.calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
  EXPECT_FALSE(write_mime_message(mail, address("crm@crm.test")));
}

TEST(Bodies, CannotForgeABoundary) {
  Mail mail = with_calendar(CalendarMethod::request);
  mail.text = "--=_\r\n--=_0123456789abcdef0123456789abcdef--\r\n";
  mail.html = mail.text;
  const std::string message = written(mail);
  const Json read = read_mails({message}).front();
  EXPECT_EQ(faults(read), "");
  EXPECT_EQ(text_at(part(read, {0, 0}), "text"), mail.text);
  // What stands on the lines is coded so that no boundary can occur in it, guessed or not.
  for (const std::string& text : {mail.text, mail.calendar, std::string("=_=_ =_\n_")}) {
    EXPECT_EQ(coded_text(text).content.find("=_"), std::string::npos);
    EXPECT_EQ(coded_file(text).content.find("=_"), std::string::npos);
  }
  std::set<std::string> boundaries;
  for (int i = 0; i < 50; ++i) {
    const std::string again = written(mail);
    for (std::size_t at = 0; (at = again.find("boundary=\"", at)) != std::string::npos; ++at)
      boundaries.insert(again.substr(at + 10, again.find('"', at + 10) - at - 10));
  }
  EXPECT_EQ(boundaries.size(), 100U);
}

TEST(Bodies, ChooseTheShorterEncoding) {
  EXPECT_EQ(coded_text("Hello\n").encoding, "quoted-printable");
  EXPECT_EQ(coded_text("Grüße aus München, bis bald!").encoding, "quoted-printable");
  EXPECT_EQ(coded_text("予約が確定しました。").encoding, "base64");
  EXPECT_EQ(coded_text("").content, "");
  EXPECT_EQ(coded_text("a=b\n.\n").content, "a=3Db\r\n=2E\r\n");
  EXPECT_EQ(coded_text("From me\n").content, "=46rom me\r\n");
  EXPECT_EQ(coded_text("end \nend\t").content, "end=20\r\nend=09");
}

TEST(Bodies, KeepEveryText) {
  std::vector<std::string> texts = {"",
                                    "\n",
                                    "\r",
                                    "\r\n",
                                    "\n\n\n",
                                    "no end",
                                    "dots\n.\n..\n...\n.x\n",
                                    " \n  \n\t\n",
                                    "trailing \t \nand here ",
                                    "From me\nFrom: you\nFrom\n",
                                    "=\n==\n=3D\n=_\n",
                                    "--\n-- \nsignature",
                                    std::string(74, 'x') + "=",
                                    std::string(75, 'x') + "\n",
                                    std::string(76, 'x') + "\n" + std::string(77, 'x') + " \n",
                                    std::string(75, ' ') + "\n" + std::string(200, ' '),
                                    std::string(75, 'x') + ".y",
                                    std::string(75, 'x') + "From here",
                                    std::string(20'000, 'y'),
                                    repeated("wörter ", 2000),
                                    repeated("日本語。", 3000),
                                    repeated("🎉", 500),
                                    repeated("line\n", 3000),
                                    std::string("a\xff") + "b",
                                    "nul \x01\x02\x7f end",
                                    std::string("a\0b", 3),
                                    "<p class=\"a\" style='x'>&nbsp;=20</p>",
                                    "tab\tinside",
                                    "\n.",
                                    ".",
                                    std::string(74, 'x') + "é",
                                    std::string(73, 'x') + " \n",
                                    std::string(74, 'x') + " \n",
                                    std::string(75, 'x') + " \n"};
  std::mt19937 random(20250316);
  for (int i = 0; i < 500; ++i) texts.push_back(random_text(random, i % 10 == 0 ? 2000 : 60, true));
  std::vector<std::string> messages;
  for (const std::string& text : texts) {
    Mail mail = sample_mail();
    mail.text = text;
    mail.html = "<p>" + text;
    messages.push_back(written(mail));
  }
  const auto read = read_mails(messages);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    SCOPED_TRACE(i);
    ASSERT_EQ(faults(read[i]), "");
    ASSERT_EQ(text_at(part(read[i], {0}), "text"), as_read(texts[i]));
    ASSERT_EQ(text_at(part(read[i], {1}), "text"), "<p>" + as_read(texts[i]));
    ASSERT_EQ(text_at(read[i], "is_ascii"), "true");
  }
}

TEST(Bodies, HaveCrlfAndShortLinesOnly) {
  std::mt19937 random(20250317);
  for (int i = 0; i < 2000; ++i) {
    for (const CodedText& coded :
         {coded_text(random_text(random, 400, true)), coded_file(random_text(random, 400, true))}) {
      std::size_t column = 0;
      for (std::size_t at = 0; at < coded.content.size(); ++at) {
        const char c = coded.content[at];
        if (c == '\r') {
          ASSERT_EQ(coded.content.at(at + 1), '\n');
          column = 0;
          ++at;
          continue;
        }
        ASSERT_TRUE(c == '\t' || (c >= ' ' && c <= '~'));
        ASSERT_FALSE(column == 0 && c == '.');
        ASSERT_LE(++column, 76U);
      }
    }
  }
}

}  // namespace
}  // namespace scheduling::test
