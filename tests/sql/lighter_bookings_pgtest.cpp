// What the migration that folded reminders and assignments makes of the rows that were there before.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include "reference_host/database/migrator.hpp"
#include "tests/integration/pg_fixture.hpp"

namespace crm::test {
namespace {

namespace folder = std::filesystem;

/// The module's database as it was before that migration, and after migrate_rest().
class LighterBookings : public ::testing::Test {
 protected:
  LighterBookings() {
    for (const auto& file : folder::directory_iterator(CRM_MODULE_MIGRATIONS)) files_.push_back(file.path());
    std::sort(files_.begin(), files_.end());
    const auto is_it = [](const folder::path& file) { return file.string().ends_with("_bookings_write_less.sql"); };
    const auto here = std::find_if(files_.begin(), files_.end(), is_it);
    if (here == files_.end()) throw std::runtime_error("the migration is missing");
    migrate({files_.begin(), here});
  }
  void migrate_rest() { migrate(files_); }
  std::string sql(const std::string& statement) { return db_.sql(statement); }

 private:
  void migrate(const std::vector<folder::path>& files) {
    for (const folder::path& file : files)
      folder::copy_file(file, folder::path(room_.path()) / file.filename(), folder::copy_options::overwrite_existing);
    const auto done = app::migrate(db_.database(), db_.clock(), db_.log(), "meeting_scheduler", room_.path());
    if (!done) throw std::runtime_error(done.error().message);
  }

  TestDatabase db_{Schema::crm};
  TemporaryFolder room_;
  std::vector<folder::path> files_;
};

TEST_F(LighterBookings, KeepsTheRemindersThatAreStillToCome) {
  sql("INSERT INTO meeting_reminders (meeting_id, offset_minutes, due_at, queued_at) VALUES "
      "(1, 60, '2030-01-02 09:00Z', NULL), (1, 1440, '2030-01-01 10:00Z', NULL), "
      "(2, 60, '2030-01-02 09:00Z', NULL), (2, 1440, '2030-01-01 10:00Z', '2030-01-01 10:00Z'), "
      "(3, 60, '2030-01-02 09:00Z', '2030-01-02 09:00Z')");
  migrate_rest();
  EXPECT_EQ(sql("SELECT string_agg(concat_ws(' ', meeting_id, offsets, to_char(due_at, 'MM-DD HH24:MI')), ',' "
                "ORDER BY meeting_id) FROM meeting_reminders"),
            "1 {1440,60} 01-01 10:00,2 {60} 01-02 09:00");
}

TEST_F(LighterBookings, KeepsWhoGotAMeetingAndWhy) {
  sql("INSERT INTO scheduling_audit (action, actor, meeting_id, created_at) VALUES "
      "('booked', 'attendee', 1, '2030-01-01'), ('confirmed', 'host', 1, '2030-01-02'), "
      "('reassigned', 'admin', 1, '2030-01-03')");
  sql("INSERT INTO meeting_assignments (meeting_id, user_id, reason, skipped, created_at) VALUES "
      "(1, 7, 'owner', '[]', '2030-01-01'), (1, 8, 'reassigned', '[]', '2030-01-03'), "
      "(2, 9, 'owner', '[{\"user_id\": 7}]', '2030-01-04')");
  migrate_rest();
  EXPECT_EQ(sql("SELECT string_agg(concat_ws(' ', meeting_id, action, assigned_user_id, assignment_reason, "
                "assignment_considered), ',' ORDER BY meeting_id, id) FROM scheduling_audit"),
            "1 booked 7 personal,1 confirmed,1 reassigned 8 reassigned,2 assigned 9 personal [{\"user_id\": 7}]");
}

TEST_F(LighterBookings, GoesOnCountingWhatWasCounted) {
  sql("INSERT INTO public_uses (key, used_at, bookings, mails) VALUES ('network:203.0.113.0/24', '2030-01-01', 1, 2)");
  migrate_rest();
  EXPECT_EQ(sql("SELECT mails FROM public_uses WHERE key = hashtextextended('network:203.0.113.0/24', 0)"), "2");
}

}  // namespace
}  // namespace crm::test
