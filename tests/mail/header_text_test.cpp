#include "plugin/core/text/header_text.hpp"

#include <gtest/gtest.h>

#include "plugin/core/text/plain_text.hpp"
#include "tests/mail/sample_mail.hpp"

namespace scheduling::test {
namespace {

std::string header(std::string_view text) {
  return HeaderText(text).text();
}

TEST(HeaderText, KeepsPlainTextAsItIs) {
  for (const std::string& text : one_line_texts()) EXPECT_EQ(header(text), text);
  EXPECT_TRUE(HeaderText().empty());
  EXPECT_EQ(HeaderText("a"), HeaderText(" a "));
}

TEST(HeaderText, TurnsEachRunOfBreaksIntoOneBlank) {
  EXPECT_EQ(header("Hi\r\nBcc: x@y.test"), "Hi Bcc: x@y.test");
  EXPECT_EQ(header("a\r\n\t\x01\x7f\vb"), "a b");
  EXPECT_EQ(header(std::string_view("a\0b", 3)), "a b");
  EXPECT_EQ(header("a\u0085b\u2028c\u2029d\u009f"), "a b c d");
  EXPECT_EQ(header("a \r\n b"), "a   b");
}

TEST(HeaderText, DropsMarksThatTurnTheReadingDirection) {
  EXPECT_EQ(header("Ada\u202Egnp.exe"), "Adagnp.exe");
  EXPECT_EQ(header("\uFEFFAda\u2066x\u2069"), "Adax");
  EXPECT_EQ(header("a\r\u202E\nb"), "a b");
}

TEST(HeaderText, TrimsBothEnds) {
  EXPECT_EQ(header("  \r\n a \t\r\n"), "a");
  EXPECT_EQ(header(" \r\n\t "), "");
  EXPECT_EQ(header(""), "");
}

TEST(HeaderText, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(header("a\xff\xe6\x97z"), "a\uFFFD\uFFFD\uFFFDz");
  EXPECT_EQ(header("\xc0\x8a"), "\uFFFD\uFFFD");            // an overlong line feed
  EXPECT_EQ(header("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
  EXPECT_EQ(header("ok\xf0\x9f\x8e"), "ok\uFFFD\uFFFD\uFFFD");
}

TEST(HeaderText, EndsAtTheMaximumWithAWholeCharacter) {
  EXPECT_EQ(header(repeated("🎉", 5000)), repeated("🎉", 1000));
  EXPECT_EQ(header(std::string(5000, ' ') + "a"), "a");
  EXPECT_EQ(header(std::string(999, 'a') + " bcd"), std::string(999, 'a'));
}

TEST(HeaderText, IsPlainWhateverItWasMadeOf) {
  std::mt19937 random(20250314);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes;
    for (unsigned count = random() % 40; count > 0; --count)
      bytes += random() % 2 == 0 ? static_cast<char>(random() % 256) : "\r\n\t \xe2\x80\xa8\xae"[random() % 8];
    const std::string text = header(bytes);
    ASSERT_TRUE(is_plain(text, Lines::one)) << testing::PrintToString(bytes);
    ASSERT_EQ(text, trimmed(text));
    ASSERT_EQ(header(text), text);
  }
}

}  // namespace
}  // namespace scheduling::test
