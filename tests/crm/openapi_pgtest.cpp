#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <fstream>
#include <sstream>

#include "tests/crm/crm_fixture.hpp"

namespace crm::test {
namespace {

Poco::JSON::Object::Ptr paths_in(const std::string& name) {
  std::ifstream file(std::string(CRM_SHARE) + "/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  Poco::JSON::Parser parser;
  return parser.parse(text.str()).extract<Poco::JSON::Object::Ptr>()->getObject("paths");
}

/// The fixture runs in development mode, so both documents hold.
Poco::JSON::Object::Ptr described_paths() {
  auto paths = paths_in("openapi.json");
  const auto development = paths_in("openapi_development.json");
  for (const auto& [path, item] : *development) paths->set(path, item);
  return paths;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(c));
  return out;
}

TEST(OpenApi, DescribesEveryRouteOfTheCrmAndItsRefusals) {
  TestCrm crm;
  const auto paths = described_paths();
  for (const auto& route : crm.routes.list()) {
    const std::string& pattern = route.pattern;
    ASSERT_TRUE(paths->isObject(pattern)) << pattern;
    const std::string method = lower(sdk::to_string(route.method));
    ASSERT_TRUE(paths->getObject(pattern)->isObject(method)) << method << " " << pattern;
    const auto operation = paths->getObject(pattern)->getObject(method);
    const auto responses = operation->getObject("responses");
    const bool is_open = route.access == sdk::Access::open;
    EXPECT_EQ(operation->getArray("security")->size() == 0, is_open) << method << " " << pattern;
    for (const char* status : {"400", "429", "500"}) EXPECT_TRUE(responses->has(status)) << status << " " << pattern;
    EXPECT_TRUE(is_open || responses->has("401")) << pattern;
    EXPECT_TRUE(route.access != sdk::Access::admin || responses->has("403")) << pattern;
    const bool is_write = method == "post" || method == "put";
    for (const char* status : {"411", "413", "415"})
      EXPECT_TRUE(!is_write || responses->has(status)) << status << " " << pattern;
  }
}

TEST(OpenApi, NamesNothingThatIsNotThere) {
  TestCrm crm;
  std::vector<std::string> known;
  for (const auto& route : crm.routes.list()) known.push_back(route.pattern);
  for (const char* elsewhere :
       {"/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/modules", "/api/v1/modules/{id}",
        "/api/v1/modules/{id}/enable", "/api/v1/modules/{id}/disable", "/api/v1/modules/{id}/settings"})
    known.emplace_back(elsewhere);
  const auto paths = described_paths();
  for (const auto& path : *paths)
    EXPECT_NE(std::find(known.begin(), known.end(), path.first), known.end()) << path.first;
}

TEST(OpenApi, DevelopmentRoutesStandInTheirOwnDocument) {
  const auto ordinary = paths_in("openapi.json");
  for (const auto& path : *ordinary) EXPECT_FALSE(path.first.starts_with("/api/v1/dev/")) << path.first;
  const auto development = paths_in("openapi_development.json");
  for (const auto& path : *development) EXPECT_TRUE(path.first.starts_with("/api/v1/dev/")) << path.first;
}

}  // namespace
}  // namespace crm::test
