#include <gtest/gtest.h>

#include "plugin/surface/demo_page.hpp"
#include "tests/integration/pg_fixture.hpp"
#include "tests/plugin_api/plugin_world.hpp"

namespace scheduling::test {
namespace {

TEST(DemoPage, IsMadeOnceForTheDemoRep) {
  crm::test::TestDatabase stored{crm::test::Schema::crm_and_module};
  PluginWorld world{stored.url()};
  world.make_demo_page();
  EXPECT_EQ(world.sql("SELECT count(*) FROM scheduling_pages"), "0") << "there is no demo rep";
  const auto rep = world.add_user("rep@example.test");
  world.make_demo_page();
  world.make_demo_page();
  const TestResponse pages = world.get("/api/v1/scheduling/pages", rep);
  EXPECT_EQ(pages.at("data.size"), "1");
  EXPECT_EQ(pages.at("data.0.slug"), "demo");
  const TestResponse types = world.get("/api/v1/scheduling/meeting-types", rep);
  EXPECT_EQ(types.at("data.size"), "2");
  EXPECT_EQ(types.at("data.0.slug"), "discovery-call");
  EXPECT_EQ(types.at("data.0.duration_minutes"), "30");
  EXPECT_EQ(types.at("data.0.location_type"), "phone");
  EXPECT_EQ(types.at("data.1.slug"), "product-demo");
  EXPECT_EQ(types.at("data.1.duration_minutes"), "60");
  const TestResponse hours = world.get("/api/v1/scheduling/availability", rep);
  EXPECT_EQ(hours.at("data.rules.size"), "5");
  EXPECT_EQ(hours.at("data.rules.0.start_time"), "09:00");
}

}  // namespace
}  // namespace scheduling::test
