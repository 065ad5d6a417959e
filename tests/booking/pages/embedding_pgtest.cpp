// Pages inside of other websites, and how much of a page travels compressed.
#include <gtest/gtest.h>

#include <regex>

#include "crm/sdk/form.hpp"
#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

using crm::sdk::Response;

const std::string k_form =
    "start=2025-01-14T14%3A00%3A00Z&timezone=Europe%2FBerlin&attendee_name=Ada&attendee_email=ada%40prospect.test";
const std::vector<std::string> k_origins = {"https://shop.example", "http://localhost:8080"};

bool shows(const Response& response, const std::string& text) {
  return response.body.find(text) != std::string::npos;
}

class Embedding : public testing::Test {
 protected:
  Embedding() { set_origins(k_origins); }
  void set_origins(const std::vector<std::string>& origins) {
    PagePatch patch;
    patch.embed_origins = origins;
    if (!world.wiring().scheduling.update_page(world.rep(), world.page_id(), patch))
      throw std::runtime_error("update_page");
  }
  static std::vector<std::string> framed_by(const Response& response) { return response.frame_policy.origins; }
  /// Links and forms that lead on in the frame, in whose address `embed=1` is missing.
  static std::vector<std::string> leaks(const Response& page) {
    std::vector<std::string> found;
    const std::regex pattern("(?:href|action|formaction)=\"(/schedule/[^\"]*)\"");
    for (auto it = std::sregex_iterator(page.body.begin(), page.body.end(), pattern); it != std::sregex_iterator();
         ++it) {
      const std::string address = (*it)[1];
      const bool is_file = address.starts_with("/schedule/assets/") || address.ends_with("/invite.ics");
      if (!is_file && address.find("embed=1") == std::string::npos) found.push_back(address);
    }
    // The zone form sends its own fields in the place of its action's query.
    if (page.body.find("<form method=\"get\"") != std::string::npos) {
      std::erase_if(found, [&](const std::string& address) {
        return page.body.find("<form method=\"get\" action=\"" + address) != std::string::npos;
      });
      if (!shows(page, "name=\"embed\" value=\"1\"")) found.emplace_back("the zone form");
    }
    return found;
  }

  BookingWorld world;
};

TEST_F(Embedding, OnlyThePagesOwnWebsitesFrameItAndOnlyWhenItIsAskedForSo) {
  for (const std::string& path : {std::string("/schedule/rosa"), std::string("/schedule/rosa/call"),
                                  std::string("/schedule/rosa/call?start=2025-01-14T15%3A00%3A00Z")}) {
    EXPECT_TRUE(framed_by(world.page(path)).empty()) << path;
    EXPECT_FALSE(shows(world.page(path), "data-embed-origins")) << path;
    const std::string mark = path.find('?') == std::string::npos ? "?" : "&";
    for (const char* other : {"embed=0", "embed=", "embed=true", "embed=11", "Embed=1"})
      EXPECT_TRUE(framed_by(world.page(path + mark + other)).empty()) << path << other;
    const Response embedded = world.page(path + mark + "embed=1");
    EXPECT_EQ(embedded.status, 200) << path;
    EXPECT_EQ(framed_by(embedded), k_origins) << path;
    EXPECT_TRUE(shows(embedded, "data-embed-origins=\"https://shop.example http://localhost:8080\"")) << path;
    EXPECT_EQ(leaks(embedded), std::vector<std::string>{}) << path;
  }
  set_origins({});
  EXPECT_TRUE(framed_by(world.page("/schedule/rosa?embed=1")).empty());
  EXPECT_FALSE(shows(world.page("/schedule/rosa?embed=1"), "data-embed-origins"));
}

