// The real library, as a host loads it. The fake host refuses a module whose registrations differ from
// its manifest, so loading it is the proof that manifest.json and surface.cpp say the same.
#include <gtest/gtest.h>

#include <filesystem>

#include "fake_host/fake_crm.hpp"

namespace scheduling::test {
namespace {

struct RealModule : testing::Test {
  std::string copies =
      (std::filesystem::temp_directory_path() / ("scheduling-copies-" + std::to_string(getpid()))).string();
  crm::app::FakeCrm host{copies};
  ~RealModule() override { std::filesystem::remove_all(copies); }
};

TEST_F(RealModule, RegistersExactlyWhatItsManifestSays) {
  const auto loaded = host.load(SCHEDULING_MODULE_FOLDER);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(host.manifest().id, "meeting_scheduler");
  EXPECT_EQ(host.manifest().version, SCHEDULING_VERSION);
  const auto unloaded = host.unload();
  EXPECT_TRUE(unloaded) << unloaded.error().message;
}

TEST_F(RealModule, EveryPublicRouteIsLimitedAndEveryOtherNeedsAUser) {
  const auto loaded = host.load(SCHEDULING_MODULE_FOLDER);
  ASSERT_TRUE(loaded) << loaded.error().message;
  for (const auto& route : host.manifest().routes) {
    const bool is_told =
        route.path.starts_with("/api/v1/calendar/notify/");  // by a provider, which bears a secret of its own
    const bool is_public = is_told || route.path.starts_with("/schedule/");
    EXPECT_EQ(route.access == crm::sdk::Access::open, is_public) << route.path;
    EXPECT_NE(route.rate, crm::sdk::RateClass::none) << route.path;
    const bool holds_secret = route.path.find("{token}") != std::string::npos;
    EXPECT_EQ(route.rate == crm::sdk::RateClass::token, holds_secret) << route.path;
  }
}

TEST_F(RealModule, ADeadDatabaseIsAnsweredAsUnavailableAndNothingIsThrown) {
  const auto loaded = host.load(SCHEDULING_MODULE_FOLDER);
  ASSERT_TRUE(loaded) << loaded.error().message;
  host.database.answer = [](const crm::sdk::Statement&,
                            std::span<const crm::sdk::Param>) -> crm::sdk::Outcome<crm::sdk::RowsPtr> {
    return crm::sdk::fail(crm::sdk::FailureKind::unavailable, "gone");
  };
  crm::sdk::Principal rep;
  rep.id = crm::sdk::UserId{1};
  const auto response = host.call({crm::sdk::Method::get, "/api/v1/scheduling/pages", {}, {}, rep});
  EXPECT_EQ(response.status, 503) << response.body;
  EXPECT_NE(response.body.find("\"unavailable\""), std::string::npos);
}

}  // namespace
}  // namespace scheduling::test
