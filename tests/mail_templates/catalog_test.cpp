#include <gtest/gtest.h>

#include <thread>

#include "tests/mail_templates/mail_world.hpp"

namespace scheduling::testing {
namespace {

TEST(Catalog, FindsTheNearestLanguage) {
  const MessageCatalog& messages = *world().messages;
  for (const auto& [asked, found] : std::vector<std::pair<const char*, const char*>>{{"de", "de"},
                                                                                     {"de-AT", "de"},
                                                                                     {"de_AT", "de"},
                                                                                     {"DE", "de"},
                                                                                     {"pt-BR", "pt"},
                                                                                     {"ja-JP-u-ca-japanese", "ja"},
                                                                                     {"en-GB", "en"},
                                                                                     {"it", "en"},
                                                                                     {"", "en"},
                                                                                     {"-", "en"},
                                                                                     {"deu", "en"},
                                                                                     {"d", "en"},
                                                                                     {"../de", "en"}})
    EXPECT_EQ(messages.language_of(asked), found) << asked;
  EXPECT_EQ(messages.language_of(std::string(10'000, 'x')), "en");
}

TEST(Catalog, CountsAsTheLanguageDoes) {
  const MessageCatalog& messages = *world().messages;
  const auto hours = [&](const char* locale, int count) {
    return messages.text("duration.hours", locale, MessageArgs().number("hours", count));
  };
  EXPECT_EQ(hours("en", 1), "1 hour");
  EXPECT_EQ(hours("en", 2), "2 hours");
  EXPECT_EQ(hours("fr", 0), "0 heure");
  EXPECT_EQ(hours("de", 12), "12 Stunden");
  EXPECT_EQ(hours("ja", 2), "2\u6642\u9593");
}

TEST(Catalog, NeverReadsAValueAsAPattern) {
  const std::string hostile = "{host} {0} '{' # {n, plural, other {x}} <b>";
  EXPECT_EQ(world().messages->text("mail.greeting.named", "en", MessageArgs().text("name", hostile)),
            "Hello " + hostile + ",");
}

TEST(Catalog, HandsOutTheMessagesOfAPrefix) {
  const auto german = world().messages->patterns("answer.", "de-AT");
  EXPECT_EQ(german, (MessageCatalog::Patterns{{"no", "Nein"}, {"yes", "Ja"}}));
  EXPECT_TRUE(world().messages->patterns("no.such.prefix.", "de").empty());
}

TEST(Catalog, ShowsAGap) {
  EXPECT_EQ(world().messages->text("no.such.key", "de"), "no.such.key");
}

TEST(Catalog, IsTheSameFromManyThreads) {
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([thread] {
      const char* locale = thread % 2 == 0 ? "de" : "fr";
      for (int i = 0; i < 300; ++i)
        EXPECT_EQ(world().messages->text("lead.days", locale, MessageArgs().number("days", 3)),
                  thread % 2 == 0 ? "In 3 Tagen" : "Dans 3 jours");
    });
  }
}

}  // namespace
}  // namespace scheduling::testing
