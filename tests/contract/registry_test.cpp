// Modules come and go at run time: nobody is cut off, nothing stays mapped, all hosts follow the table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <thread>

#include "fake_host/fake_services.hpp"
#include "module_loading/module_library.hpp"
#include "reference_host/http/route_table.hpp"
#include "reference_host/modules/asset_routes.hpp"
#include "reference_host/modules/module_registry.hpp"
#include "reference_host/modules/module_routes.hpp"
#include "tests/contract/scratch_folder.hpp"

namespace {

using namespace crm;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

/// The table `modules`, as the registry's statements see it.
class ModuleTable {
 public:
  struct Row {
    bool is_enabled = true;
    std::string settings = "{}";
  };
  explicit ModuleTable(app::FakeDatabase& database) {
    database.answer = [this](const sdk::Statement& statement, std::span<const sdk::Param> params) {
      return answer(statement, params);
    };
  }
  Row get(const std::string& id) {
    const std::lock_guard lock(mutex_);
    return rows_[id];
  }
  void set(const std::string& id, Row row) {
    const std::lock_guard lock(mutex_);
    rows_[id] = std::move(row);
  }

 private:
  sdk::Outcome<sdk::RowsPtr> answer(const sdk::Statement& statement, std::span<const sdk::Param> params) {
    const std::lock_guard lock(mutex_);
    std::vector<std::vector<app::FakeRows::Cell>> cells;
    const std::string id = params.empty() ? "" : std::string(params[0].text());
    if (statement.name == "modules.note") rows_.try_emplace(id);
    if (statement.name == "modules.set_enabled") rows_[id].is_enabled = params[1].integer() != 0;
    if (statement.name == "modules.set_settings") rows_[id].settings = params[1].text();
    if (statement.name == "modules.lock" && rows_.contains(id)) cells.push_back({rows_[id].settings});
    if (statement.name == "modules.all")
      for (const auto& [name, row] : rows_) cells.push_back({name, row.is_enabled ? "t" : "f", row.settings});
    return std::make_unique<app::FakeRows>(std::move(cells));
  }
  std::mutex mutex_;
  std::map<std::string, Row> rows_;
};

/// Only routes have a place here; hooks and jobs of the modules in these tests are dropped.
class RoutesOnly final : public app::RegistrationTarget {
 public:
  explicit RoutesOnly(app::RouteTable& routes) : routes_(routes) {}
  sdk::Done migrate(const app::Manifest&, const std::string&) override { return {}; }
  sdk::Done go_live(const app::Manifest& manifest, const std::string&, app::Registrations& registrations) override {
    return routes_.replace_owner(manifest.id, std::move(registrations.routes));
  }
  void switch_off(const app::Manifest& manifest) override {
    routes_.switch_off(manifest.id);
    for (const auto& one : manifest.routes) (void)routes_.add_switched_off(manifest.id, one.method, one.path);
  }

 private:
  app::RouteTable& routes_;
};

class Registry : public testing::Test {
 protected:
  void place(const std::string& name, const std::string& from) { std::filesystem::copy(from, folder / name); }
  void place_tiny() { place("tiny", std::string(CONTRACT_VARIANTS) + "/good"); }
  std::unique_ptr<app::ModuleRegistry> make() {
    return std::make_unique<app::ModuleRegistry>(
        app::ModuleRegistry::Surroundings{database, clock, log, users, records, mailer, site, jobs,
                                          [](std::string_view) { return std::make_unique<app::FakeSecrets>(); }, target,
                                          folder.path(), copies.path(), 30ms});
  }
  std::string ask(const std::string& path) {
    const auto found = routes.find(sdk::Method::get, path);
    if (!found.route) return "404";
    if (found.switched_off) return "503";
    sdk::Request request;
    for (const auto& [name, value] : found.params) request.params.push_back({name, value});
    return found.route->handler(request).body;
  }
  sdk::Response call(app::ModuleRegistry& registry, sdk::Method method, const std::string& pattern,
                     const std::string& id, const std::string& body = {}) {
    for (const sdk::Route& route : app::module_routes(registry, log)) {
      if (route.method != method || route.pattern != pattern) continue;
      EXPECT_EQ(route.access, sdk::Access::admin);
      sdk::Request request;
      request.params = {{"id", id}};
      request.headers = {{"Content-Type", "application/json"}};
      request.body = body;
      return route.handler(request);
    }
    ADD_FAILURE() << "no route " << pattern;
    return {};
  }
  template <class Condition>
  bool soon(Condition&& condition) {
    for (int i = 0; i < 200; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(20ms);
    }
    return false;
  }

