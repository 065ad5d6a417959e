// Where a meeting takes place, from the meeting type to everything that speaks of it.
#include <gtest/gtest.h>

#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

struct LocationCase {
  const char* kind;
  const char* details;
  const char* published;
  const char* german;
  const char* page = nullptr;  ///< what the page says, in English; null: the published text
};

constexpr LocationCase k_location_cases[] = {
    {"phone", "", "Phone call: +12025550136", "Rosa Rep ruft Sie an: +1 202-555-0136",
     "Rosa Rep calls you at +1 202-555-0136"},
    {"phone", "+12025550100", "+12025550100", "Bitte rufen Sie Rosa Rep an: +1 202-555-0100",
     "Please call Rosa Rep at +1 202-555-0100"},
    {"zoom", "", "Zoom meeting", "Zoom-Meeting"},
    {"google_meet", "", "Google Meet", "Google Meet"},
    {"teams", "", "Microsoft Teams", "Microsoft Teams"},
    {"in_person", "", "In person", "Vor Ort"},
    {"in_person", "1 Main Street", "1 Main Street", "1 Main Street"},
    {"custom", "By the fountain", "By the fountain", "By the fountain"},
    {"zoom", "https://zoom.example/j/9", "https://zoom.example/j/9", "https://zoom.example/j/9"}};

Booking booked_at(BookingWorld& world, const LocationCase& one) {
  world.change_type(world.call(), [&](MeetingTypePatch& patch) {
    patch.location_type = one.kind;
    patch.location_details = one.details;
  });
  BookingCommand request = BookingWorld::request("2025-01-14T14:00:00Z");
  request.attendee.phone = "+1 202 555 0136";
  request.attendee.locale = "de";
  BookingResult result = world.booking().book(request);
  if (!result.booking) throw std::runtime_error(result.refusal.detail);
  return std::move(*result.booking);
}

std::string mail_to_ada(BookingWorld& world) {
  if (!world.wiring().mail_delivery.deliver({}, 100)) throw std::runtime_error("not delivered");
  for (const Posted& posted : world.post_office().take())
    if (posted.to == "ada@prospect.test") return posted.message;
  throw std::runtime_error("no mail to the attendee");
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(BookedLocation, IsStoredAsDataAndSaidInTheReadersLanguage) {
  for (const LocationCase& one : k_location_cases) {
    SCOPED_TRACE(std::string(one.kind) + " " + one.details);
    BookingWorld world;
    const Booking booking = booked_at(world, one);
    const std::string manage = "/schedule/manage/" + booking.token;
    EXPECT_EQ(world.sql("SELECT location_kind || ':' || coalesce(location_details, '') || ':' || "
                        "coalesce(join_url, 'none') FROM scheduled_meetings"),
              std::string(one.kind) + ":" + one.details + ":none");
    EXPECT_EQ(world.sql("SELECT location FROM scheduled_meetings"), one.published);
    EXPECT_EQ(world.sql("SELECT data ->> 'location' FROM activities"), one.published);
    EXPECT_EQ(at(world.get(manage), "data.meeting.location"), one.published);
    const std::string in_english = one.page ? one.page : one.published;
    EXPECT_TRUE(contains(world.page(manage + "?lang=en").body, in_english));
    EXPECT_TRUE(contains(world.get(manage + "/invite.ics?lang=en").body, "LOCATION:" + in_english + "\r\n"));
    EXPECT_TRUE(contains(world.page(manage).body, one.german)) << "as it was booked";
    EXPECT_TRUE(contains(world.get(manage + "/invite.ics").body, std::string("LOCATION:") + one.german + "\r\n"));
    const std::string mail = mail_to_ada(world);
    EXPECT_TRUE(contains(mail, std::string("LOCATION:") + one.german)) << mail;
  }
}

TEST(BookedLocation, StaysWhatWasAgreedWhenTheTypeOrTheTextChanges) {
  BookingWorld world;
  const Booking booking = booked_at(world, k_location_cases[0]);
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.location_type = "in_person";
    patch.location_details = "1 Main Street";
  });
  world.sql("UPDATE scheduled_meetings SET location = 'changed from outside'");
  EXPECT_EQ(at(world.get("/schedule/manage/" + booking.token), "data.meeting.location"), "Phone call: +12025550136");
  EXPECT_TRUE(contains(mail_to_ada(world), "LOCATION:Rosa Rep ruft Sie an: +1 202-555-0136"));
}

TEST(BookedLocation, LeadsIntoTheRoomOnceItIsMade) {
  BookingWorld world;
  const Booking booking = booked_at(world, {"teams", "Passcode 12", "", ""});
  world.sql("UPDATE scheduled_meetings SET join_url = 'https://rooms.example/1'");
  const std::string manage = "/schedule/manage/" + booking.token;
  const auto page = world.page(manage);
  EXPECT_TRUE(contains(page.body, "<a href=\"https://rooms.example/1\" rel=\"noopener noreferrer\">")) << page.body;
  EXPECT_TRUE(contains(page.body, "Passcode 12"));
  EXPECT_TRUE(contains(world.get(manage + "/invite.ics").body, "LOCATION:https://rooms.example/1\\nPasscode 12\r\n"));
  EXPECT_TRUE(contains(mail_to_ada(world), "LOCATION:https://rooms.example/1\\nPasscode 12"));
  const Meeting meeting = world.booking().get(world.rep(), booking.details.meeting.id).value();
  EXPECT_EQ(meeting.location, (Location{LocationType::teams, "Passcode 12", "https://rooms.example/1"}));
  const auto hosts =
      world.get("/schedule/manage/request/" + world.wiring().tokens->seal_grant({meeting.id, meeting.host}).value());
  EXPECT_EQ(at(hosts, "data.meeting.join_url"), "https://rooms.example/1");
  EXPECT_EQ(at(world.get(manage), "data.meeting.join_url"), "(absent)") << "attendees read it in `location`";
}

TEST(BookedLocation, StandsInTheEventsTitleAndDescriptionInTheReadersLanguage) {
  BookingWorld world;
  world.change_type(world.call(), [](MeetingTypePatch& patch) {
    patch.settings.event_title = "Call ({{location}})";
    patch.settings.event_description = "{{location}}";
  });
  const Booking booking = booked_at(world, k_location_cases[2]);
  EXPECT_EQ(world.sql("SELECT subject FROM activities"), "Call (Zoom meeting) was booked.");
  EXPECT_TRUE(contains(world.get("/schedule/manage/" + booking.token + "/invite.ics?lang=en").body,
                       "SUMMARY:Call (Zoom meeting)\r\n"));
  EXPECT_TRUE(contains(mail_to_ada(world), "SUMMARY:Call (Zoom-Meeting)"));
}

}  // namespace
}  // namespace scheduling::test
