// Every text of the pages is shown by one of them: what no page shows any more is no work for translators.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/page_words/page_words.hpp"

namespace scheduling::testing {
namespace {

namespace fs = std::filesystem;

std::string all_files_below(const fs::path& folder) {
  std::ostringstream whole;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) whole << std::ifstream(entry.path(), std::ios::binary).rdbuf() << '\n';
  return std::move(whole).str();
}

/// Keys that the code puts together.
const std::set<std::string> k_composed{
    "mail_waiting",         "mail_held",         "mail_done",       "mail_dead",
    "booked_title",         "booked_lead",       "pending_title",   "pending_lead",
    "unverified_title",     "unverified_lead",   "taken_text",      "taken_none",
    "outside_text",         "outside_none",      "owner_only_text", "owner_only_none",
    "outcome_is_completed", "outcome_is_no_show"};

TEST(PageTexts, AreAllShown) {
  const fs::path assets = SCHEDULING_WEB_ASSETS;
  const std::string templates = all_files_below(assets / "templates");
  const std::string sources = all_files_below(assets.parent_path() / "plugin" / "http");
  for (const auto& [key, text] : words().messages->patterns("page.", "en")) {
    const bool is_shown = templates.find("{{t." + key + "}}") != std::string::npos ||
                          sources.find('"' + key + '"') != std::string::npos || k_composed.contains(key);
    EXPECT_TRUE(is_shown) << "page." << key;
  }
}

/// A word of a template has no placeholder: nobody would fill it.
TEST(PageTexts, OfTemplatesAreWhole) {
  const std::string templates = all_files_below(fs::path(SCHEDULING_WEB_ASSETS) / "templates");
  for (const auto& [key, text] : words().messages->patterns("page.", "en")) {
    const bool is_word = templates.find("{{t." + key + "}}") != std::string::npos;
    EXPECT_FALSE(is_word && text.find('{') != std::string::npos) << "page." << key;
  }
}

/// The words that a page hands to its script are those that the script shows.
TEST(ScriptWords, AreThoseOfTheScript) {
  std::string sources;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(SCHEDULING_WEB_ASSETS) / "src" / "public"))
    if (entry.is_regular_file() && !entry.path().filename().string().ends_with(".test.ts"))
      sources += (std::ostringstream() << std::ifstream(entry.path(), std::ios::binary).rdbuf()).str();
  const std::string handed = words().texts("en").script_words();
  const std::regex named(R"('((?:booking|page)\.[a-z_]+)')");
  std::set<std::string> shown;
  for (std::sregex_iterator each(sources.begin(), sources.end(), named), end; each != end; ++each)
    shown.insert((*each)[1]);
  EXPECT_FALSE(shown.empty());
  for (const std::string& key : shown) EXPECT_NE(handed.find('"' + key + "\":"), std::string::npos) << key;
  const std::regex key(R"re("((?:booking|page)\.[a-z_]+)":)re");
  for (std::sregex_iterator each(handed.begin(), handed.end(), key), end; each != end; ++each)
    EXPECT_TRUE(shown.contains((*each)[1])) << (*each)[1] << " is handed over and not shown";
}

}  // namespace
}  // namespace scheduling::testing
