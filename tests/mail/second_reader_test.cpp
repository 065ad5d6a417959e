/// The readers themselves find what is broken; a gate that always opens proves nothing.
#include "tests/mail/second_reader.hpp"

#include <gtest/gtest.h>

#include "tests/mail/sample_mail.hpp"

namespace scheduling::test {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

TEST(SecondReader, FindsWhatIsBrokenInAMail) {
  const std::string good = written(sample_mail());
  const std::string subject = "Subject: Confirmed: Discovery Call";
  const std::vector<std::pair<std::string, std::string>> broken = {
      {replaced(good, "see you", "see\nyou"), "a lone CR or LF"},
      {replaced(good, "see you", "see\ryou"), "a lone CR or LF"},
      {replaced(good, "see you soon", "see\r\n.you"), "servers touch"},
      {replaced(good, "see you soon.", "see you "), "a blank at the end"},
      {replaced(good, "see you soon.", std::string(77, 'x')), "a body line of 77"},
      {replaced(good, "see you soon.", "grüße"), "beyond ASCII"},
      {replaced(good, subject, "Subject: =?UTF-8?B?5pc=?=\r\n =?UTF-8?B?pQ==?="), "does not stand alone"},
      {replaced(good, subject, "Subject: =?UTF-8?Q?" + std::string(70, 'x') + "?="), "an encoded word of 82"},
      {replaced(good, subject, subject + "\r\n \r\n x"), "a blank line inside"},
      {replaced(good, subject, subject + "\tx"), "a control character"},
      {replaced(good, "--\r\n", "\r\n"), "are not closed"}};
  std::vector<std::string> messages{good};
  for (const auto& [message, fault] : broken) messages.push_back(message);
  const auto read = read_mails(messages);
  EXPECT_EQ(faults(read[0]), "");
  for (std::size_t i = 0; i < broken.size(); ++i)
    EXPECT_NE(faults(read[i + 1]).find(broken[i].second), std::string::npos) << broken[i].second << " in:\n"
                                                                             << faults(read[i + 1]);
}

TEST(SecondReader, FindsWhatIsBrokenInACalendar) {
  const std::string good = written(CalendarMethod::request, sample_event());
  const std::string summary = "SUMMARY:Discovery Call";
  const std::vector<std::pair<std::string, std::string>> broken = {
      {replaced(good, summary, "SUMMARY:" + std::string(68, 'x')), "a line of 76 octets"},
      {replaced(good, summary, "SUMMARY:x\xc3\r\n \xbc"), "parted by folding"},
      {replaced(good, summary, "SUMMARY:a\\tb"), "an escape"},
      {replaced(good, summary, "SUMMARY:a\\\\,b"), "an unescaped separator"},
      {replaced(good, summary, "SUMMARY:a\x01"), "a control character"},
      {replaced(good, summary, "SUMMARY:a\nb"), "a lone CR or LF"},
      {replaced(good, summary, "no line"), "not a content line"},
      {replaced(good, "END:VEVENT\r\n", ""), "ends nothing"}};
  std::vector<std::string> files{good};
  for (const auto& [file, fault] : broken) files.push_back(file);
  const auto read = read_calendars(files);
  EXPECT_EQ(faults(read[0]), "");
  for (std::size_t i = 0; i < broken.size(); ++i)
    EXPECT_NE(faults(read[i + 1]).find(broken[i].second), std::string::npos) << broken[i].second << " in:\n"
                                                                             << faults(read[i + 1]);
}

}  // namespace
}  // namespace scheduling::test
