#include <thread>

#include "reference_host/database/text_array.hpp"
#include "reference_host/records/record_data.hpp"
#include "tests/crm/crm_fixture.hpp"

namespace crm::test {
namespace {

using sdk::Role;
using sdk::Session;

/// A rep, another rep and an admin, each with a token.
struct People : TestCrm {
  sdk::UserId rep_id = add_user("rep@example.test");
  sdk::UserId other_id = add_user("other@example.test");
  std::string rep = token_of(rep_id);
  std::string other = token_of(other_id);
  std::string admin = token_of(add_user("admin@example.test", Role::admin));

  std::string contact(const std::string& token, const std::string& data, const std::string& rest = "") {
    const TestResponse made =
        as(token, "POST", "/api/v1/records", R"({"module":"contacts","data":)" + data + rest + "}");
    EXPECT_EQ(made.status, 201) << made.body;
    return made.member("id");
  }
};

TEST(Records, AreMadeReadChangedAndDeleted) {
  People crm;
  const std::string id = crm.contact(crm.rep, R"({"name":"Ann","email":"Ann@Example.test","extra":{"k":[1,2.5]}})");
  const std::string path = "/api/v1/records/" + id;
  const TestResponse shown = crm.as(crm.rep, "GET", path);
  EXPECT_EQ(shown.member("owner_user_id"), std::to_string(crm.rep_id.value));
  EXPECT_EQ(shown.member("created_at"), "2025-03-03T12:00:00Z");
  crm.db.clock().set(crm.db.clock().now() + std::chrono::hours(1));
  const TestResponse changed = crm.as(crm.rep, "PUT", path, R"({"data":{"phone":"+49 1","extra":null},"id":77})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.member("email"), "Ann@Example.test");
  EXPECT_EQ(changed.member("phone"), "+49 1");
  EXPECT_FALSE(changed.has("extra"));
  EXPECT_EQ(changed.member("updated_at"), "2025-03-03T13:00:00Z");
  EXPECT_EQ(crm.as(crm.rep, "DELETE", path).status, 204);
  EXPECT_EQ(crm.as(crm.rep, "GET", path).status, 404);
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM record_emails"), "0");
}

TEST(Records, TakeTheirAddressesAndTimelineWithThemAndThoseOfWhatWasMergedIntoThem) {
  People crm;
  const std::string staying = crm.contact(crm.rep, R"({"email":"a@x.test"})");
  const std::string merged = crm.contact(crm.rep, R"({"email":"b@x.test"})");
  const std::string other = crm.contact(crm.rep, R"({"email":"c@x.test"})");
  crm.db.sql(
      "INSERT INTO activities (record_id, kind, subject, occurs_at, created_at, updated_at) "
      "SELECT id, 'call', 'Called', now(), now(), now() FROM module_records");
  crm.db.sql("UPDATE module_records SET merged_into_id = " + staying + " WHERE id = " + merged);
  EXPECT_EQ(crm.as(crm.rep, "DELETE", "/api/v1/records/" + staying).status, 204);
  EXPECT_EQ(crm.db.sql("SELECT string_agg(record_id::text, ',') FROM record_emails"), other);
  EXPECT_EQ(crm.db.sql("SELECT string_agg(record_id::text, ',') FROM activities"), other);
}

TEST(Records, AreReadOnBehalfOfAViewer) {
  People crm;
  const sdk::RecordId mine{std::stoi(crm.contact(crm.rep, R"({"email":"a@x.test"})"))};
  const sdk::RecordId nobodys{std::stoi(crm.contact(crm.rep, R"({"email":"a@x.test"})", R"(,"owner_user_id":null)"))};
  auto session = *crm.db.database().acquire();
  const sdk::Viewer owner{crm.rep_id, Role::rep};
  const sdk::Viewer other{crm.other_id, Role::rep};
  const sdk::Viewer admin{crm.other_id, Role::admin};
  const auto sees = [&](const sdk::Viewer& viewer, sdk::RecordId id) {
    const auto found = crm.records.find(*session, viewer, id);
    const auto timeline = crm.records.recent_activities(*session, viewer, id, 5);
    EXPECT_EQ(found.has_value(), timeline.has_value());
    EXPECT_TRUE(found || found.error().kind == sdk::FailureKind::not_found);
    return found.has_value();
  };
  const auto count_by_email = [&](const sdk::Viewer& viewer) {
    return crm.records.find_by_email(*session, viewer, "contacts", "a@x.test")->size();
  };
  for (const sdk::Viewer& viewer : {owner, admin, sdk::k_system_viewer}) {
    EXPECT_TRUE(sees(viewer, mine));
    EXPECT_EQ(count_by_email(viewer), 2u);
  }
  EXPECT_FALSE(sees(other, mine));
  EXPECT_TRUE(sees(other, nobodys));
  EXPECT_EQ(count_by_email(other), 1u);
}

TEST(Records, BelongToTheirOwnerOrToEverybody) {
  People crm;
  const std::string mine = "/api/v1/records/" + crm.contact(crm.rep, R"({"name":"Mine"})");
  const std::string nobodys =
      "/api/v1/records/" + crm.contact(crm.rep, R"({"name":"Shared"})", R"(,"owner_user_id":null)");
  for (const char* method : {"GET", "DELETE"}) EXPECT_EQ(crm.as(crm.other, method, mine).status, 404) << method;
  EXPECT_EQ(crm.as(crm.other, "PUT", mine, R"({"data":{"name":"x"}})").status, 404);
  EXPECT_EQ(crm.as(crm.other, "PUT", mine, R"({"nonsense":1})").status, 404) << "a stranger learns nothing";
  EXPECT_EQ(crm.as(crm.other, "GET", mine + "/activities").status, 404);
  EXPECT_EQ(crm.as(crm.other, "POST", mine + "/merge", R"({"into":)" + nobodys.substr(16) + "}").status, 404);
  EXPECT_EQ(crm.as(crm.admin, "GET", mine).status, 200);
  EXPECT_EQ(crm.as(crm.other, "GET", nobodys).status, 200);
  const std::string take = R"({"owner_user_id":)" + std::to_string(crm.other_id.value) + "}";
  EXPECT_EQ(crm.as(crm.rep, "PUT", mine, take).status, 422) << "handing over is the admin's";
  EXPECT_EQ(crm.as(crm.other, "PUT", nobodys, take).status, 200);
  EXPECT_EQ(crm.as(crm.rep, "GET", nobodys).status, 404);
  EXPECT_EQ(crm.as(crm.admin, "PUT", mine, take).status, 200);
  EXPECT_EQ(crm.as(crm.admin, "PUT", mine, R"({"owner_user_id":99})").member("code"), "validation_failed");
  EXPECT_TRUE(crm.as(crm.admin, "PUT", mine, R"({"owner_user_id":99})").has(R"("code":"unknown_user")"));
  EXPECT_FALSE(crm.as(crm.rep, "GET", "/api/v1/records?module=contacts").has("Mine"));
  EXPECT_TRUE(crm.as(crm.other, "GET", "/api/v1/records?module=contacts").has("Mine"));
}

TEST(Records, AreFoundByAnyOfTheirAddresses) {
  People crm;
  const std::string id = crm.contact(crm.rep, R"({"name":"Zoë","email":"Zoë@Exämple.test","emails":["ZWEI@x.test"]})");
  const auto found = [&](const std::string& email) {
    return crm.as(crm.rep, "GET", "/api/v1/records?module=contacts&email=" + email).member("id");
  };
  EXPECT_EQ(found("zo%C3%AB@ex%C3%A4mple.test"), id);
  EXPECT_EQ(found("ZOE%CC%88@EXA%CC%88MPLE.TEST"), id) << "decomposed and in capitals";
  EXPECT_EQ(found("zwei@X.test"), id);
  EXPECT_EQ(found("drei@x.test"), "");
  EXPECT_EQ(found(""), "");
  EXPECT_EQ(crm.as(crm.rep, "GET", "/api/v1/records?module=companies&email=zwei@x.test").member("id"), "");
  crm.as(crm.rep, "PUT", "/api/v1/records/" + id, R"({"data":{"emails":["drei@x.test"]}})");
  EXPECT_EQ(found("zwei@x.test"), "");
  EXPECT_EQ(found("drei@x.test"), id);
}

TEST(Records, AreListedInPages) {
  People crm;
  for (int i = 0; i < 5; ++i) crm.contact(crm.rep, R"({"name":"C"})");
  const TestResponse first = crm.as(crm.rep, "GET", "/api/v1/records?module=contacts&limit=2");
  EXPECT_EQ(first.member("next_cursor"), "2");
  EXPECT_EQ(crm.as(crm.rep, "GET", "/api/v1/records?limit=3&cursor=2").member("next_cursor"), "null");
  for (const char* bad : {"limit=0", "limit=201", "limit=x", "cursor=-1", "cursor=99999999999999999999"})
    EXPECT_EQ(crm.as(crm.rep, "GET", std::string("/api/v1/records?") + bad).status, 422) << bad;
}

TEST(Records, RefuseBadInputByName) {
  People crm;
  const auto refused = [&](const std::string& body, const std::string& part) {
    const TestResponse response = crm.as(crm.rep, "POST", "/api/v1/records", body);
    EXPECT_EQ(response.status, 422) << body;
    EXPECT_TRUE(response.has(part)) << body << "\n" << response.body;
  };
  refused(R"({"data":{"name":"x"}})", R"("field":"module","code":"required")");
  refused(R"({"module":"Con tacts","data":{}})", R"("field":"module","code":"invalid_module")");
  refused(R"({"module":"contacts"})", R"("field":"data","code":"required")");
  refused(R"({"module":"contacts","data":[1]})", R"("field":"data","code":"wrong_type")");
  refused(R"({"module":"contacts","data":{"email":"no"}})", R"("field":"data.email","code":"invalid_email")");
  refused(R"({"module":"contacts","data":{"emails":["a@b.test",5]}})",
          R"("field":"data.emails[1]","code":"wrong_type")");
  refused(R"({"module":"contacts","data":{"name":")" + std::string(256, 'n') + "\"}}",
          R"("field":"data.name","code":"too_long")");
  refused(R"({"module":"contacts","data":{"note":"a\u0000b"}})", R"("field":"data.note","code":"invalid_text")");
  refused("{\"module\":\"contacts\",\"data\":{\"note\":\"\xff\"}}", R"("field":"data.note","code":"invalid_text")");
  refused(R"({"module":"contacts","data":{},"owner_user_id":99999999999999999999})",
          R"("field":"owner_user_id","code":"out_of_range")");
  refused(R"({"module":"contacts","data":{},"colour":1})", R"("field":"colour","code":"unknown_field")");
  EXPECT_EQ(crm.as(crm.rep, "POST", "/api/v1/records", "{").status, 400);
  EXPECT_EQ(crm.call("POST", "/api/v1/records", "{}",
                     {{"Authorization", "Bearer " + crm.rep}, {"Content-Type", "text/plain"}})
                .status,
            415);
  EXPECT_EQ(crm.as(crm.rep, "GET", "/api/v1/records/99999999999999999999").status, 404);
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM module_records"), "0");
}

TEST(Merging, KeepsValuesAddressesAndTimeline) {
  People crm;
  const std::string stays = crm.contact(crm.rep, R"({"name":"Ann","email":"ann@x.test","phone":""})");
  const std::string leaves =
      crm.contact(crm.rep, R"({"name":"Anna","email":"anna@x.test","phone":"+1","company":"C"})");
  const auto log = [&](const std::string& record, const std::string& key, const std::string& subject) {
    auto session = *crm.db.database().acquire();
    sdk::ActivityDraft draft{
        sdk::RecordId{std::stoi(record)}, "meeting", subject, crm.db.clock().now(), R"({"a":1})", {}, key};
    ASSERT_TRUE(session->begin());
    ASSERT_TRUE(crm.records.add_activity(*session, draft, {}));
    ASSERT_TRUE(session->commit());
  };
  log(stays, "both", "of the one who stays");
  log(leaves, "both", "of the one who leaves");
  log(leaves, "own", "only there");
  const TestResponse merged =
      crm.as(crm.rep, "POST", "/api/v1/records/" + leaves + "/merge", R"({"into":)" + stays + "}");
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(merged.member("id"), stays);
  EXPECT_EQ(merged.member("name"), "Ann");
  EXPECT_EQ(merged.member("phone"), "+1");
  EXPECT_EQ(merged.member("company"), "C");
  EXPECT_TRUE(merged.has(R"("emails":["anna@x.test"])")) << merged.body;
  // Links of earlier mails name the one who left.
  const TestResponse moved = crm.as(crm.rep, "GET", "/api/v1/records/" + leaves);
  EXPECT_EQ(moved.status, 308);
  EXPECT_EQ(moved.header("Location"), "/api/v1/records/" + stays);
  EXPECT_EQ(crm.as(crm.rep, "GET", "/api/v1/records/" + leaves + "/activities").header("Location"),
            "/api/v1/records/" + stays + "/activities");
  EXPECT_EQ(crm.as(crm.other, "GET", "/api/v1/records/" + leaves).status, 404) << "whose other one they may not see";
  EXPECT_EQ(crm.as(crm.rep, "PUT", "/api/v1/records/" + leaves, R"({"data":{"name":"X"}})").status, 404);
  EXPECT_EQ(crm.as(crm.rep, "GET", "/api/v1/records?email=anna@x.test").member("id"), stays);
  const TestResponse timeline = crm.as(crm.rep, "GET", "/api/v1/records/" + stays + "/activities");
  EXPECT_TRUE(timeline.has("only there"));
  EXPECT_TRUE(timeline.has("of the one who stays"));
  EXPECT_FALSE(timeline.has("of the one who leaves"));
  log(leaves, "late", "written to the old id");
  EXPECT_TRUE(crm.as(crm.rep, "GET", "/api/v1/records/" + stays + "/activities").has("written to the old id"));
}

TEST(Merging, NeedsTwoDifferentRecordsOfOneModule) {
  People crm;
  const std::string contact = crm.contact(crm.rep, R"({"name":"A"})");
  const TestResponse company =
      crm.as(crm.rep, "POST", "/api/v1/records", R"({"module":"companies","data":{"name":"B"}})");
  const std::string path = "/api/v1/records/" + contact + "/merge";
  EXPECT_TRUE(crm.as(crm.rep, "POST", path, R"({"into":)" + contact + "}").has("same_record"));
  EXPECT_EQ(crm.as(crm.rep, "POST", path, R"({"into":)" + company.member("id") + "}").status, 422);
  EXPECT_EQ(crm.as(crm.rep, "POST", path, R"({"into":12345})").status, 404);
}

TEST(Timeline, TellsModulesWhatHappenedLast) {
  People crm;
  const sdk::RecordId stays{std::stoi(crm.contact(crm.rep, R"({"name":"A"})"))};
  const sdk::RecordId leaves{std::stoi(crm.contact(crm.rep, R"({"name":"B"})"))};
  const auto now = crm.db.clock().now();
  auto session = *crm.db.database().acquire();
  ASSERT_TRUE(session->begin());
  for (const auto& [record, hours] : {std::pair{stays, 1}, {stays, 3}, {leaves, 2}}) {
    const sdk::ActivityDraft draft{
        record, "call", "at " + std::to_string(hours), now + std::chrono::hours(hours), R"({"n": 1})", {}, ""};
    ASSERT_TRUE(crm.records.add_activity(*session, draft, {}));
  }
  const auto subjects = [&](sdk::RecordId record, int count) {
    std::string all;
    const auto found = crm.records.recent_activities(*session, sdk::k_system_viewer, record, count);
    EXPECT_TRUE(found);
    for (const sdk::Activity& one : found.value_or(std::vector<sdk::Activity>{})) all += one.subject + ";";
    return all;
  };
  EXPECT_EQ(subjects(stays, 10), "at 3;at 1;") << "in the caller's transaction, before it commits";
  ASSERT_TRUE(session->commit());
  EXPECT_EQ(subjects(stays, 1), "at 3;");
  EXPECT_EQ(subjects(stays, 0) + subjects(stays, -1) + subjects(sdk::RecordId{4711}, 5), "");
  const auto last = crm.records.recent_activities(*session, sdk::k_system_viewer, stays, 1);
  EXPECT_EQ(last->at(0).kind, "call");
  EXPECT_EQ(last->at(0).occurs_at, now + std::chrono::hours(3));
  EXPECT_EQ(last->at(0).data_json, R"({"n": 1})");
  ASSERT_EQ(crm.as(crm.rep, "POST", "/api/v1/records/" + std::to_string(leaves.value) + "/merge",
                   R"({"into":)" + std::to_string(stays.value) + "}")
                .status,
            200);
  EXPECT_EQ(subjects(leaves, 10), "at 3;at 2;at 1;") << "who holds the old id reads on where it went";
}

TEST(Timeline, ReplacesByKeyAndPagesLatestFirst) {
  People crm;
  const std::string id = crm.contact(crm.rep, R"({"name":"A"})");
  auto session = *crm.db.database().acquire();
  ASSERT_TRUE(session->begin());
  for (int i = 0; i < 4; ++i) {
    const sdk::ActivityDraft draft{sdk::RecordId{std::stoi(id)},
                                   "meeting",
                                   "n" + std::to_string(i),
                                   crm.db.clock().now() + std::chrono::hours(i % 3),
                                   "{}",
                                   crm.rep_id,
                                   "key" + std::to_string(i % 3)};
    ASSERT_TRUE(crm.records.add_activity(*session, draft, {}));
  }
  ASSERT_TRUE(session->commit());
  const std::string path = "/api/v1/records/" + id + "/activities";
  const TestResponse top = crm.as(crm.rep, "GET", path + "?limit=2");
  EXPECT_TRUE(top.has("n2") && top.has("n1") && !top.has("n3") && !top.has("n0")) << top.body;
  EXPECT_EQ(top.member("user_id"), std::to_string(crm.rep_id.value));
  const TestResponse rest = crm.as(crm.rep, "GET", path + "?limit=2&cursor=" + top.member("next_cursor"));
  EXPECT_TRUE(rest.has("n3") && !rest.has("n1")) << rest.body;
  EXPECT_EQ(rest.member("next_cursor"), "null");
}

TEST(FindByEmail, MakesTwoBookingsByOneStrangerShareAContact) {
  TestCrm crm;
  const auto book = [&] {
    for (int i = 0; i < 20; ++i) {
      const std::string email = "Stranger" + std::to_string(i) + "@x.test";
      const auto done = sdk::in_transaction(crm.db.database(), [&](Session& session) -> sdk::Done {
        auto found = crm.records.find_by_email(session, sdk::k_system_viewer, "contacts", email);
        if (!found) return sdk::fail(found.error());
        if (!found->empty()) return {};
        auto made = crm.records.create(session, {"contacts", "{\"email\":\"" + email + "\"}", {}}, {});
        if (!made) return sdk::fail(made.error());
        return {};
      });
      ASSERT_TRUE(done);
    }
  };
  std::thread one(book), two(book), three(book);
  one.join();
  two.join();
  three.join();
  EXPECT_EQ(crm.db.sql("SELECT count(*) FROM module_records"), "20");
}

TEST(RecordData, SurvivesQuotesInAddressesAndMergesOneLevelDeep) {
  EXPECT_EQ(app::text_array(std::vector<std::string>{"a\"b", "c\\d", "{e,f}"}), R"({"a\"b","c\\d","{e,f}"})");
  EXPECT_EQ(*app::changed_data(R"({"a":{"x":1,"y":2},"b":"s"})", R"({"a":{"z":3},"b":null})"), R"({"a":{"z":3}})");
  EXPECT_FALSE(app::changed_data("[]", "{}"));
  EXPECT_FALSE(app::changed_data(R"({"a":1})", "{\"b\":\"" + std::string(app::k_data_bytes_max, 'x') + "\"}"));
  EXPECT_EQ(*app::absorbed_data(R"({"name":"A"})", R"({"name":"B","email":"b@x.test"})"),
            R"({"email":"b@x.test","name":"A"})");
}

}  // namespace
}  // namespace crm::test