  ScratchFolder folder;
  ScratchFolder copies;
  app::FakeDatabase database;
  ModuleTable table{database};
  app::FakeClock clock;
  app::FakeLog log;
  app::FakeUsers users;
  app::FakeRecords records;
  app::FakeMailer mailer;
  app::FakeSite site;
  app::FakeJobs jobs;
  app::RouteTable routes;
  RoutesOnly target{routes};
};

TEST_F(Registry, DisablingWaitsForRequestsThenUnmapsTheLibrary) {
  place_tiny();
  auto registry = make();
  ASSERT_TRUE(registry->start());
  EXPECT_TRUE(registry->is_ready());
  EXPECT_EQ(ask("/tiny"), "one");
  auto running = routes.find(sdk::Method::get, "/tiny");
  auto disabled = std::async(std::launch::async, [&] { return registry->disable("tiny"); });
  EXPECT_EQ(disabled.wait_for(150ms), std::future_status::timeout);
  EXPECT_EQ(ask("/tiny"), "503");
  EXPECT_TRUE(app::is_mapped(copies.path()));
  EXPECT_EQ(running.route->handler(sdk::Request{}).body, "one");
  running = {};
  const auto done = disabled.get();
  EXPECT_TRUE(done) << done.error().message;
  EXPECT_FALSE(app::is_mapped(copies.path()));
  EXPECT_FALSE(table.get("tiny").is_enabled);
  EXPECT_EQ(registry->modules().at(0).state, "disabled");
  EXPECT_TRUE(registry->enable("tiny"));
  EXPECT_EQ(ask("/tiny"), "one");
}

TEST_F(Registry, EnablingAgainTakesTheReplacedFile) {
  place_tiny();
  auto registry = make();
  ASSERT_TRUE(registry->start());
  ASSERT_TRUE(registry->disable("tiny"));
  std::filesystem::copy(std::string(CONTRACT_VARIANTS) + "/second/tiny.so", folder / "tiny/tiny.so",
                        std::filesystem::copy_options::overwrite_existing);
  ASSERT_TRUE(registry->enable("tiny"));
  EXPECT_EQ(ask("/tiny"), "two");
}

TEST_F(Registry, AnotherHostsDecisionIsFollowed) {
  place_tiny();
  auto registry = make();
  ASSERT_TRUE(registry->start());
  table.set("tiny", {false, "{}"});
  EXPECT_TRUE(soon([&] { return ask("/tiny") == "503"; }));
  EXPECT_TRUE(soon([&] { return !app::is_mapped(copies.path()); }));
  table.set("tiny", {true, "{}"});
  EXPECT_TRUE(soon([&] { return ask("/tiny") == "one"; }));
}

TEST_F(Registry, ARefusedModuleIsShownWithItsReason) {
  place_tiny();
  std::filesystem::copy(std::string(CONTRACT_VARIANTS) + "/other_path/tiny.so", folder / "tiny/tiny.so",
                        std::filesystem::copy_options::overwrite_existing);
  auto registry = make();
  ASSERT_TRUE(registry->start());
  EXPECT_FALSE(registry->is_ready());
  EXPECT_EQ(registry->modules().at(0).state, "failed");
  EXPECT_THAT(registry->modules().at(0).problem, HasSubstr("/elsewhere"));
  EXPECT_EQ(ask("/tiny"), "503");
  EXPECT_EQ(ask("/elsewhere"), "404");
  const auto answer = call(*registry, sdk::Method::post, "/api/v1/modules/{id}/enable", "tiny");
  EXPECT_EQ(answer.status, 409);
  EXPECT_THAT(answer.body, HasSubstr("\"code\":\"module_refused\""));
  EXPECT_FALSE(app::is_mapped(copies.path()));
}

TEST_F(Registry, SettingsAreCheckedKeptAndSecretsNeverShown) {
  place("sample", CONTRACT_SAMPLE);
  auto registry = make();
  ASSERT_TRUE(registry->start());
  const auto put = [&](const std::string& body) {
    return call(*registry, sdk::Method::put, "/api/v1/modules/{id}/settings", "sample", body);
  };
  const auto get = [&] { return call(*registry, sdk::Method::get, "/api/v1/modules/{id}/settings", "sample").body; };
  EXPECT_EQ(get(), R"({"data":{"api_key":null,"greeting":"Hello","people_max":10}})");
  EXPECT_EQ(put(R"({"greeting":"Good day","api_key":"hush-hush"})").status, 200);
  EXPECT_EQ(get(), R"({"data":{"api_key":"set","greeting":"Good day","people_max":10}})");
  EXPECT_THAT(table.get("sample").settings, Not(HasSubstr("hush-hush")));
  EXPECT_EQ(put(R"({"api_key":"set","people_max":20})").status, 200);
  EXPECT_THAT(table.get("sample").settings, HasSubstr("sealed"));
  EXPECT_EQ(put(R"({"greeting":null,"api_key":null})").status, 200);
  EXPECT_EQ(get(), R"({"data":{"api_key":null,"greeting":"Hello","people_max":20}})");

  const auto bad = put(R"({"greeting":7,"people_max":101,"colour":"red"})");
  EXPECT_EQ(bad.status, 422);
  EXPECT_THAT(bad.body, HasSubstr(R"("field":"greeting","code":"wrong_type")"));
  EXPECT_THAT(bad.body, HasSubstr(R"("field":"people_max","code":"out_of_range")"));
  EXPECT_THAT(bad.body, HasSubstr(R"("field":"colour","code":"unknown_field")"));
  EXPECT_EQ(put("no json").status, 400);
  EXPECT_EQ(call(*registry, sdk::Method::put, "/api/v1/modules/{id}/settings", "nobody", "{}").status, 404);
  EXPECT_THAT(get(), HasSubstr("\"people_max\":20"));
}

TEST_F(Registry, ListIsPublishedAndUnknownIdsAreNotFound) {
  place_tiny();
  auto registry = make();
  ASSERT_TRUE(registry->start());
  EXPECT_THAT(
      call(*registry, sdk::Method::get, "/api/v1/modules", "").body,
      HasSubstr(
          R"("id":"tiny","name":"Tiny","version":"1.0.0","description":"","state":"enabled","is_enabled":true,"problem":null,"health":[])"));
  EXPECT_EQ(call(*registry, sdk::Method::post, "/api/v1/modules/{id}/disable", "nobody").status, 404);
  EXPECT_EQ(call(*registry, sdk::Method::post, "/api/v1/modules/{id}/enable", "nobody").status, 404);
}

TEST_F(Registry, HealthIsListedCutAndNeverBreaksTheList) {
  place("tiny", std::string(CONTRACT_VARIANTS) + "/healthy");
  auto registry = make();
  ASSERT_TRUE(registry->start());
  const auto lines = registry->modules().at(0).health;
  ASSERT_EQ(lines.size(), 2 + sdk::k_health_notes_max);
  EXPECT_EQ(lines[0].name, "Calm");
  EXPECT_EQ(lines[0].level, sdk::HealthLevel::warn);
  EXPECT_EQ(lines[0].text, "Look at this.");
  EXPECT_EQ(lines[1].name, "Loud");
  EXPECT_EQ(lines[1].level, sdk::HealthLevel::error);
  EXPECT_LE(lines[2].text.size(), sdk::k_health_text_max + 3);
  EXPECT_TRUE(lines[2].text.ends_with("é…")) << "cut between characters";
  EXPECT_THAT(
      call(*registry, sdk::Method::get, "/api/v1/modules/{id}", "tiny").body,
      HasSubstr(R"("health":[{"name":"Calm","level":"warn","text":"Look at this."},{"name":"Loud","level":"error")"));
  EXPECT_EQ(call(*registry, sdk::Method::get, "/api/v1/modules/{id}", "nobody").status, 404);
}

TEST_F(Registry, HealthIsAskedWhileModulesComeAndGo) {
  place("tiny", std::string(CONTRACT_VARIANTS) + "/healthy");
  auto registry = make();
  ASSERT_TRUE(registry->start());
  std::atomic<bool> is_over{false};
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      while (!is_over) {
        const auto modules = registry->modules();
        for (const auto& line : modules.at(0).health) ASSERT_FALSE(line.text.empty());
      }
    });
  for (int round = 0; round < 10; ++round) {
    const auto disabled = registry->disable("tiny");
    EXPECT_TRUE(disabled) << disabled.error().message;
    EXPECT_TRUE(registry->modules().at(0).health.empty());
    EXPECT_TRUE(registry->enable("tiny"));
  }
  is_over = true;
}

