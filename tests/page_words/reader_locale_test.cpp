// In which language a page is, and how its dates are written: RFC 9110, 12.5.4, and what an address says.
#include "plugin/http/wording/reader_locale.hpp"

#include <gtest/gtest.h>

#include "tests/page_words/page_words.hpp"

namespace scheduling::testing {
namespace {

/// "de-AT/de"
std::string chosen(const AskedLocale& asked) {
  const ReaderLocale locale = reader_locale(*words().messages, asked);
  return locale.tag + "/" + locale.language;
}

std::string of_browser(std::string_view header) {
  return chosen({.accepted = header});
}

TEST(ReaderLocale, IsWhatTheBrowserWantsMost) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {"", "en-US/en"},
      {"*", "en-US/en"},
      {"de", "de/de"},
      {"de-AT", "de-AT/de"},
      {"DE-at", "de-AT/de"},
      {"pt-BR,pt;q=0.9,en;q=0.8", "pt-BR/pt"},
      {"zh-CN,zh;q=0.9", "en-US/en"},
      {"zh-CN,zh;q=0.9,fr;q=0.8", "fr/fr"},
      {"en;q=0.5,ja;q=0.8", "ja/ja"},
      {"en;q=0.5, ja ; q=0.8", "ja/ja"},
      {"fr;q=0.9,es;q=0.9", "fr/fr"},
      {"de;q=0,fr;q=0.1", "fr/fr"},
      {"de;q=0.000,fr;q=0.001", "fr/fr"},
      {"de;q=2,fr;q=0.1", "fr/fr"},
      {"de;q=nonsense,fr;q=0.1", "fr/fr"},
      {"de;q=0.1234,fr;q=0.1", "fr/fr"},
      {"*;q=0.5,es;q=0.4", "es/es"},
      {",,;,de", "de/de"},
      {"en-GB,en;q=0.9", "en-GB/en"},
      {"en,en-GB;q=0.9", "en-GB/en"},
      {"de,de-CH;q=0.7", "de-CH/de"},
      {"es-419", "es-419/es"},
      {"zh-Hant-TW, pt", "pt/pt"},
      {"ar", "ar/en"},
      {"ar-EG,en;q=0.5", "ar-EG/en"},
      {"iw-IL", "he-IL/en"},
      {"de-DE-1996-u-hc-h12", "de-DE/de"},
      {"deutsch", "en-US/en"},
      {"d", "en-US/en"},
      {"../de", "en-US/en"},
      {"\xFF\xFE, de", "de/de"},
  };
  for (const auto& [header, want] : cases) EXPECT_EQ(of_browser(header), want) << header;
  EXPECT_EQ(of_browser(std::string(8000, ',') + "de"), "de/de");
}

TEST(ReaderLocale, IsWhatTheAddressSaysFirst) {
  EXPECT_EQ(chosen({.lang = "de", .accepted = "fr"}), "de/de");
  EXPECT_EQ(chosen({.lang = "de", .locale = "es", .accepted = "fr"}), "de/de");
  EXPECT_EQ(chosen({.locale = "es", .accepted = "fr"}), "es/es");
  EXPECT_EQ(chosen({.lang = "de", .accepted = "fr,de-AT;q=0.1"}), "de-AT/de") << "the browser knows the region";
  EXPECT_EQ(chosen({.lang = "en", .accepted = "en-GB"}), "en-GB/en");
  EXPECT_EQ(chosen({.lang = "en-US", .accepted = "en-GB"}), "en-US/en");
  for (const char* unread : {"zh", "klingon", "%", "", "de\nfr", "<script>"})
    EXPECT_EQ(chosen({.lang = unread, .accepted = "fr"}), "fr/fr") << unread;
}

TEST(ReaderLocale, IsTheMeetingsWhenTheBrowserHasNone) {
  EXPECT_EQ(chosen({.stored = "ja"}), "ja/ja");
  EXPECT_EQ(chosen({.accepted = "*", .stored = "ja"}), "ja/ja");
  EXPECT_EQ(chosen({.accepted = "zh", .stored = "ja"}), "ja/ja");
  EXPECT_EQ(chosen({.accepted = "fr", .stored = "ja"}), "fr/fr");
  EXPECT_EQ(chosen({.lang = "de", .accepted = "fr", .stored = "ja"}), "de/de");
}

TEST(ReaderLocale, KnowsWhoSaidIt) {
  const auto locale = [](const AskedLocale& asked) { return reader_locale(*words().messages, asked); };
  EXPECT_TRUE(locale({.lang = "de"}).is_chosen);
  EXPECT_TRUE(locale({.locale = "de"}).is_chosen);
  EXPECT_FALSE(locale({.accepted = "de"}).is_chosen);
  EXPECT_FALSE(locale({.lang = "zh", .accepted = "de"}).is_chosen);
  EXPECT_FALSE(locale({}).is_known);
}

TEST(ReaderLocale, RunsFromRightToLeft) {
  for (const char* tag : {"ar", "ar-EG", "he", "iw", "fa-IR", "ur-PK"})
    EXPECT_TRUE(reader_locale(*words().messages, {.accepted = tag}).is_right_to_left) << tag;
  for (const char* tag : {"en", "de", "ja", "zh", ""})
    EXPECT_FALSE(reader_locale(*words().messages, {.accepted = tag}).is_right_to_left) << tag;
}

TEST(ReaderLocale, DecidesTheMailsLanguage) {
  const auto language = [](std::string_view target_lang, std::string_view accepted) {
    crm::sdk::Request request;
    if (!target_lang.empty()) request.query.push_back({"lang", target_lang});
    if (!accepted.empty()) request.headers.push_back({"Accept-Language", accepted});
    return mail_language(*words().messages, request);
  };
  EXPECT_EQ(language("", ""), "");
  EXPECT_EQ(language("", "*"), "");
  EXPECT_EQ(language("", "de-AT,de;q=0.8"), "de-AT");
  EXPECT_EQ(language("", "nl,de;q=0.8"), "de");
  EXPECT_EQ(language("", "nl-NL,da;q=0.8"), "nl-NL") << "a language that may come one day";
  EXPECT_EQ(language("ja", "de-AT"), "ja");
}

TEST(ReaderLocale, DecidesClockAndWeek) {
  struct Case {
    std::string_view accepted, time, hour_cycle;
    unsigned first_weekday;
  };
  const WallTime afternoon{std::chrono::hours{13} + std::chrono::minutes{5}};
  for (const Case& one :
       {Case{"en-US", "1:05 PM", "h12", 0}, Case{"", "1:05 PM", "h12", 0}, Case{"en-GB", "13:05", "h23", 1},
        Case{"de", "13:05", "h23", 1}, Case{"de-AT", "13:05", "h23", 1}, Case{"fr-CA", "13 h 05", "h23", 0},
        Case{"pt-BR", "13:05", "h23", 0}, Case{"pt-PT", "13:05", "h23", 0}, Case{"ja", "13:05", "h23", 0},
        Case{"ar-EG", "1:05 م", "h12", 6}, Case{"he-IL", "13:05", "h23", 0}}) {
    const PublicTexts texts = words().texts("", one.accepted);
    EXPECT_EQ(words().formatter.time(afternoon, texts.tag()), one.time) << one.accepted;
    EXPECT_EQ(texts.hour_cycle(), one.hour_cycle) << one.accepted;
    EXPECT_EQ(texts.first_weekday().c_encoding(), one.first_weekday) << one.accepted;
  }
}

}  // namespace
}  // namespace scheduling::testing
