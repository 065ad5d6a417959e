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

std::vector<fs::path> shipped_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(texts_folder())) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

TEST(Translations, HaveEveryKeyPlaceholderAndPluralForm) {
  const MessageFile english = read_message_file(texts_folder() / "en.txt");
  EXPECT_GT(english.messages.size(), 100u);
  for (const fs::path& file : shipped_files())
    EXPECT_EQ(lines_of(message_offences(read_message_file(file), file.stem().string(), english)), "");
}

TEST(Translations, AreTranslated) {
  std::map<std::string, std::string> english;
  for (const MessageLine& line : read_message_file(texts_folder() / "en.txt").messages)
    english[line.key] = line.pattern;
  for (const fs::path& path : shipped_files()) {
    if (path.stem() == "en") continue;
    const MessageFile file = read_message_file(path);
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
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string error() {
    const auto loaded = load_icu_message_catalog(folder_.string());
    return loaded ? "" : loaded.error().detail.substr(loaded.error().detail.find('\n') + 1);
  }
  fs::path folder_;
};

TEST_F(BrokenTexts, NameFileLineAndKey) {
  write("en.txt",
        "greeting = Hello {name},\n"
        "left = {hours, plural, one {# hour} other {# hours}}\n"
        "who = {by, select, host {you} other {they}}\n"
        "bye = Bye\n");
  write("pl.txt",
        "# Polish\n"
        "greeting = Cześć {nmae},\n"
        "left = {hours, plural, one {# godzina} two {# godziny} other {# godzin}}\n"
        "who = {by, select, hsot {ty} other {oni}}\n"
        "farewell = Pa\n"
        "bye Pa\n");
  EXPECT_EQ(error(),
            "pl.txt:6: a line reads: key = text\n"
            "pl.txt:2: greeting: there is no {nmae} here; English says \"Hello {name},\"\n"
            "pl.txt:2: greeting: {name} is missing; English says \"Hello {name},\"\n"
            "pl.txt:3: left: {hours}: this language has no plural form \"two\", only few, many, one, other\n"
            "pl.txt:3: left: {hours}: the plural form \"few\" is missing\n"
            "pl.txt:3: left: {hours}: the plural form \"many\" is missing\n"
            "pl.txt:4: who: {by} chooses between hsot, other; it must be host, other\n"
            "pl.txt:5: farewell: is no key of en.txt\n"
            "pl.txt: bye: is missing; English says \"Bye\"");
}

TEST_F(BrokenTexts, ExplainSyntax) {
  write("en.txt", "one = Two {braces\ntwo = It's {name}\nthree =\nfour = a\nfour = b\nfive = \xFF\n");
  EXPECT_EQ(error(),
            "en.txt:3: three: has no text\n"
            "en.txt:5: four: stands here a second time\n"
            "en.txt:6: five: is not UTF-8, or has invisible characters\n"
            "en.txt:1: one: the braces { } do not fit together near \"Two {braces\"\n"
            "en.txt:2: two: write the apostrophe as \u2019; the straight one (') has a meaning of its own here");
}

TEST_F(BrokenTexts, NeedAtLeastEnglish) {
  EXPECT_EQ(error(), "en.txt: cannot be read");
  write("de.txt", "a = b\n");
  EXPECT_NE(error().find("en.txt: cannot be read"), std::string::npos);
}

TEST_F(BrokenTexts, AreNotMadeByWindowsEditors) {
  write("en.txt", "\xEF\xBB\xBFgreeting = Hello {name}\r\n\r\n# remark\r\nbye = Bye\r\n");
  const auto loaded = load_icu_message_catalog(folder_.string());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ((*loaded)->text("greeting", "en", MessageArgs().text("name", "Ada")), "Hello Ada");
  EXPECT_EQ((*loaded)->text("bye", "de"), "Bye");
}

TEST_F(BrokenTexts, MayBeInALanguageOfTheFuture) {
  write("en.txt", "left = {count, plural, one {# day} other {# days}}\n");
  write("ar.txt",
        "left = {count, plural, zero {صفر} one {يوم} two {يومان} few {# أيام} many {# يومًا} other {# يوم}}\n");
  write("ko.txt", "left = {count}일\n");
  const auto loaded = load_icu_message_catalog(folder_.string());
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ((*loaded)->text("left", "ar-EG", MessageArgs().number("count", 2)), "يومان");
  EXPECT_EQ((*loaded)->text("left", "ko", MessageArgs().number("count", 2)), "2일");
}

}  // namespace
}  // namespace scheduling::testing
