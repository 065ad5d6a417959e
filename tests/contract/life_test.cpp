// Load, use, unload, over and over: memory flat, old image gone, new code seen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "fake_host/fake_crm.hpp"
#include "tests/contract/scratch_folder.hpp"

namespace {

using namespace crm;
using testing::HasSubstr;

/// The sample module: as this project builds it, or as CONTRACT_SAMPLE says (built with the installed SDK).
std::string sample() {
  const char* elsewhere = std::getenv("CONTRACT_SAMPLE");
  return elsewhere != nullptr ? elsewhere : CONTRACT_SAMPLE;
}

std::string variant(const std::string& name) {
  return std::string(CONTRACT_VARIANTS) + "/" + name;
}

/// What the process holds: bytes taken from the allocator and not given back, and areas mapped. Both are exact, while
/// resident memory also moves with huge pages and with what the kernel reads ahead.
struct Held {
  std::size_t bytes = 0;
  long mappings = 0;

  static Held now() {
    const auto heap = ::mallinfo2();
    std::ifstream maps("/proc/self/maps");
    const long lines = std::count(std::istreambuf_iterator<char>(maps), {}, '\n');
    return {heap.uordblks + heap.hblkhd, lines};
  }
};

/// Asks the loaded modules one thing each and lets them go.
void use_once(const std::string& folder, const std::string& copies, const std::string& path, const std::string& want) {
  app::FakeCrm fake(copies);
  const auto loaded = fake.load(folder);
  ASSERT_TRUE(loaded) << loaded.error().message;
  app::FakeCrm::Call call;
  call.path = path;
  EXPECT_THAT(fake.call(call).body, HasSubstr(want));
  const auto unloaded = fake.unload();
  EXPECT_TRUE(unloaded) << unloaded.error().message;
  EXPECT_FALSE(app::is_mapped(copies));
}

TEST(Life, AHundredRoundsLeaveNothingBehind) {
  ScratchFolder copies;
  Held after_warm_up;
  for (int round = 0; round < 100; ++round) {
    use_once(sample(), copies.path(), "/sample/Ada", "Hello, Ada");
    use_once(variant("good"), copies.path(), "/tiny", "one");
    if (round == 19) after_warm_up = Held::now();
  }
  if constexpr (CRM_SDK_SANITIZER == 0) {
    const Held at_the_end = Held::now();
    // The loader of the C library keeps some hundred bytes of its own for each image it has ever seen.
    EXPECT_LT(at_the_end.bytes, after_warm_up.bytes + 80 * 2048) << "bytes grown in 80 rounds";
    EXPECT_LT(at_the_end.mappings, after_warm_up.mappings + 8) << "areas mapped in 80 rounds";
  }
  EXPECT_TRUE(std::filesystem::is_empty(copies.path()));
}

TEST(Life, ReplacedFileIsSeenByTheNextLoad) {
  ScratchFolder folder;
  std::filesystem::copy(variant("good"), folder.path());
  const std::string copies = folder / "copies";
  use_once(folder.path(), copies, "/tiny", "one");
  std::filesystem::copy(variant("second") + "/tiny.so", folder / "tiny.so",
                        std::filesystem::copy_options::overwrite_existing);
  use_once(folder.path(), copies, "/tiny", "two");
}

TEST(Life, ReplacingTheFileUnderARunningModuleHarmsNobody) {
  ScratchFolder folder;
  std::filesystem::copy(variant("good"), folder.path());
  const std::string copies = folder / "copies";
  app::FakeCrm running(copies);
  ASSERT_TRUE(running.load(folder.path()));
  folder.write("tiny.so", "truncated");
  app::FakeCrm::Call call;
  call.path = "/tiny";
  EXPECT_EQ(running.call(call).body, "one");
  std::filesystem::copy(variant("second") + "/tiny.so", folder / "tiny.so",
                        std::filesystem::copy_options::overwrite_existing);
  app::FakeCrm next(copies);
  ASSERT_TRUE(next.load(folder.path()));
  EXPECT_EQ(next.call(call).body, "two");
  EXPECT_EQ(running.call(call).body, "one");
}

TEST(Life, NoUniqueSymbolKeepsALibraryMapped) {
  for (const std::string& file : {variant("good") + "/tiny.so", sample() + "/sample.so"}) {
    const std::string command = "readelf -Ws --dyn-syms '" + file + "'";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string symbols;
    std::array<char, 4096> piece{};
    while (std::fgets(piece.data(), piece.size(), pipe) != nullptr) symbols += piece.data();
    ASSERT_EQ(::pclose(pipe), 0);
    EXPECT_THAT(symbols, HasSubstr("crm_module_entry")) << file;
    EXPECT_EQ(symbols.find(" UNIQUE "), std::string::npos) << file;
  }
}

TEST(Life, AnImageThatStaysMappedIsReported) {
  ScratchFolder copies;
  app::FakeCrm fake(copies.path());
  const auto loaded = fake.load(variant("unique"));
  ASSERT_TRUE(loaded) << loaded.error().message;
  const auto unloaded = fake.unload();
  ASSERT_FALSE(unloaded);
  EXPECT_THAT(unloaded.error().message, HasSubstr("still mapped"));
}

TEST(Life, SampleUsesOneOfEach) {
  ScratchFolder copies;
  app::FakeCrm fake(copies.path());
  const auto loaded = fake.load(sample());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(fake.settings.text, R"({"api_key":null,"greeting":"Hello","people_max":10})");
  const sdk::Record record{sdk::RecordId{1}, "contacts", "{}", {}, {}, {}};
  EXPECT_TRUE(fake.change("contacts", {sdk::RecordEvent::created, nullptr, &record, nullptr}));
  const auto report = fake.run_job("SampleTickJob");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->handled, 1);
  const auto health = fake.health();
  ASSERT_EQ(health.size(), 1u);
  EXPECT_EQ(health[0].name + ": " + health[0].text, "People: 1 contacts met.");
  const sdk::Principal reader{sdk::UserId{7}, "ann@x.test", "Ann", sdk::Role::rep, "UTC"};
  const auto panels = fake.panels(record, reader);
  ASSERT_EQ(panels.size(), 1u);
  EXPECT_EQ(panels[0].title + ": " + panels[0].content.lines.at(0).text, "Sample: Ann, we met 1 contacts.");
  EXPECT_EQ(panels[0].content.actions.at(0).path, "/sample/7");
  EXPECT_TRUE(fake.panels({sdk::RecordId{2}, "deals", "{}", {}, {}, {}}, reader).empty());
  EXPECT_EQ(fake.module().registrations().navigation.at(0).label, "Greeting");
  EXPECT_EQ(fake.run_job("NoSuchJob").error().kind, sdk::FailureKind::not_found);
}

}  // namespace