TEST_F(Registry, NavigationAndPanelsComeAndGoWithTheModule) {
  place("sample", CONTRACT_SAMPLE);
  auto registry = make();
  ASSERT_TRUE(registry->start());
  const auto session = *database.acquire();
  const sdk::Record record{sdk::RecordId{1}, "contacts", "{}", {}, {}, {}};
  const auto texts = [&] {
    std::string all;
    for (const auto& entry : registry->navigation()) all += entry.label + " " + entry.path + ";";
    for (const auto& panel : registry->panels(*session, record, {})) all += panel.title + ";";
    return all;
  };
  EXPECT_EQ(texts(), "Greeting /sample/you;Sample;");
  ASSERT_TRUE(registry->disable("sample"));
  EXPECT_EQ(texts(), "");
  ASSERT_TRUE(registry->enable("sample"));
  EXPECT_EQ(texts(), "Greeting /sample/you;Sample;");
}

TEST(Panels, AreBoundedAndNeverBreakThePage) {
  app::FakeDatabase database;
  app::FakeLog log;
  const auto session = *database.acquire();
  const auto with = [](sdk::PanelContent content) {
    return [content](sdk::Session&, const sdk::Record&, const sdk::Principal&) {
      return sdk::Outcome<sdk::PanelContent>(content);
    };
  };
  const sdk::PanelContent foreign{{{"a", "javascript:alert(1)"}, {"b", "//evil.example"}, {"c", "/own"}},
                                  {{"x", "https://evil.example"}, {"y", "/\\evil.example"}, {"z", "/own"}}};
  const sdk::PanelContent many{std::vector<sdk::PanelLine>(200, {"line", ""}), {}};
  app::PanelBoard board(
      {{"contacts", "Throws",
        [](sdk::Session& used, const sdk::Record&, const sdk::Principal&) -> sdk::Outcome<sdk::PanelContent> {
          (void)used.begin();
          throw 42;
        }},
       {"contacts", "Foreign", with(foreign)},
       {"contacts", "Many", with(many)},
       {"contacts", "Empty", with({})}});
  const auto shown = board.show(*session, {sdk::RecordId{1}, "contacts", "{}", {}, {}, {}}, {}, log);
  ASSERT_EQ(shown.size(), 3u) << "an empty panel is left out";
  EXPECT_EQ(shown[0].content.lines.at(0).text, "This could not be shown.");
  EXPECT_FALSE(session->in_transaction()) << "what a panel began does not stay open";
  EXPECT_EQ(shown[1].content.lines[0].url + shown[1].content.lines[1].url + shown[1].content.lines[2].url, "/own");
  ASSERT_EQ(shown[1].content.actions.size(), 1u);
  EXPECT_EQ(shown[2].content.lines.size(), sdk::k_panel_lines_max);
  board.close();
  EXPECT_TRUE(board.show(*session, {sdk::RecordId{1}, "contacts", "{}", {}, {}, {}}, {}, log).empty());
}

