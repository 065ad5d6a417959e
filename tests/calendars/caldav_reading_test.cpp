// EVIDENCE: B-9.1
// What the adapter reads from CalDAV servers, whose answers differ from server to server. No network.
#include "plugin/adapters/caldav/caldav_calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "plugin/adapters/ical/ical_objects.hpp"
#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "tests/calendars/scripted_http.hpp"

namespace scheduling::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr const char* k_calendar = "/cal/";

/// A calendar in memory that answers as the protocol says, except where a test wants it otherwise.
class FakeServer final : public HttpClient {
 public:
  HttpAnswer send(const HttpCall& call) override {
    calls.push_back(call);
    if (call.method == "REPORT" && call.body.find("sync-collection") != std::string::npos) return sync(call);
    if (call.method == "REPORT") return multiget(call);
    if (call.method == "PROPFIND") return header(call, "Depth") == "0" ? about() : list();
    return answered(405, "");
  }
  void put(const std::string& name, const std::string& time) {
    objects[name] = {std::to_string(++version), "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:" + name + "\r\nDTSTART:" +
                                                    time + "\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"};
    changes.emplace_back(version, name);
  }
  void remove(const std::string& name) {
    objects.erase(name);
    changes.emplace_back(++version, name);
  }
  std::size_t count(const std::string& what) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(calls, [&](const HttpCall& call) { return call.body.find(what) != std::string::npos; }));
  }

  struct Object {
    std::string etag;
    std::string text;
  };
  std::map<std::string, Object> objects;
  std::vector<std::pair<int, std::string>> changes;
  std::vector<HttpCall> calls;
  int version = 0;
  bool has_tokens = true;
  bool has_ctag = true;
  bool lists_everything = false;       ///< whatever the token
  std::size_t page_size = 1000;        ///< of changes; the rest is announced by 507
  std::optional<int> sync_status{};    ///< instead of an answer
  std::set<std::string> unreadable{};  ///< left out of multiget

 private:
  static std::string header(const HttpCall& call, std::string_view name) {
    for (const auto& [known, value] : call.headers)
      if (known == name) return value;
    return {};
  }
  static std::string wrap(const std::string& inside) {
    return R"(<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/">)" +
           inside + "</multistatus>";
  }
  static std::string member(const std::string& name, const std::string& properties) {
    return "<response><href>" + std::string(k_calendar) + name + "</href><propstat><prop>" + properties +
           "</prop><status>HTTP/1.1 200 OK</status></propstat></response>";
  }
  std::string etag(const std::string& name) const {
    return "<getetag>&quot;" + objects.at(name).etag + "&quot;</getetag>";
  }
  HttpAnswer about() const {
    std::string inside;
    if (has_tokens) inside += "<sync-token>t" + std::to_string(version) + "</sync-token>";
    if (has_ctag) inside += "<S:getctag>c" + std::to_string(version) + "</S:getctag>";
    return answered(207, wrap(member("", inside)));
  }
  HttpAnswer list() const {
    std::string inside = member("", "<resourcetype><collection/></resourcetype>");
    for (const auto& [name, object] : objects) inside += member(name, etag(name));
    return answered(207, wrap(inside));
  }
  HttpAnswer sync(const HttpCall& call) const {
    if (sync_status) return answered(*sync_status, "");
    const std::size_t at = call.body.find("<D:sync-token>t");
    const int since = at == std::string::npos ? 0 : std::atoi(call.body.c_str() + at + 15);
    std::string inside;
    int last = version;
    std::size_t count = 0;
    std::set<std::string> named;
    for (const auto& [when, name] : changes) {
      if (when <= since && !lists_everything) continue;
      if (count == page_size) {
        inside += "<response><href>" + std::string(k_calendar) +
                  "</href><status>HTTP/1.1 507 Insufficient Storage</status></response>";
        break;
      }
      ++count;
      last = when;
      if (!named.insert(name).second) continue;
      if (objects.contains(name))
        inside += member(name, etag(name));
      else if (!lists_everything)
        inside += "<response><href>" + std::string(k_calendar) + name +
                  "</href><status>HTTP/1.1 404 Not Found</status></response>";
    }
    return answered(207, wrap(inside + "<sync-token>t" + std::to_string(last) + "</sync-token>"));
  }
  HttpAnswer multiget(const HttpCall& call) const {
    std::string inside;
    for (const auto& [name, object] : objects)
      if (call.body.find("/" + name + "<") != std::string::npos && !unreadable.contains(name))
        inside += member(name, etag(name) + "<C:calendar-data>" + object.text + "</C:calendar-data>");
    return answered(207, wrap(inside));
  }
};

class CalDavReading : public ::testing::Test {
 protected:
  /// All pages of a reading from `token`; what was said of each event: its id, with "-" before what is gone.
  std::vector<std::string> read() {
    ReadingPlace place;
    place.from = parse_instant("2026-01-01T00:00:00Z").value();
    place.until = parse_instant("2027-01-01T00:00:00Z").value();
    place.sync_token = token;
    std::vector<std::string> said;
    is_emptied = false;
    pages = 0;
    for (;;) {
      auto page = calendar.changes(account.text(), k_calendar, place);
      if (!page) return {"error " + std::string(name_of(page.error().trouble))};
      ++pages;
      is_emptied = is_emptied || page->is_emptied;
      for (const RemoteEvent& each : page->events) said.push_back((each.is_cancelled ? "-" : "") + each.id.substr(5));
      if (page->next_page.empty()) {
        token = page->sync_token;
        return said;
      }
      place.page = page->next_page;
    }
  }

