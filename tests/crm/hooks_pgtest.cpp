#include <atomic>
#include <thread>

#include "tests/crm/crm_fixture.hpp"

namespace crm::test {
namespace {

using sdk::Done;
using sdk::RecordChange;
using sdk::RecordEvent;
using sdk::Session;

constexpr sdk::Statement k_note{"test.note", "INSERT INTO notes (words) VALUES ($1)"};
constexpr sdk::Statement k_broken{"test.broken", "INSERT INTO notes (words) VALUES (NULL)"};

struct HookedCrm : TestCrm {
  HookedCrm() { db.sql("CREATE TABLE notes (id SERIAL, words TEXT NOT NULL); SELECT 1"); }
  std::string rep = token_of(add_user("rep@example.test"));
  std::string admin = token_of(add_user("admin@example.test", sdk::Role::admin));

  Done note(Session& session, const std::string& words) {
    auto rows = session.run(k_note, {words});
    if (!rows) return sdk::fail(rows.error());
    return {};
  }
  void note_events(RecordEvent event) {
    ASSERT_TRUE(hooks.add_after("module", "contacts", event, [this](Session& session, const RecordChange& change) {
      const std::string before = change.before ? std::to_string(change.before->id.value) : "-";
      const std::string after = change.after ? std::to_string(change.after->id.value) : "-";
      return note(session, std::to_string(static_cast<int>(change.event)) + ":" + before + ">" + after);
    }));
  }
  std::string notes() { return db.sql("SELECT coalesce(string_agg(words, ' ' ORDER BY id), '') FROM notes"); }
  TestResponse make(const std::string& name) {
    return as(rep, "POST", "/api/v1/records", R"({"module":"contacts","data":{"name":")" + name + "\"}}");
  }
};

TEST(AfterHooks, HearOfEveryEventInItsTransaction) {
  HookedCrm crm;
  for (const auto event : {RecordEvent::created, RecordEvent::updated, RecordEvent::merged, RecordEvent::deleted,
                           RecordEvent::owner_changed})
    crm.note_events(event);
  crm.make("A");
  crm.make("B");
  crm.as(crm.admin, "PUT", "/api/v1/records/1", R"({"data":{"name":"C"},"owner_user_id":null})");
  crm.as(crm.admin, "POST", "/api/v1/records/1/merge", R"({"into":2})");
  crm.as(crm.admin, "DELETE", "/api/v1/records/2");
  EXPECT_EQ(crm.notes(), "0:->1 0:->2 1:1>1 4:1>1 2:1>2 3:2>-");
  crm.as(crm.rep, "POST", "/api/v1/records", R"({"module":"companies","data":{"name":"x"}})");
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM notes"), "6") << "other modules' records are not theirs";
}

TEST(AfterHooks, ThatFailLoseOnlyTheirOwnWritesAndAreReplayed) {
  HookedCrm crm;
  std::atomic<bool> broken{true};
  ASSERT_TRUE(crm.hooks.add_after(
      "module", "contacts", RecordEvent::created, [&](Session& session, const RecordChange& change) -> Done {
        if (auto written = crm.note(session, "heard of " + change.after->data_json); !written) return written;
        if (broken) (void)session.run(k_broken);  // the statement fails inside PostgreSQL
        if (broken) return sdk::fail(sdk::FailureKind::broken, "deliberately");
        return {};
      }));
  EXPECT_EQ(crm.make("A").status, 201) << "the record is saved all the same";
  EXPECT_EQ(crm.notes(), "");
  EXPECT_TRUE(crm.db.log().has("hook.failed module=module event=created"));
  EXPECT_EQ(crm.db.sql("SELECT owner || event || record_module || last_error FROM hook_events"),
            "modulecreatedcontactsdeliberately");

  EXPECT_EQ(crm.jobs.run_once("ReplayHookEventsJob")->handled, 0) << "it fails again";
  EXPECT_EQ(crm.db.sql("SELECT attempts FROM hook_events"), "1");
  broken = false;
  EXPECT_EQ(crm.jobs.run_once("ReplayHookEventsJob")->handled, 0) << "not due yet";
  crm.db.sql("UPDATE hook_events SET next_attempt_wall = now() RETURNING 1");
  EXPECT_EQ(crm.jobs.run_once("ReplayHookEventsJob")->handled, 1);
  EXPECT_EQ(crm.notes(), R"(heard of {"name":"A"})");
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM hook_events"), "0");
}

TEST(AfterHooks, WhoseFailureSurfacesLateDoNotLoseTheRecord) {
  HookedCrm crm;
  ASSERT_TRUE(crm.hooks.add_after("module", "contacts", RecordEvent::created,
                                  [&](Session& session, const RecordChange&) -> Done {
                                    session.post(k_broken, {});  // nobody collects it
                                    return {};
                                  }));
  EXPECT_EQ(crm.make("A").status, 201);
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM module_records"), "1");
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM hook_events"), "1");
}

TEST(BeforeHooks, MayRefuseAndNameTheField) {
  HookedCrm crm;
  ASSERT_TRUE(crm.hooks.add_before("module", "contacts", RecordEvent::created,
                                   [](Session&, const RecordChange& change) -> std::optional<sdk::Veto> {
                                     if (change.after->data_json.find("forbidden") == std::string::npos)
                                       return std::nullopt;
                                     return sdk::Veto{"data.name", "Not this name."};
                                   }));
  const TestResponse refused = crm.make("forbidden");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(refused.has(R"("field":"data.name","code":"vetoed","message":"Not this name.")")) << refused.body;
  EXPECT_EQ(crm.make("allowed").status, 201);
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM module_records"), "1");
}

// EVIDENCE: B-13.1
TEST(SwitchedOffModules, HearLaterWhatHappenedMeanwhile) {
  HookedCrm crm;
  const std::string leaver = std::to_string(crm.add_user("leaver@example.test").value);
  crm.hooks.add_switched_off("module", "contacts", RecordEvent::created);
  crm.hooks.add_switched_off("module", sdk::UserEvent::deactivated);
  crm.make("A");
  ASSERT_EQ(crm.as(crm.admin, "POST", "/api/v1/users/" + leaver + "/deactivate").status, 200);
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM hook_events"), "2");
  EXPECT_EQ(crm.jobs.run_once("ReplayHookEventsJob")->handled, 0) << "nobody is there to hear";
  crm.note_events(RecordEvent::created);
  ASSERT_TRUE(
      crm.hooks.add_user("module", sdk::UserEvent::deactivated, [&](Session& session, const sdk::UserChange& change) {
        const sdk::User& user = *change.user;
        return crm.note(session, user.email + (user.is_active ? " active" : " inactive"));
      }));
  crm.hooks.remove_switched_off("module");
  EXPECT_EQ(crm.jobs.run_once("ReplayHookEventsJob")->handled, 2);
  EXPECT_EQ(crm.notes(), "0:->1 leaver@example.test inactive");
}

// EVIDENCE: B-13.1
TEST(SwitchedOffModules, HearInOrderWhenItHappenedAndThatItIsARepetition) {
  HookedCrm crm;
  for (const auto event : {RecordEvent::created, RecordEvent::updated, RecordEvent::merged, RecordEvent::deleted})
    crm.hooks.add_switched_off("module", "contacts", event);
  crm.make("A");
  crm.make("B");
  crm.db.clock().set(crm.db.clock().now() + std::chrono::hours(1));
  crm.as(crm.rep, "PUT", "/api/v1/records/1", R"({"data":{"name":"C"}})");
  crm.as(crm.rep, "POST", "/api/v1/records/1/merge", R"({"into":2})");
  crm.as(crm.rep, "DELETE", "/api/v1/records/2");
  bool refuses = true;
  for (const auto event : {RecordEvent::created, RecordEvent::updated, RecordEvent::merged, RecordEvent::deleted})
    ASSERT_TRUE(
        crm.hooks.add_after("module", "contacts", event, [&](Session& session, const RecordChange& change) -> Done {
          if (refuses && change.event == RecordEvent::updated) return sdk::fail(sdk::FailureKind::broken, "not yet");
          EXPECT_TRUE(change.occurrence.is_replay);
          EXPECT_EQ(change.cause->user, sdk::UserId{1});
          const auto late = crm.db.clock().now() - change.occurrence.occurred_at;
          return crm.note(session, std::to_string(static_cast<int>(change.event)) + "@" +
                                       std::to_string(std::chrono::floor<std::chrono::hours>(late).count()));
        }));
  crm.hooks.remove_switched_off("module");
  EXPECT_EQ(crm.jobs.run_once("ReplayHookEventsJob")->handled, 2);
  EXPECT_EQ(crm.notes(), "0@1 0@1") << "what comes after the refused event about the same record waits for it";
  refuses = false;
  crm.db.sql("UPDATE hook_events SET next_attempt_wall = now() RETURNING 1");
  EXPECT_EQ(crm.jobs.run_once("ReplayHookEventsJob")->handled, 3);
  EXPECT_EQ(crm.notes(), "0@1 0@1 1@0 2@0 3@0");
}

TEST(SwitchedOffModules, ForgetWhatNobodyHeardForHalfAYear) {
  HookedCrm crm;
  crm.hooks.add_switched_off("module", "contacts", RecordEvent::created);
  crm.make("A");
  crm.db.clock().set(crm.db.clock().now() + std::chrono::days(179));
  crm.make("B");
  ASSERT_TRUE(crm.jobs.run_once("PurgeExpiredSessionsJob"));
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM hook_events"), "2");
  crm.db.clock().set(crm.db.clock().now() + std::chrono::days(2));
  ASSERT_TRUE(crm.jobs.run_once("PurgeExpiredSessionsJob"));
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM hook_events"), "1");
  EXPECT_TRUE(crm.db.log().has("hook.forgotten module=module events=1"));
}

TEST(UserHooks, HearWhoLeftAndWhoCameBackAndWhoDidIt) {
  HookedCrm crm;
  const std::string leaver = std::to_string(crm.add_user("leaver@example.test").value);
  for (const auto event : {sdk::UserEvent::deactivated, sdk::UserEvent::reactivated})
    ASSERT_TRUE(crm.hooks.add_user("module", event, [&](Session& session, const sdk::UserChange& change) {
      EXPECT_FALSE(change.occurrence.is_replay);
      EXPECT_EQ(change.occurrence.occurred_at, crm.db.clock().now());
      return crm.note(session, std::to_string(static_cast<int>(change.event)) + (change.user->is_active ? "+" : "-") +
                                   std::to_string(change.user->id.value) + "by" +
                                   std::to_string(change.cause->user.value));
    }));
  const auto turn = [&](const char* what) {
    return crm.as(crm.admin, "POST", "/api/v1/users/" + leaver + "/" + what).status;
  };
  for (const char* what : {"activate", "deactivate", "deactivate", "activate", "activate"}) EXPECT_EQ(turn(what), 200);
  EXPECT_EQ(crm.notes(), "0-" + leaver + "by2 1+" + leaver + "by2") << "what changes nothing is no event";
  EXPECT_EQ(crm.as(crm.admin, "POST", "/api/v1/users/4711/activate").status, 404);
}

TEST(Hooks, AreGoneWhenRemoveHooksReturns) {
  HookedCrm crm;
  std::atomic<int> inside{0};
  std::atomic<bool> go_on{false};
  auto alive = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = alive;
  ASSERT_TRUE(crm.hooks.add_after("module", "contacts", RecordEvent::created,
                                  [&inside, &go_on, held = std::move(alive)](Session&, const RecordChange&) -> Done {
                                    ++inside;
                                    while (!go_on) std::this_thread::yield();
                                    --inside;
                                    return {};
                                  }));
  std::thread writer([&] { EXPECT_EQ(crm.make("A").status, 201); });
  while (inside == 0) std::this_thread::yield();
  std::thread remover([&] {
    crm.hooks.remove_hooks("module");
    EXPECT_EQ(inside, 0);
    EXPECT_TRUE(watch.expired()) << "nothing of the module is referenced any more";
  });
  go_on = true;
  remover.join();
  writer.join();
}

TEST(Hooks, MayChangeRecordsThemselves) {
  HookedCrm crm;
  ASSERT_TRUE(crm.hooks.add_after(
      "module", "contacts", RecordEvent::created, [&](Session& session, const RecordChange& change) -> Done {
        return crm.records.update(session, change.after->id, R"({"name":"from the hook"})", {"module", {}, ""});
      }));
  crm.note_events(RecordEvent::updated);
  EXPECT_EQ(crm.make("A").member("name"), "from the hook");
  EXPECT_EQ(crm.notes(), "1:1>1");
}

}  // namespace
}  // namespace crm::test
