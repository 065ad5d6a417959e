#include <gtest/gtest.h>

#include "reference_host/database/connection_url.hpp"
#include "reference_host/database/param_buffer.hpp"
#include "reference_host/database/pg_failure.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::FailureKind;
using sdk::Param;

TEST(ConnectionUrl, BecomesWhatPocoUnderstands) {
  const auto keywords = parse_connection_url("postgresql:///crm?host=/srv/pg&user=crm");
  ASSERT_TRUE(keywords);
  EXPECT_EQ(poco_connection_string(*keywords), "user=crm dbname=crm host=/srv/pg");
  EXPECT_EQ(poco_connection_string(*parse_connection_url("postgres://u:it%27s@h:5433/d")),
            "user=u password=it\\'s dbname=d host=h port=5433");
}

TEST(ConnectionUrl, RefusesWithoutRepeatingThePassword) {
  const auto odd = parse_connection_url("postgresql://u:s3cr3t@[::1/d");
  ASSERT_FALSE(odd);
  EXPECT_EQ(odd.error().message.find("s3cr3t"), std::string::npos);
  const auto spaced = poco_connection_string({{"password", "my s3cr3t"}});
  ASSERT_FALSE(spaced);
  EXPECT_EQ(spaced.error().message.find("s3cr3t"), std::string::npos);
}

TEST(Failures, HaveTheKindTheirSqlstateMeans) {
  for (const char* state : {"23505", "23503", "23P01", "23514"}) EXPECT_EQ(kind_of(state), FailureKind::conflict);
  for (const char* state : {"40001", "40P01"}) EXPECT_EQ(kind_of(state), FailureKind::retry);
  for (const char* state : {"08006", "57P01", "57P02", "57P03", "53300"})
    EXPECT_EQ(kind_of(state), FailureKind::unavailable);
  for (const char* state : {"22P02", "22001", "22003", "22021"}) EXPECT_EQ(kind_of(state), FailureKind::invalid);
  for (const char* state : {"22012", "42P01", "57014", "XX000", "40002"})
    EXPECT_EQ(kind_of(state), FailureKind::broken);
}

TEST(ParamBuffer, WritesInstantsOfAllYearsPostgresKnowsByFourDigits) {
  using namespace std::chrono;
  const auto text = [](sdk::Micros at) {
    ParamBuffer buffer;
    const Param params[] = {Param(at)};
    return buffer.fill(params) ? std::string("refused") : std::string(buffer.values()[0]);
  };
  EXPECT_EQ(text(sys_days{1969y / December / 31} + hours{23} + microseconds{1}), "1969-12-31 23:00:00.000001+00");
  EXPECT_EQ(text(sys_days{1y / January / 1}), "0001-01-01 00:00:00.000000+00");
  EXPECT_EQ(text(sys_days{9999y / December / 31}), "9999-12-31 00:00:00.000000+00");
  EXPECT_EQ(text(sys_days{10000y / January / 1}), "refused");
  EXPECT_EQ(text(sys_days{0y / December / 31}), "refused");
  EXPECT_EQ(text(sdk::Micros::max()), "refused");
}

TEST(ParamBuffer, TellsNullFromEmpty) {
  ParamBuffer buffer;
  const Param params[] = {Param(nullptr), Param(""), Param(sdk::UserId{}), Param::bytes("\x00z")};
  ASSERT_FALSE(buffer.fill(params));
  EXPECT_EQ(buffer.values()[0], nullptr);
  EXPECT_STREQ(buffer.values()[1], "");
  EXPECT_EQ(buffer.values()[2], nullptr) << "an id of none is NULL";
  EXPECT_EQ(buffer.formats()[3], 1);
}

TEST(Utf8, IsCheckedAsStrictlyAsPostgresDoes) {
  for (const char* good : {"", "ascii", "Zoë", "日本語", "😀", "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf"})
    EXPECT_TRUE(is_utf8_without_nul(good)) << good;
  for (const char* bad : {"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
                          "\xf5\x80\x80\x80", "\xe2\x82", "\xf0\x9f\x98"})
    EXPECT_FALSE(is_utf8_without_nul(bad));
  EXPECT_FALSE(is_utf8_without_nul(std::string_view("a\0b", 3)));
}

TEST(Clock, IsFrozenAndMovedByHand) {
  const sdk::Micros then{std::chrono::seconds{1741496400}};
  AdjustableClock clock(then);
  EXPECT_EQ(clock.now(), then);
  clock.set(then + std::chrono::hours{1});
  EXPECT_EQ(clock.now(), then + std::chrono::hours{1});
}

}  // namespace
}  // namespace crm::app