TEST_F(Registry, StoppingUnloadsAndLeavesTheTableAlone) {
  place_tiny();
  auto registry = make();
  ASSERT_TRUE(registry->start());
  registry->stop();
  EXPECT_FALSE(app::is_mapped(copies.path()));
  EXPECT_TRUE(table.get("tiny").is_enabled);
}

TEST(Assets, FilesHaveHashesAndNothingElseHasAnAddress) {
  ScratchFolder folder;
  std::filesystem::create_directories(folder / "assets/deep");
  folder.write("assets/app.css", "body{}");
  folder.write("assets/deep/app.js", "1");
  folder.write("secret.txt", "hush");
  std::filesystem::create_symlink(folder / "secret.txt", folder / "assets/link.txt");
  auto made = app::asset_routes(folder.path(), {"/x/assets", "assets"});
  ASSERT_TRUE(made) << made.error().message;
  ASSERT_EQ(made->size(), 2u);
  app::RouteTable table;
  ASSERT_TRUE(table.replace_owner("x", std::move(*made)));
  for (const char* path : {"/x/assets/link.txt", "/x/assets/../secret.txt", "/x/assets/..%2Fsecret.txt",
                           "/x/assets/%2e%2e/secret.txt", "/x/assets/deep", "/x/assets/"})
    EXPECT_FALSE(table.find(sdk::Method::get, path).route) << path;
  EXPECT_TRUE(table.find(sdk::Method::get, "/x/assets/deep/app.js").route);
  const auto found = table.find(sdk::Method::get, "/x/assets/app.css");
  ASSERT_TRUE(found.route);
  sdk::Request request;
  const auto answer = found.route->handler(request);
  EXPECT_EQ(answer.body, "body{}");
  EXPECT_EQ(answer.content_type, "text/css; charset=utf-8");
  const std::string tag = answer.headers.at(0).value;
  request.headers = {{"If-None-Match", tag}};
  EXPECT_EQ(found.route->handler(request).status, 304);
  request.headers.clear();
  const std::string hash = tag.substr(1, tag.size() - 2);
  request.query = {{"v", hash}};
  EXPECT_THAT(found.route->handler(request).headers.at(1).value, HasSubstr("immutable"));
}

}  // namespace