  FakeServer server;
  FixedSettings settings;
  FixedClock clock;
  TzZoneSource zones;
  std::unique_ptr<CalendarObjects> objects = make_ical_objects(zones);
  CalDavCalendar calendar{server, *objects, settings, clock};
  DavAccount account{"https://dav.example.com/", "", "rosa", "secret", {}};
  std::string token;
  bool is_emptied = false;
  int pages = 0;
};

TEST_F(CalDavReading, FollowsTokens) {
  server.put("a", "20260202T100000Z");
  server.put("b", "20260203T100000Z");
  EXPECT_THAT(read(), UnorderedElementsAre("a", "b"));
  server.calls.clear();
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_EQ(server.calls.size(), 1U) << "nothing changed, so one question is enough";
  server.put("c", "20260204T100000Z");
  server.remove("a");
  EXPECT_THAT(read(), UnorderedElementsAre("c", "-a"));
}

TEST_F(CalDavReading, TheFirstReadingDoesNotTrustAnEmptyListOfChanges) {
  server.put("a", "20260202T100000Z");
  server.changes.clear();  // an initial sync would say nothing
  EXPECT_THAT(read(), ElementsAre("a"));
}

TEST_F(CalDavReading, PagesOfChangesGoOnUntilTheLast) {
  read();
  for (int i = 0; i < 7; ++i) server.put("e" + std::to_string(i), "20260202T100000Z");
  server.page_size = 3;
  EXPECT_EQ(read().size(), 7U);
  EXPECT_EQ(server.count("sync-collection"), 3U);
  EXPECT_THAT(read(), IsEmpty());
}

TEST_F(CalDavReading, AnUnknownTokenIsReadAnewAndNothingIsSaidOfWhatDidNotChange) {
  for (const int status : {403, 409, 412, 500}) {
    server.objects.clear();
    token.clear();
    for (const char* name : {"a", "b", "c"}) server.put(name, "20260202T100000Z");
    read();
    server.remove("a");
    server.put("b", "20260202T110000Z");
    server.sync_status = status;
    EXPECT_THAT(read(), UnorderedElementsAre("-a", "b")) << status;
    server.sync_status.reset();
  }
}

TEST_F(CalDavReading, AServerThatAnswersAnUnknownTokenWithEverythingIsFoundOut) {
  for (const char* name : {"a", "b", "c"}) server.put(name, "20260202T100000Z");
  read();
  server.remove("a");
  server.lists_everything = true;  // and names nothing that is gone
  EXPECT_THAT(read(), ElementsAre("-a"));
}

TEST_F(CalDavReading, WithoutTokensTheCtagTellsWhetherToLook) {
  server.has_tokens = false;
  server.put("a", "20260202T100000Z");
  read();
  server.calls.clear();
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_EQ(server.calls.size(), 1U);
  server.put("b", "20260202T100000Z");
  server.remove("a");
  EXPECT_THAT(read(), UnorderedElementsAre("b", "-a"));
}

TEST_F(CalDavReading, WithoutAnythingTheListIsCompared) {
  server.has_tokens = server.has_ctag = false;
  server.put("a", "20260202T100000Z");
  EXPECT_THAT(read(), ElementsAre("a"));
  EXPECT_THAT(read(), IsEmpty());
  server.put("a", "20260203T100000Z");
  EXPECT_THAT(read(), ElementsAre("a"));
}

TEST_F(CalDavReading, ManyObjectsComeInPages) {
  for (int i = 0; i < 250; ++i) server.put("e" + std::to_string(i), "20260202T100000Z");
  EXPECT_EQ(read().size(), 250U);
  EXPECT_EQ(pages, 3);
}

TEST_F(CalDavReading, WhatWasNotAnsweredForIsAskedAgain) {
  server.put("a", "20260202T100000Z");
  server.unreadable = {"a"};
  EXPECT_THAT(read(), IsEmpty());
  server.unreadable.clear();
  EXPECT_THAT(read(), ElementsAre("a"));
}

TEST_F(CalDavReading, AFullCalendarThatListsNothingIsNotBelieved) {
  for (int i = 0; i < 5; ++i) server.put("e" + std::to_string(i), "20260202T100000Z");
  read();
  server.objects.clear();
  server.sync_status = 500;
  read();
  EXPECT_TRUE(is_emptied);
}

TEST_F(CalDavReading, AnErrorIsAnErrorAndNoNews) {
  server.put("a", "20260202T100000Z");
  read();
  const std::string before = token;
  server.sync_status = 503;
  EXPECT_THAT(read(), ElementsAre("error unavailable"));
  server.sync_status = 401;
  EXPECT_THAT(read(), ElementsAre("error token_refused"));
  server.sync_status = 404;
  EXPECT_THAT(read(), ElementsAre("error not_found"));
  EXPECT_EQ(token, before);
}

}  // namespace
}  // namespace scheduling::testing