TEST_F(Embedding, AWholeBookingStaysInTheFrame) {
  const Response refused = world.post_form("/schedule/rosa/call/book?embed=1", k_form + "&guests=nope");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(framed_by(refused), k_origins);
  EXPECT_EQ(leaks(refused), std::vector<std::string>{});
  const Response choosing = world.post_form("/schedule/rosa/call?embed=1", k_form);
  EXPECT_EQ(framed_by(choosing), k_origins);
  EXPECT_EQ(leaks(choosing), std::vector<std::string>{});

  const Response done = world.post_form("/schedule/rosa/call/book?embed=1", k_form);
  ASSERT_EQ(done.status, 303);
  const std::string booked = header(done, "Location");
  EXPECT_TRUE(booked.ends_with("?booked=1&embed=1")) << booked;
  const std::string token = booked.substr(17, 43);
  for (const std::string& path :
       {booked, "/schedule/manage/" + token + "?embed=1", "/schedule/manage/" + token + "?move=1&embed=1",
        "/schedule/manage/" + token + "?move=1&start=2025-01-14T16%3A00%3A00Z&embed=1"}) {
    const Response page = world.page(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(framed_by(page), k_origins) << path;
    EXPECT_EQ(leaks(page), std::vector<std::string>{}) << path;
  }
  EXPECT_TRUE(framed_by(world.page("/schedule/manage/" + token)).empty()) << "the link of a mail";

  const std::string start = "start=2025-01-14T16%3A00%3A00Z";
  const Response moved = world.post_form("/schedule/reschedule/" + token + "?embed=1", start);
  EXPECT_EQ(header(moved, "Location"), "/schedule/manage/" + token + "?moved=1&embed=1");
  const Response same = world.post_form("/schedule/reschedule/" + token + "?embed=1", start);
  EXPECT_EQ(same.status, 422);
  EXPECT_EQ(framed_by(same), k_origins);
  const Response taken =
      world.post_form("/schedule/reschedule/" + token + "?embed=1", "start=2025-01-14T16%3A07%3A00Z");
  EXPECT_EQ(taken.status, 422);
  EXPECT_EQ(framed_by(taken), k_origins);
  EXPECT_EQ(leaks(taken), std::vector<std::string>{});
  const Response cancelled = world.post_form("/schedule/cancel/" + token + "?embed=1", "reason=");
  EXPECT_EQ(cancelled.status, 200);
  EXPECT_EQ(framed_by(cancelled), k_origins);
  EXPECT_EQ(leaks(cancelled), std::vector<std::string>{}) << "to book again, too";
}

TEST_F(Embedding, ARefusalIsReadInTheFrameToo) {
  const Response unknown = world.page("/schedule/rosa/nothing?embed=1");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(framed_by(unknown), k_origins);
  EXPECT_TRUE(framed_by(world.page("/schedule/nobody?embed=1")).empty()) << "whose page would it be?";
  const std::string keyed = k_form + "&idempotency_key=key-of-one-form-0001";
  world.post_form("/schedule/rosa/call/book?embed=1", keyed);
  const Response used = world.post_form("/schedule/rosa/call/book?embed=1", keyed + "&notes=other");
  EXPECT_EQ(used.status, 409);
  EXPECT_EQ(framed_by(used), k_origins);
  EXPECT_EQ(leaks(used), std::vector<std::string>{});
}

TEST_F(Embedding, TheTypesOwnPageOpensOutsideOfTheFrame) {
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.settings.confirmation_redirect_url = "https://thanks.example/ok";
  });
  const Response done = world.post_form("/schedule/rosa/call/book?embed=1", k_form);
  const Response page = world.page(header(done, "Location"));
  EXPECT_TRUE(shows(page, "href=\"https://thanks.example/ok\" target=\"_top\"")) << page.body;
  const std::string link = header(done, "Location");
  EXPECT_FALSE(shows(world.page(link.substr(0, link.find("&embed"))), "https://thanks.example/ok"));
}

