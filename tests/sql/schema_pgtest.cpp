#include <gtest/gtest.h>

#include "tests/integration/pg_fixture.hpp"
#include "tests/sql/module_schema.hpp"

namespace crm::test {
namespace {

TEST(SchemaFile, IsWhatTheMigrationsMake) {
  const std::string made = module_schema();
  const std::string file = file_text(CRM_SCHEMA_FILE);
  EXPECT_TRUE(file == made) << "sql/schema.sql is not what the migrations make; write it anew with\n"
                            << "  cmake --build build --target write_schema\nFirst difference (expected is the file): "
                            << first_difference(file, made);
}

TEST(SchemaFile, SaysWhatABookingRestsOn) {
  const std::string file = file_text(CRM_SCHEMA_FILE);
  for (const char* part : {"CREATE TABLE public.scheduled_meetings", "meeting_hosts_no_overlap EXCLUDE USING gist",
                           "CREATE DOMAIN public.meeting_status", "CREATE FUNCTION public.host_changed()",
                           "CREATE TRIGGER host_changed", "REFERENCES public.scheduling_pages(id) ON DELETE CASCADE"})
    EXPECT_NE(file.find(part), std::string::npos) << part;
  EXPECT_EQ(file.find("CREATE TABLE public.users "), std::string::npos) << "the CRM's tables are the CRM's";
  EXPECT_EQ(file.find("Dumped"), std::string::npos) << "no versions";
}

TEST(FirstDifference, NamesTheLine) {
  EXPECT_EQ(first_difference("a\nb\n", "a\nb\n"), "");
  EXPECT_EQ(first_difference("a\nb\n", "a\nc\n"), "line 2\n  expected: b\n  actual:   c");
  EXPECT_EQ(first_difference("a\n", "a\nc\n"), "line 2\n  expected: (end)\n  actual:   c");
}

}  // namespace
}  // namespace crm::test
