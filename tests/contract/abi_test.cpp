// A module of another toolchain is refused, and the refusal names the field and both values.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_host/fake_crm.hpp"
#include "module_loading/abi_facts.hpp"
#include "tests/contract/scratch_folder.hpp"

namespace {

using namespace crm;
using testing::AllOf;
using testing::HasSubstr;

const CrmAbiBlock k_ours = CRM_SDK_ABI_BLOCK;

std::string refusal(const std::string& variant) {
  ScratchFolder copies;
  app::FakeCrm fake(copies.path());
  const auto done = fake.load(std::string(CONTRACT_VARIANTS) + "/" + variant);
  EXPECT_FALSE(done) << variant;
  EXPECT_FALSE(app::is_mapped(copies.path())) << variant << " stayed mapped";
  return done ? "" : done.error().message;
}

std::string both(const char* field, std::uint32_t ours, std::uint32_t theirs) {
  return std::string(field) + ": the CRM has " + std::to_string(ours) + ", the module " + std::to_string(theirs);
}

TEST(Abi, EveryFieldOfTheBlockIsCompared) {
  EXPECT_THAT(refusal("sdk_major"), HasSubstr(both("sdk_major", k_ours.sdk_major, k_ours.sdk_major + 7)));
  EXPECT_THAT(refusal("compiler"), HasSubstr(both("compiler", k_ours.compiler, k_ours.compiler + 7)));
  EXPECT_THAT(refusal("cxx_abi"), HasSubstr(both("cxx_abi", k_ours.cxx_abi, k_ours.cxx_abi + 7)));
  EXPECT_THAT(refusal("cxx_standard"), HasSubstr(both("cxx_standard", k_ours.cxx_standard, k_ours.cxx_standard + 7)));
  EXPECT_THAT(refusal("stdlib_release"),
              HasSubstr(both("stdlib_release", k_ours.stdlib_release, k_ours.stdlib_release + 7)));
  EXPECT_THAT(refusal("stdlib_dual_abi"),
              HasSubstr(both("stdlib_dual_abi", k_ours.stdlib_dual_abi, k_ours.stdlib_dual_abi + 7)));
  EXPECT_THAT(refusal("stdlib_debug"), HasSubstr(both("stdlib_debug", k_ours.stdlib_debug, k_ours.stdlib_debug + 7)));
  EXPECT_THAT(refusal("poco_version"), HasSubstr(both("poco_version", k_ours.poco_version, k_ours.poco_version + 7)));
  EXPECT_THAT(refusal("pointer_bits"), HasSubstr(both("pointer_bits", k_ours.pointer_bits, k_ours.pointer_bits + 7)));
  EXPECT_THAT(refusal("sanitizer"), HasSubstr(both("sanitizer", k_ours.sanitizer, k_ours.sanitizer + 7)));
  EXPECT_THAT(refusal("sdk_minor_newer"), HasSubstr(both("sdk_minor", k_ours.sdk_minor, k_ours.sdk_minor + 1)));
}

TEST(Abi, BlocksOfAnotherLengthAreReadAsFarAsBothKnow) {
  EXPECT_THAT(refusal("length_shorter"), HasSubstr(both("length", sizeof(CrmAbiBlock), sizeof(CrmAbiBlock) - 4)));
  EXPECT_THAT(refusal("length_longer"), HasSubstr(both("length", sizeof(CrmAbiBlock), sizeof(CrmAbiBlock) + 4)));
  EXPECT_THAT(refusal("longer_and_other"), HasSubstr(both("compiler", k_ours.compiler, k_ours.compiler + 1)));
}

TEST(Abi, AnOlderMinorVersionFits) {
  CrmAbiBlock newer_host = k_ours;
  newer_host.sdk_minor += 3;
  EXPECT_FALSE(app::abi_difference(newer_host, k_ours));
}

TEST(Abi, AModuleOfAnOlderMinorVersionIsNotShutOutByItsManifest) {
  ScratchFolder folder;
  std::filesystem::copy(std::string(CONTRACT_VARIANTS) + "/good", folder.path());
  std::ifstream in(folder / "manifest.json");
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto with_range = [&](const std::string& range) {
    std::string changed = text;
    const std::string before = R"("sdk": { "min": "1.0", "max": "1.0" })";
    changed.replace(changed.find(before), before.size(), "\"sdk\": " + range);
    folder.write("manifest.json", changed);
    app::FakeCrm fake(folder / "copies");
    const auto done = fake.load(folder.path());
    return done ? std::string("loaded") : done.error().message;
  };
  EXPECT_EQ(with_range(R"({ "min": "1.0", "max": "1.0" })"), "loaded");
  EXPECT_THAT(with_range(R"({ "min": "1.99", "max": "1.99" })"), HasSubstr("it wants SDK 1.99 to 1.99"));
  EXPECT_THAT(with_range(R"({ "min": "0.1", "max": "0.9" })"), HasSubstr("it wants SDK 0.1 to 0.9"));
}

TEST(Abi, ManifestFactsAreComparedBeforeTheLibraryIsOpened) {
  ScratchFolder folder;
  std::ifstream in(std::string(CONTRACT_VARIANTS) + "/good/manifest.json");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const std::string fact = "\"poco_version\": " + std::to_string(k_ours.poco_version);
  ASSERT_NE(text.find(fact), std::string::npos);
  text.replace(text.find(fact), fact.size(), "\"poco_version\": 12345");
  folder.write("manifest.json", text);
  folder.write("tiny.so", "this is no library, and nobody finds out");
  app::FakeCrm fake(folder / "copies");
  const auto done = fake.load(folder.path());
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message, HasSubstr(both("poco_version", k_ours.poco_version, 12345)));
  EXPECT_FALSE(std::filesystem::exists(folder / "copies"));
}

