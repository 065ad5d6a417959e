// EVIDENCE: B-9.2
#include "plugin/core/network/retry_after.hpp"

#include <gtest/gtest.h>

namespace scheduling {
namespace {

using std::chrono::seconds;

TEST(RetryAfter, IsReadInEachOfItsForms) {
  const Instant now = parse_instant("2026-02-10T12:59:30Z").value();
  EXPECT_EQ(retry_after_of("17", now), seconds{17});
  EXPECT_EQ(retry_after_of("Tue, 10 Feb 2026 13:00:00 GMT", now), seconds{30});
  EXPECT_EQ(retry_after_of("2026-02-10T13:00:00Z", now), seconds{30}) << "as Zoom writes it";
}

TEST(RetryAfter, IsNeverNegativeNorLongerThanADay) {
  const Instant now = parse_instant("2026-02-10T13:00:00Z").value();
  EXPECT_EQ(retry_after_of("Tue, 10 Feb 2026 12:00:00 GMT", now), seconds{0});
  EXPECT_EQ(retry_after_of("2026-05-01T00:00:00Z", now), seconds{86400});
  EXPECT_EQ(retry_after_of("99999999", now), seconds{86400});
}

TEST(RetryAfter, WhatNobodyCanReadSaysNothing) {
  const Instant now = parse_instant("2026-02-10T13:00:00Z").value();
  for (const char* text : {"", "-5", "5 s", "soon", "Tue, 10 Foo 2026 13:00:00 GMT", "Tue, 10 Feb 2026 25:00:00 GMT",
                           "Tuesday, 10-Feb-26 13:00:00 GMT", "Tue, 31 Feb 2026 13:00:00 GMT"})
    EXPECT_EQ(retry_after_of(text, now), std::nullopt) << text;
  EXPECT_EQ(retry_after_of("2026-02-10T14:00:00Z", std::nullopt), std::nullopt) << "by whose clock?";
  EXPECT_EQ(retry_after_of("5", std::nullopt), seconds{5});
}

}  // namespace
}  // namespace scheduling
