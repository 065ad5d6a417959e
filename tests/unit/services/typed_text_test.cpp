// EVIDENCE: B-7.5
// What people paste: marks that nobody sees, and spaces of other widths.
#include "plugin/core/text/typed_text.hpp"

#include <gtest/gtest.h>

#include "plugin/adapters/phone/lib_phone_reader.hpp"
#include "plugin/core/catalog/slug.hpp"
#include "plugin/core/text/domain_name.hpp"
#include "plugin/core/text/plain_text.hpp"

namespace scheduling::testing {
namespace {

constexpr const char* k_invisible[] = {"\u200B", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                       "\u2060", "\u2066", "\u2067", "\u2068", "\u2069", "\uFEFF", "\u00AD", "\u061C"};
constexpr const char* k_spaces[] = {"\u00A0", "\u2002", "\u2003", "\u2007", "\u2009", "\u202F", "\u205F", "\u3000"};

TEST(TypedText, DropsWhatNobodySees) {
  for (const std::string mark : k_invisible) {
    EXPECT_EQ(typed_value(mark + "a" + mark + "b" + mark), "ab");
    EXPECT_EQ(typed_line(mark + "A d" + mark + "a" + mark), "A da");
  }
  for (const std::string space : k_spaces) {
    EXPECT_EQ(typed_value(space + "a" + space + "b" + space), "a b");
    EXPECT_EQ(typed_line(space + "Ada" + space + "L." + space), "Ada L.");
  }
}

TEST(TypedText, KeepsWhatMeansSomething) {
  EXPECT_EQ(typed_line("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"),
            "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")
      << "Persian is written with joiners";
  EXPECT_EQ(typed_value("a\u200Cb\u200D"), "ab");
  EXPECT_EQ(typed_lines("one\u2028two\u2029three\u202E\u2066"), "one\ntwo\nthree");
  EXPECT_EQ(typed_lines("a\u00A0b\u200Fc"), "a\u00A0b\u200Fc") << "text of several lines is people's own";
  EXPECT_EQ(typed_lines(" \u00A0\u200B\n one\u200Btwo \n three\u3000\uFEFF\r\n"), "one\u200Btwo \n three");
  EXPECT_EQ(typed_lines("\u00A0\u2060\n"), "");
  EXPECT_EQ(typed_lines("\xFF"), "\xFF");
  EXPECT_EQ(typed_values("\u202Ahttps://zoom.example/j/9\u200B\u202C\r\n\u00A0Passcode\u00A012\n"),
            "https://zoom.example/j/9\nPasscode 12");
  EXPECT_EQ(typed_value("bad \xFF byte"), "bad \xFF byte") << "for the check that follows to refuse";
}

TEST(TypedText, IsHowEveryFieldReadsItsValue) {
  FieldErrors errors;
  EXPECT_EQ(check_text(errors, "name", "\u202AAda\u202C \u2068Lovelace\u2069", {.length_max = 40}), "Ada Lovelace");
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(Slug::parse("\u200Bintro\uFEFF\u00A0").value().text(), "intro");
  EXPECT_EQ(LibPhoneReader{}.read("\u202A+1\u00A0(202)\u2009555\u20110136\u202C", ""), "+12025550136");
}

TEST(DomainNames, AreAsciiHoweverTheyAreSpelled) {
  for (const char* text : {"b\u00fccher.example", "B\u00dcCHER.Example", "xn--bcher-kva.example",
                           "XN--BCHER-KVA.EXAMPLE", "bu\u0308cher.example", "b\u00fccher\u3002example"})
    EXPECT_EQ(ascii_domain(text), "xn--bcher-kva.example") << text;
  EXPECT_EQ(ascii_domain("\u4f8b\u3048.jp"), "xn--r8jz45g.jp");
  EXPECT_EQ(ascii_domain("Example.COM"), "example.com");
  EXPECT_EQ(ascii_domain("r3---sn-x.example"), "r3---sn-x.example") << "known to registries, if not to UTS #46";
  EXPECT_NE(ascii_domain("stra\u00dfe.example"), ascii_domain("strasse.example"));
  for (const char* text : {"xn--a.example", "xn--zzzzzz99999.example", "b\u00fc cher.example", "-b\u00fc.example",
                           "a\u0338b\u00fc/c.example"})
    EXPECT_FALSE(ascii_domain(text)) << text;
}

}  // namespace
}  // namespace scheduling::testing
