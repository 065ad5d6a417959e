// The fake host answers like a real one where modules build on it.
#include <gtest/gtest.h>

#include "fake_host/fake_services.hpp"

namespace {

using namespace crm;

TEST(FakeServices, TellALanguageOnlyWhereItIsKnown) {
  app::FakeDatabase database;
  const auto session = *database.acquire();
  app::FakeUsers users;
  users.users = {{sdk::UserId{1}, "a@x.test", "A", sdk::Role::rep, "UTC", true},
                 {sdk::UserId{2}, "b@x.test", "B", sdk::Role::rep, "UTC", true}};
  users.locales[sdk::UserId{1}] = "de-AT";
  EXPECT_EQ(*users.locale_of(*session, sdk::UserId{1}), "de-AT");
  EXPECT_EQ(*users.locale_of(*session, sdk::UserId{2}), "");
  EXPECT_EQ(users.locale_of(*session, sdk::UserId{3}).error().kind, sdk::FailureKind::not_found);
}

TEST(FakeServices, ListTheLatestActivitiesOfOneRecord) {
  app::FakeDatabase database;
  const auto session = *database.acquire();
  app::FakeRecords records;
  const sdk::Micros day{std::chrono::sys_days{std::chrono::year{2025} / 3 / 9}};
  const auto add = [&](std::int64_t record, int hours) {
    sdk::ActivityDraft draft;
    draft.record = sdk::RecordId{record};
    draft.subject = std::to_string(hours);
    draft.occurs_at = day + std::chrono::hours(hours);
    EXPECT_TRUE(records.add_activity(*session, draft, {}));
  };
  for (const int hours : {1, 3, 2}) add(1, hours);
  add(2, 4);
  const auto found = records.recent_activities(*session, sdk::k_system_viewer, sdk::RecordId{1}, 2);
  ASSERT_TRUE(found && found->size() == 2);
  EXPECT_EQ(found->at(0).subject + found->at(1).subject, "32");
}

TEST(FakeServices, KnowWhereContactsAreShown) {
  const app::FakeSite site;
  EXPECT_EQ(site.record_url("contacts", sdk::RecordId{7}), "https://crm.example.test/contacts/7");
  EXPECT_EQ(site.record_url("deals", sdk::RecordId{7}), "");
}

TEST(FakeServices, AMailerFailsAsATestWants) {
  app::FakeMailer mailer;
  mailer.outcomes = {sdk::fail(sdk::FailureKind::unavailable, "down"),
                     sdk::Delivery{sdk::DeliveryStatus::permanent, "550 no"}};
  EXPECT_EQ(mailer.deliver({"", {"a@x.test"}}, "").error().message, "down");
  EXPECT_EQ(mailer.deliver({"", {"a@x.test"}}, "")->status, sdk::DeliveryStatus::permanent);
  EXPECT_EQ(mailer.deliver({"", {"a@x.test"}}, "")->status, sdk::DeliveryStatus::accepted);
  EXPECT_EQ(mailer.sent.size(), 3u) << "attempts are kept, whatever became of them";
}

}  // namespace