TEST(Abi, WhatIsNoModuleIsRefusedWithItsName) {
  ScratchFolder folder;
  std::filesystem::copy(std::string(CONTRACT_VARIANTS) + "/good/manifest.json", folder / "manifest.json");
  folder.write("tiny.so", "this is no library");
  app::FakeCrm fake(folder / "copies");
  const auto done = fake.load(folder.path());
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message, HasSubstr("tiny.so"));
}

TEST(Drift, AModuleThatRegistersOtherThanItsManifestSaysIsRefused) {
  EXPECT_THAT(
      refusal("other_path"),
      AllOf(HasSubstr("route GET /tiny access open rate none stands in the manifest and was not registered"),
            HasSubstr("route GET /elsewhere access open rate none was registered and does not stand in the manifest")));
  EXPECT_THAT(refusal("other_version"), HasSubstr("its library says version 9.9.9, its manifest 1.0.0"));
}

TEST(Drift, WhereAJobRunsStandsInTheManifest) {
  ScratchFolder folder;
  std::filesystem::copy(std::string(CONTRACT_VARIANTS) + "/everywhere", folder.path());
  std::ifstream in(folder / "manifest.json");
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto with_job = [&](const std::string& more) {
    folder.write("manifest.json",
                 text.substr(0, text.rfind('}')) + R"(,"jobs":[{"name":"TinyJob","interval_seconds":1)" + more + "}]}");
    app::FakeCrm fake(folder / "copies");
    const auto done = fake.load(folder.path());
    return done ? "handled " + std::to_string(fake.run_job("TinyJob")->handled) : done.error().message;
  };
  EXPECT_EQ(with_job(R"(,"runs_on":"every_instance")"), "handled 5");
  for (const char* one_instance : {"", R"(,"runs_on":"one_instance")"})
    EXPECT_THAT(with_job(one_instance),
                AllOf(HasSubstr("job TinyJob every 1 s on one_instance stands in the manifest and was not registered"),
                      HasSubstr("job TinyJob every 1 s on every_instance was registered")));
  EXPECT_THAT(with_job(R"(,"runs_on":"some_host")"), HasSubstr("manifest.json"));
}

}  // namespace