TEST(Bytes, PagesWithoutSecretsMayBeCompressedAndOthersNever) {
  BookingWorld world;
  const std::string token = world.book("2025-01-14T14:00:00Z").token;
  for (const char* path : {"/schedule/rosa", "/schedule/rosa/call", "/schedule/rosa/call?date=2025-01-14&embed=1",
                           "/schedule/rosa?timezone=Europe/Berlin", "/schedule/rosa/call?zones=all"})
    EXPECT_TRUE(world.page(path).may_compress) << path;
  for (const char* path : {"/schedule/rosa", "/schedule/rosa/call", "/schedule/assets/zones.json",
                           "/schedule/rosa/call/slots?from=2025-01-01&to=2025-01-31&timezone=Europe/Berlin"})
    EXPECT_TRUE(world.get(path).may_compress) << path;
  // What a link fills in stands in the page's links; the form holds a key and a stamp.
  for (const std::string& path :
       {std::string("/schedule/rosa?email=ada@prospect.test"), std::string("/schedule/rosa/call?name=Ada"),
        std::string("/schedule/rosa/call?invite=abc"), std::string("/schedule/rosa/call?unheard=of"),
        std::string("/schedule/rosa/call?start=2025-01-14T15%3A00%3A00Z"), "/schedule/manage/" + token,
        "/schedule/manage/" + token + "?move=1", std::string("/schedule/nobody")})
    EXPECT_FALSE(world.page(path).may_compress) << path;
  EXPECT_FALSE(world.get("/schedule/rosa/call/slots?date=2025-01-14&invite=abc").may_compress);
  EXPECT_FALSE(world.get("/schedule/manage/" + token).may_compress);
  EXPECT_FALSE(world.post_form("/schedule/rosa/call", k_form).may_compress);
}

TEST(Bytes, ZonesAreListedOnceForAllPages) {
  BookingWorld world;
  const Response list = world.get("/schedule/assets/zones.json");
  EXPECT_EQ(list.status, 200);
  EXPECT_EQ(at(list, "data.0.id"), "Africa/Abidjan");
  EXPECT_EQ(at(list, "data.0.offset_minutes"), "0");
  EXPECT_TRUE(shows(list, R"({"id":"Asia/Kolkata","offset_minutes":330})"));
  EXPECT_TRUE(shows(list, R"({"id":"America/St_Johns","offset_minutes":-210})"));
  EXPECT_TRUE(header(list, "Cache-Control").starts_with("public, max-age="));
  EXPECT_EQ(header(list, "ETag"), header(world.get("/schedule/assets/zones.json?v=1"), "ETag"));
  world.set_now("2025-07-14T12:00:00Z");
  EXPECT_NE(header(list, "ETag"), header(world.get("/schedule/assets/zones.json"), "ETag")) << "it is summer";
}

TEST(Bytes, APageOffersFewZonesAndLeadsToAll) {
  BookingWorld world;
  const auto options = [](const Response& page) {
    std::size_t count = 0;
    for (std::size_t i = 0; (i = page.body.find("<option ", i)) != std::string::npos; ++i) ++count;
    return count;
  };
  const Response few = world.page("/schedule/rosa/call?timezone=Asia/Kathmandu&date=2025-01-14");
  EXPECT_LT(options(few), 40u);
  EXPECT_TRUE(shows(few, "<option value=\"Asia/Kathmandu\" selected>")) << "the booker's own";
  EXPECT_TRUE(shows(few, "<option value=\"America/New_York\">")) << "the page's";
  std::smatch link;
  ASSERT_TRUE(std::regex_search(few.body, link, std::regex("href=\"([^\"]*zones=all[^\"]*)\"")));
  std::string address = std::regex_replace(link[1].str(), std::regex("&amp;"), "&");
  const Response all = world.page(address.substr(0, address.find('#')));
  EXPECT_GT(options(all), 300u);
  EXPECT_TRUE(shows(all, "<option value=\"Asia/Kathmandu\" selected>"));
  EXPECT_TRUE(shows(all, "name=\"date\" value=\"2025-01-14\"")) << "the day stays";
  EXPECT_TRUE(shows(few, ">Show all time zones<"));
  EXPECT_FALSE(shows(all, ">Show all time zones<"));
  EXPECT_TRUE(shows(world.page("/schedule/rosa/call?timezone=Antarctica/Troll"), "Antarctica/Troll\" selected"));

  const std::string token = world.book("2025-01-14T14:00:00Z").token;
  const std::string moving = "/schedule/manage/" + token + "?move=1";
  EXPECT_LT(options(world.page(moving)), 40u);
  EXPECT_GT(options(world.page(moving + "&zones=all")), 300u);
}

}  // namespace
}  // namespace scheduling::test
