// What the migration that turned places and reasons into data makes of the rows that were there before.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include "reference_host/database/migrator.hpp"
#include "tests/integration/pg_fixture.hpp"

namespace crm::test {
namespace {

namespace fs = std::filesystem;

/// The module's database as it was before that migration, and after migrate_rest().
class LocationsMigration : public ::testing::Test {
 protected:
  LocationsMigration() {
    for (const fs::directory_entry& file : fs::directory_iterator(CRM_MODULE_MIGRATIONS)) files_.push_back(file.path());
    std::sort(files_.begin(), files_.end());
    const auto is_it = [](const fs::path& file) { return file.string().ends_with("_locations_are_data.sql"); };
    const auto here = std::find_if(files_.begin(), files_.end(), is_it);
    if (here == files_.end()) throw std::runtime_error("the migration is missing");
    copy({files_.begin(), here});
    migrate();
    db_.sql(
        "INSERT INTO users (email, email_key, password_hash, name, role, timezone, created_at) "
        "VALUES ('r@example.test', 'r@example.test', 'x', 'R', 'rep', 'UTC', now())");
    db_.sql("INSERT INTO scheduling_pages (user_id, slug, name, timezone) SELECT id, 'r', 'R', 'UTC' FROM users");
  }

  void migrate_rest() {
    copy(files_);
    migrate();
  }
  /// Inserts a meeting of a new type; `type` and `meeting` are SQL values: location_type, location_details; location,
  /// phone, cancelled_by, cancel_reason.
  void add(const std::string& type, const std::string& meeting) {
    const std::string number = std::to_string(++count_);
    db_.sql(
        "INSERT INTO meeting_types (scheduling_page_id, name, slug, duration_minutes, location_type, location_details) "
        "SELECT id, 'T', 't" +
        number + "', 30, " + type + " FROM scheduling_pages");
    db_.sql(
        "INSERT INTO scheduled_meetings (id, meeting_type_id, host_user_id, attendee_name, attendee_email, start_time, "
        "end_time, timezone, status, created_at, updated_at, chain_id, ical_uid, location, phone, cancelled_by, "
        "cancel_reason, cancelled_at) SELECT " +
        number + ", t.id, p.user_id, 'Ada', 'ada@example.test', now(), now() + interval '30 minutes', 'UTC', " +
        "'completed', now(), now(), " + number + ", 'uid" + number + "', " + meeting +
        ", now() FROM meeting_types t JOIN scheduling_pages p ON p.id = t.scheduling_page_id WHERE t.slug = 't" +
        number + "'");
  }
  std::string all(const std::string& column) {
    return db_.sql("SELECT string_agg(coalesce(" + column + ", 'none'), ',' ORDER BY id) FROM scheduled_meetings");
  }

 private:
  void copy(const std::vector<fs::path>& files) {
    for (const fs::path& file : files)
      fs::copy_file(file, fs::path(folder_.path()) / file.filename(), fs::copy_options::overwrite_existing);
  }
  void migrate() {
    const auto done = app::migrate(db_.database(), db_.clock(), db_.log(), "meeting_scheduler", folder_.path());
    if (!done) throw std::runtime_error(done.error().message);
  }

  TestDatabase db_{Schema::crm};
  TemporaryFolder folder_;
  std::vector<fs::path> files_;
  int count_ = 0;
};

TEST_F(LocationsMigration, FindsTheDataBehindTheSentences) {
  add("'phone', NULL", "'Phone call: +12025550136', '+12025550136', NULL, NULL");
  add("'phone', ''", "'Phone call', NULL, NULL, NULL");
  add("'zoom', NULL", "'Zoom meeting', NULL, NULL, NULL");
  add("'zoom', NULL", "'Google Meet', NULL, NULL, NULL");  // the type was changed since
  add("'phone', NULL", "'In person', NULL, NULL, NULL");
  add("'teams', 'https://teams.example/1'", "'Microsoft Teams', NULL, NULL, NULL");
  migrate_rest();
  EXPECT_EQ(all("location_kind"), "phone,phone,zoom,google_meet,in_person,teams");
  EXPECT_EQ(all("location_details"), "none,none,none,none,none,none");
  EXPECT_EQ(all("join_url"), "none,none,none,none,none,none");
  EXPECT_EQ(all("location"), "Phone call: +12025550136,Phone call,Zoom meeting,Google Meet,In person,Microsoft Teams")
      << "programs outside still read it";
}

TEST_F(LocationsMigration, KeepsTheTextsOfHosts) {
  add("'in_person', '1 Main Street'", "'1 Main Street', NULL, NULL, NULL");
  add("NULL, 'By the fountain'", "'By the fountain', NULL, NULL, NULL");
  add("'zoom', 'https://zoom.example/2'", "'https://zoom.example/1', NULL, NULL, NULL");  // the link was changed since
  add("'in_person', '2 Main Street'", "'1 Main Street', NULL, NULL, NULL");
  add("'phone', NULL", "'Phone call: +12025550199', '+12025550136', NULL, NULL");
  add("'phone', 'Phone call'", "'Phone call', NULL, NULL, NULL");
  add("'phone', NULL", "NULL, NULL, NULL, NULL");
  add("'custom', ''", "'', NULL, NULL, NULL");
  migrate_rest();
  EXPECT_EQ(all("location_kind"), "in_person,custom,zoom,custom,custom,phone,none,none");
  EXPECT_EQ(all("location_details"),
            "1 Main Street,By the fountain,https://zoom.example/1,1 Main Street,Phone call: +12025550199,Phone "
            "call,none,none");
}

TEST_F(LocationsMigration, NamesTheReasonThatTheSystemGave) {
  add("NULL, NULL", "NULL, NULL, 'system', 'The host did not confirm in time.'");
  add("NULL, NULL", "NULL, NULL, 'host', 'The host did not confirm in time.'");
  add("NULL, NULL", "NULL, NULL, 'attendee', 'Plans changed'");
  add("NULL, NULL", "NULL, NULL, 'attendee', NULL");
  migrate_rest();
  EXPECT_EQ(all("cancel_reason_kind"), "host_did_not_confirm_in_time,written,written,none");
}

}  // namespace
}  // namespace crm::test
