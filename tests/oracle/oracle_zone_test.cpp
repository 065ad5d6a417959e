/// The oracle's zones against the C library's, which reads the same files in its own way, and the plugin's
/// against the oracle's: three readers that share no line of code.
#include "tests/oracle/oracle_zone.hpp"

#include <gtest/gtest.h>

#include <ctime>

#include "tests/oracle/places.hpp"
#include "tests/oracle/random_case.hpp"

namespace scheduling::testing {
namespace {

/// The C library's zone while this lives.
class LibraryZone {
 public:
  explicit LibraryZone(const std::string& name) {
    ::setenv("TZ", (":" + name).c_str(), 1);
    ::tzset();
  }
  ~LibraryZone() {
    ::unsetenv("TZ");
    ::tzset();
  }
  LibraryZone(const LibraryZone&) = delete;
  LibraryZone& operator=(const LibraryZone&) = delete;

  static int offset_at(oracle::Second instant) {
    const std::time_t time = instant;
    std::tm wall{};
    ::localtime_r(&time, &wall);
    return static_cast<int>(wall.tm_gmtoff);
  }
};

oracle::Second second_of(std::string_view text) {
  return at(text).time_since_epoch().count();
}

/// A moment every few days at varying hours, and the seconds on both sides of each change.
std::vector<oracle::Second> samples(const oracle::Zone& zone) {
  const oracle::Second from = second_of("2000-01-01T00:00:00Z");
  const oracle::Second until = second_of("2100-01-01T00:00:00Z");
  std::vector<oracle::Second> seconds;
  for (oracle::Second second = from; second < until; second += 1'234'567) seconds.push_back(second);
  for (const auto& change : zone.changes(from, until)) seconds.insert(seconds.end(), {change.at - 1, change.at});
  return seconds;
}

// EVIDENCE: B-1.3, B-1.4
TEST(OracleZone, ReadsWhatTheLibraryAndThePluginRead) {
  EXPECT_GT(usable_zones().size(), 550u);
  std::size_t compared = 0;
  for (const std::string& name : usable_zones()) {
    const oracle::Zone& zone = oracle::Zone::named(name);
    const auto rules = zone_rules(name);
    ASSERT_TRUE(rules) << name;
    const LibraryZone library{name};
    for (const oracle::Second second : samples(zone)) {
      const int offset = zone.offset_at(second);
      ASSERT_EQ(offset, LibraryZone::offset_at(second)) << name << " at " << second << ", the C library";
      ASSERT_EQ(offset, rules->offset_at(instant_of_second(second)).count()) << name << " at " << second;
      ++compared;
    }
  }
  EXPECT_GT(compared, 1'000'000u);
}

TEST(OracleZone, OffsetsOfThisCenturyAreWholeQuartersOfAnHour) {
  for (const std::string& name : usable_zones()) {
    const oracle::Zone& zone = oracle::Zone::named(name);
    for (const oracle::Second second : samples(zone))
      ASSERT_EQ(zone.offset_at(second) % 900, 0) << name << " " << second;
  }
}

}  // namespace
}  // namespace scheduling::testing
