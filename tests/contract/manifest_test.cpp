// The manifest is data under a schema; its settings are typed, bounded, and secret where they say so.
#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "module_loading/manifest.hpp"
#include "tests/contract/scratch_folder.hpp"

namespace {

using namespace crm;
using testing::HasSubstr;

std::string with(const std::string& members) {
  return R"({"id":"tiny","name":"Tiny","version":"1.0.0","sdk":{"min":"1.0","max":"1.0"},"library":"tiny.so")" +
         members + "}";
}

TEST(ManifestFile, TheSchemaInsideIsTheFileThatShips) {
  std::ifstream in(CONTRACT_SCHEMA);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  EXPECT_EQ(text, app::k_manifest_schema);
}

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = with("");
  return text.replace(text.find(from), from.size(), to);
}

TEST(ManifestFile, WhereAndWhichRuleIsSaid) {
  const auto parsed = app::parse_manifest(with(R"(,"jobs":[{"name":"Job","interval_seconds":0}])"));
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().message, R"(manifest.json: #/jobs/0/interval_seconds: breaks the rule "minimum")");
}

TEST(ManifestFile, PatternsBind) {
  for (const std::string& bad :
       {replaced(R"("tiny")", R"("Tiny one")"), replaced("1.0.0", "1.0"), replaced(R"("min":"1.0")", R"("min":"1")"),
        replaced("tiny.so", "../tiny.so"), replaced("tiny.so", "tiny-so"),
        with(R"(,"jobs":[{"name":"1Job","interval_seconds":60}])"),
        with(R"(,"assets":[{"url_prefix":"/a/","folder":"web"}])"),
        with(R"(,"navigation":[{"label":"A","path":"a","access":"user"}])"), with(R"(,"migrations":"sql/..")")})
    EXPECT_FALSE(app::parse_manifest(bad)) << bad;
  for (const std::string& good : {with(R"(,"jobs":[{"name":"Job1","interval_seconds":60}])"),
                                  with(R"(,"assets":[{"url_prefix":"/a/b-c","folder":"web_assets-1"}])")})
    EXPECT_TRUE(app::parse_manifest(good)) << good;
}

TEST(ManifestFile, BrokenRulesAreNamed) {
  EXPECT_TRUE(app::parse_manifest(with("")));
  for (const std::string& bad :
       {std::string("{}"), std::string("[]"), std::string("no json"), with(R"(,"surprise":1)"),
        with(R"(,"routes":[{"method":"PATCH","path":"/a","access":"open","rate":"none"}])"),
        with(R"(,"routes":[{"method":"GET","path":"a","access":"open","rate":"none"}])"),
        with(R"(,"routes":[{"method":"GET","path":"/a","access":"everyone","rate":"none"}])"),
        with(R"(,"jobs":[{"name":"A job","interval_seconds":60}])"),
        with(R"(,"jobs":[{"name":"Job","interval_seconds":0}])"),
        with(R"(,"hooks":[{"on":"contacts","event":"painted","when":"after"}])"),
        with(R"(,"permissions":["everything"])"), with(R"(,"assets":[{"url_prefix":"/a","folder":"../etc"}])"),
        with(R"(,"migrations":"../../etc")"),
        with(R"(,"settings":{"type":"object","properties":{"a":{"type":"date"}}})"),
        with(R"(,"settings":{"type":"object","properties":{"a":{"type":"integer","default":"x"}}})"),
        with(R"(,"settings":{"type":"object","properties":{"a":{"type":"string","secret":true,"default":"x"}}})")}) {
    const auto parsed = app::parse_manifest(bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().kind, sdk::FailureKind::invalid) << bad;
    EXPECT_THAT(parsed.error().message, HasSubstr("manifest.json")) << bad;
  }
}

class SettingsCheck : public testing::Test {
 protected:
  std::string codes(const std::string& json) {
    const auto schema = app::SettingsSchema::parse(
        R"({"type":"object","properties":{"word":{"type":"string","minLength":2,"maxLength":4,"default":"abc"},
        "count":{"type":"integer","minimum":1,"maximum":9,"default":5},"share":{"type":"number","minimum":0},"on":{"type":"boolean"},
        "kind":{"type":"string","enum":["a","b"]},"many":{"type":"array","items":{"type":"string"},"maxItems":2},
        "key":{"type":"string","secret":true}}})");
    EXPECT_TRUE(schema);
    const auto object = Poco::JSON::Parser().parse(json).extract<Poco::JSON::Object::Ptr>();
    std::string all;
    for (const auto& error : schema->check(*object)) all += error.field + ":" + error.code + " ";
    return all;
  }
};

TEST_F(SettingsCheck, NamesFieldAndRule) {
  EXPECT_EQ(
      codes(R"({"word":"\u00e4\u00f6\u00fc","count":9,"share":0.5,"on":true,"kind":"a","many":["x","y"],"key":"s"})"),
      "");
  EXPECT_EQ(codes(R"({"word":null,"count":null})"), "");
  EXPECT_EQ(codes(R"({"colour":"red"})"), "colour:unknown_field ");
  EXPECT_EQ(codes(R"({"word":7})"), "word:wrong_type ");
  EXPECT_EQ(codes(R"({"word":"a"})"), "word:too_short ");
  EXPECT_EQ(codes(R"({"word":"abcde"})"), "word:too_long ");
  EXPECT_EQ(codes(R"({"word":"a\u0000b"})"), "word:invalid_text ");
  EXPECT_EQ(codes(R"({"count":0})"), "count:out_of_range ");
  EXPECT_EQ(codes(R"({"count":1.5})"), "count:wrong_type ");
  EXPECT_EQ(codes(R"({"count":true})"), "count:wrong_type ");
  EXPECT_EQ(codes(R"({"count":"3"})"), "count:wrong_type ");
  EXPECT_EQ(codes(R"({"share":-1})"), "share:out_of_range ");
  EXPECT_EQ(codes(R"({"share":"1"})"), "share:wrong_type ");
  EXPECT_EQ(codes(R"({"on":1})"), "on:wrong_type ");
  EXPECT_EQ(codes(R"({"kind":"c"})"), "kind:not_a_choice ");
  EXPECT_EQ(codes(R"({"many":["a","b","c"]})"), "many:too_long ");
  EXPECT_EQ(codes(R"({"many":[1]})"), "many:wrong_type ");
  EXPECT_EQ(codes(R"({"many":{}})"), "many:wrong_type ");
}

}  // namespace
