// Static files as a build leaves them: compressed beside each other, and named by their content.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <stdexcept>
#include <tuple>

#include "reference_host/modules/asset_routes.hpp"
#include "tests/contract/scratch_folder.hpp"

namespace {

using namespace crm;

std::string header_of(const sdk::Response& response, std::string_view name) {
  for (const sdk::Header& header : response.headers)
    if (header.name == name) return header.value;
  return {};
}

class BuiltAssets : public testing::Test {
 protected:
  BuiltAssets() { std::filesystem::create_directories(folder / "assets/built/more"); }
  /// What a client that takes `accepted` gets for the file.
  sdk::Response get(const std::string& name, std::string_view accepted = "", std::string_view known = "") {
    auto made = app::asset_routes(folder.path(), {"/x/assets", "assets"});
    if (!made) throw std::runtime_error(made.error().message);
    for (const sdk::Route& route : *made) {
      if (route.pattern != "/x/assets/" + name) continue;
      sdk::Request request;
      request.headers = {{"Accept-Encoding", accepted}, {"If-None-Match", known}};
      return route.handler(request);
    }
    return {404, "", "", {}};
  }

  ScratchFolder folder;
};

TEST_F(BuiltAssets, SiblingsAreSentToThoseWhoTakeThem) {
  folder.write("assets/built/app-DiwrgTda.js", "plain");
  folder.write("assets/built/app-DiwrgTda.js.br", "brotli");
  folder.write("assets/built/app-DiwrgTda.js.gz", "gzip");
  const std::string name = "built/app-DiwrgTda.js";
  const std::tuple<const char*, const char*, const char*> cases[] = {{"", "plain", ""},
                                                                     {"gzip, deflate, br", "brotli", "br"},
                                                                     {"gzip", "gzip", "gzip"},
                                                                     {"br;q=0.1, gzip", "gzip", "gzip"},
                                                                     {"br;q=0", "plain", ""}};
  std::set<std::string> tags;
  for (const auto& [accepted, body, coding] : cases) {
    const sdk::Response response = get(name, accepted);
    EXPECT_EQ(response.body, body) << accepted;
    EXPECT_EQ(header_of(response, "Content-Encoding"), coding) << accepted;
    EXPECT_EQ(header_of(response, "Vary"), "Accept-Encoding") << accepted;
    EXPECT_EQ(response.content_type, "text/javascript; charset=utf-8") << accepted;
    EXPECT_FALSE(response.may_compress) << "twice compressed is not smaller";
    tags.insert(header_of(response, "ETag"));
    EXPECT_EQ(get(name, accepted, header_of(response, "ETag")).status, 304) << accepted;
  }
  EXPECT_EQ(tags.size(), 3u) << "one for each coding";
  EXPECT_EQ(get(name, "gzip", header_of(get(name, "br"), "ETag")).status, 200) << "the other's tag";
  EXPECT_EQ(get(name + ".br").status, 404);
  EXPECT_EQ(get(name + ".gz").status, 404);
}

TEST_F(BuiltAssets, OneSiblingIsEnoughAndWhatHasNoneIsCompressedByTheServer) {
  folder.write("assets/embed.js", "plain");
  folder.write("assets/embed.js.gz", "gzip");
  folder.write("assets/public.css", "body{}");
  folder.write("assets/data.gz", "a file of its own");
  EXPECT_EQ(get("embed.js", "br, gzip").body, "gzip");
  EXPECT_EQ(get("embed.js", "br").body, "plain");
  EXPECT_TRUE(get("public.css", "gzip").may_compress);
  EXPECT_EQ(get("data.gz").body, "a file of its own");
}

TEST_F(BuiltAssets, NamesThatAreMadeFromTheContentAreCachedForEver) {
  const std::pair<const char*, bool> cases[] = {
      {"built/app-DiwrgTda.js", true},      {"built/app-a_b-c-12.css", true}, {"built/more/chunk-0aB3dE_9.js", true},
      {"built/app-DiwrgTda.js.map", false}, {"built/app.js", false},          {"built/manifest.json", false},
      {"built/booking-settings.js", false}, {"app-DiwrgTda.js", false},       {"embed.js", false}};
  for (const auto& [name, is_for_ever] : cases) {
    folder.write(std::string("assets/") + name, "x");
    EXPECT_EQ(header_of(get(name), "Cache-Control"),
              is_for_ever ? "public, max-age=31536000, immutable" : "public, no-cache")
        << name;
  }
}

TEST_F(BuiltAssets, SiblingsCountForTheFoldersSize) {
  folder.write("assets/built/a.js", "x");
  for (const char* ending : {".br", ".gz"})
    folder.write(std::string("assets/built/a.js") + ending, std::string(5U << 20U, 'x'));
  EXPECT_FALSE(app::asset_routes(folder.path(), {"/x/assets", "assets"}));
}

}  // namespace
