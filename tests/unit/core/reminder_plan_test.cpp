// EVIDENCE: B-11.1
#include "plugin/core/mail/reminder_plan.hpp"

#include <gtest/gtest.h>

namespace scheduling {
namespace {

using std::chrono::minutes;
using Offsets = std::vector<minutes>;

constexpr Instant k_start{std::chrono::sys_days{std::chrono::year{2025} / 1 / 15} + std::chrono::hours{15}};

TEST(PlanReminders, KeepsWhatIsStillToComeLongestFirst) {
  EXPECT_EQ(plan_reminders({minutes{60}, minutes{1440}}, k_start, k_start - minutes{1441}),
            (Offsets{minutes{1440}, minutes{60}}));
  EXPECT_EQ(plan_reminders({minutes{60}, minutes{1440}}, k_start, k_start - minutes{1440}), (Offsets{minutes{60}}));
  EXPECT_EQ(plan_reminders({minutes{60}}, k_start, k_start - minutes{60} - std::chrono::seconds{1}),
            (Offsets{minutes{60}}));
  EXPECT_EQ(plan_reminders({minutes{60}}, k_start, k_start - minutes{60}), Offsets{});
  EXPECT_EQ(plan_reminders({}, k_start, k_start - minutes{9999}), Offsets{});
}

TEST(PlanReminders, HasEachOffsetOnce) {
  EXPECT_EQ(plan_reminders({minutes{30}, minutes{30}, minutes{10}, minutes{30}}, k_start, k_start - minutes{100}),
            (Offsets{minutes{30}, minutes{10}}));
}

}  // namespace
}  // namespace scheduling
