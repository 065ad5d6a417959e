// For translators: what does not fit is named with file, line and key.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "plugin/adapters/icu/message_check.hpp"
#include "tests/mail_templates/mail_world.hpp"

namespace scheduling::testing {
namespace {

namespace fs = std::filesystem;

std::string lines_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// "page.txt" and the like.
std::vector<std::string> shipped_files() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(texts_folder() / "en"))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

TEST(Translations, HaveEveryKeyPlaceholderAndPluralForm) {
  EXPECT_EQ(shipped_files(),
            (std::vector<std::string>{"booking.txt", "field.txt", "mail.txt", "page.txt", "words.txt"}));
  for (const std::string& name : shipped_files()) {
    const MessageFile english = read_message_file(texts_folder() / "en" / name);
    EXPECT_GT(english.messages.size(), 10u);
    for (const std::string& language : world().messages->languages())
      EXPECT_EQ(lines_of(message_offences(read_message_file(texts_folder() / language / name), language, english)), "");
  }
}

TEST(Translations, SayWhatTheyAreFor) {
  for (const std::string& name : shipped_files()) {
    if (name == "words.txt") continue;
    const std::string prefix = fs::path(name).stem().string() + ".";
    for (const MessageLine& line : read_message_file(texts_folder() / "en" / name).messages)
      EXPECT_TRUE(line.key.starts_with(prefix)) << "en/" << name << ":" << line.line << ": " << line.key;
  }
}

TEST(Translations, AreTranslated) {
  for (const std::string& name : shipped_files()) {
    std::map<std::string, std::string> english;
    for (const MessageLine& line : read_message_file(texts_folder() / "en" / name).messages)
      english[line.key] = line.pattern;
    for (const std::string& language : world().messages->languages()) {
      if (language == "en") continue;
      const MessageFile file = read_message_file(texts_folder() / language / name);
      for (const MessageLine& line : file.messages) {
        const bool is_same = line.pattern == english[line.key];
        const bool may_be_same = line.remark.find("same as English") != std::string::npos;
        EXPECT_FALSE(is_same && !may_be_same)
            << file.name << ":" << line.line << ": " << line.key << ": is not translated; if it is right as it is, put "
            << "the remark \"# same as English\" above it";
        EXPECT_FALSE(!is_same && may_be_same) << file.name << ":" << line.line << ": " << line.key
                                              << ": is not the same as English any more; take the remark away";
      }
    }
  }
}

TEST(Translations, ShipSixLanguages) {
  EXPECT_EQ(world().messages->languages(), (std::vector<std::string>{"de", "en", "es", "fr", "ja", "pt"}));
}

/// A folder with the given files and nothing else.
class BrokenTexts : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("mail_texts_" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string error() {
    const auto loaded = load_icu_message_catalog(folder_.string());
    return loaded ? "" : loaded.error().detail.substr(loaded.error().detail.find('\n') + 1);
  }
  fs::path folder_;
};

TEST_F(BrokenTexts, NameFileLineAndKey) {
  write("en/a.txt",
        "greeting = Hello {name},\n"
        "left = {hours, plural, one {# hour} other {# hours}}\n"
        "who = {by, select, host {you} other {they}}\n"
        "bye = Bye\n");
  write("pl/a.txt",
        "# Polish\n"
        "greeting = Cześć {nmae},\n"
        "left = {hours, plural, one {# godzina} two {# godziny} other {# godzin}}\n"
        "who = {by, select, hsot {ty} other {oni}}\n"
        "farewell = Pa\n"
        "bye Pa\n");
  EXPECT_EQ(error(),
            "pl/a.txt:6: a line reads: key = text\n"
            "pl/a.txt:2: greeting: there is no {nmae} here; English says \"Hello {name},\"\n"
            "pl/a.txt:2: greeting: {name} is missing; English says \"Hello {name},\"\n"
            "pl/a.txt:3: left: {hours}: this language has no plural form \"two\", only few, many, one, other\n"
            "pl/a.txt:3: left: {hours}: the plural form \"few\" is missing\n"
            "pl/a.txt:3: left: {hours}: the plural form \"many\" is missing\n"
            "pl/a.txt:4: who: {by} chooses between hsot, other; it must be host, other\n"
            "pl/a.txt:5: farewell: is no key of en/a.txt\n"
            "pl/a.txt: bye: is missing; English says \"Bye\"");
}

TEST_F(BrokenTexts, ExplainSyntax) {
  write("en/a.txt", "one = Two {braces\ntwo = It's {name}\nthree =\nfour = a\nfour = b\nfive = \xFF\n");
  EXPECT_EQ(error(),
            "en/a.txt:3: three: has no text\n"
            "en/a.txt:5: four: stands here a second time\n"
            "en/a.txt:6: five: is not UTF-8, or has invisible characters\n"
            "en/a.txt:1: one: the braces { } do not fit together near \"Two {braces\"\n"
            "en/a.txt:2: two: write the apostrophe as \u2019; the straight one (') has a meaning of its own here");
}

TEST_F(BrokenTexts, NeedAtLeastEnglish) {
  EXPECT_EQ(error(), "en: has no texts");
  write("de/a.txt", "a = b\n");
  EXPECT_NE(error().find("en: has no texts"), std::string::npos);
}

TEST_F(BrokenTexts, HaveTheFilesOfEnglish) {
  write("en/a.txt", "one = One\n");
  write("en/b.txt", "one = One\ntwo = Two\n");
  write("de/a.txt", "one = Eins\n");
  write("de/c.txt", "three = Drei\n");
  EXPECT_EQ(error(),
            "en/b.txt: one: stands in another file, too\n"
            "de/b.txt: cannot be read\n"
            "de/b.txt: one: is missing; English says \"One\"\n"
            "de/b.txt: two: is missing; English says \"Two\"\n"
            "de/c.txt: is no file of en");
}

TEST_F(BrokenTexts, AreNotMadeByWindowsEditors) {
  write("en/a.txt", "\xEF\xBB\xBFgreeting = Hello {name}\r\n\r\n# remark\r\nbye = Bye\r\n");
  const auto loaded = load_icu_message_catalog(folder_.string());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ((*loaded)->text("greeting", "en", MessageArgs().text("name", "Ada")), "Hello Ada");
  EXPECT_EQ((*loaded)->text("bye", "de"), "Bye");
}

TEST_F(BrokenTexts, MayBeInALanguageOfTheFuture) {
  write("en/a.txt", "left = {count, plural, one {# day} other {# days}}\n");
  write("ar/a.txt",
        "left = {count, plural, zero {صفر} one {يوم} two {يومان} few {# أيام} many {# يومًا} other {# يوم}}\n");
  write("ko/a.txt", "left = {count}일\n");
  const auto loaded = load_icu_message_catalog(folder_.string());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ((*loaded)->text("left", "ar-EG", MessageArgs().number("count", 2)), "يومان");
  EXPECT_EQ((*loaded)->text("left", "ko", MessageArgs().number("count", 2)), "2일");
}

}  // namespace
}  // namespace scheduling::testing
