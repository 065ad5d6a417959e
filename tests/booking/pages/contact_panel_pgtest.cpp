// What a contact's page in the CRM says of its meetings.
#include <gtest/gtest.h>

#include <algorithm>

#include "plugin/surface/contact_panel.hpp"
#include "tests/booking/booking_world.hpp"

namespace scheduling::test {
namespace {

class ContactPanel : public testing::Test {
 protected:
  std::int64_t contact() { return std::stoll(world.sql("SELECT id FROM module_records WHERE module = 'contacts'")); }
  crm::sdk::PanelContent shown(crm::sdk::UserId reader, crm::sdk::Role role, const std::string& zone) {
    auto session = world.wiring().crm.database.acquire();
    const crm::sdk::Record record{crm::sdk::RecordId{contact()}, "contacts", "{}", {}, {}, {}};
    const crm::sdk::Principal principal{reader, "", "", role, zone};
    auto content = contact_panel(world.wiring(), **session, record, principal);
    if (!content) throw std::runtime_error(content.error().message);
    return *content;
  }
  crm::sdk::PanelContent of_host(const std::string& zone = "America/New_York") {
    return shown(crm::sdk::UserId{world.rep().id.value}, crm::sdk::Role::rep, zone);
  }
  static std::string text_of(const crm::sdk::PanelContent& content) {
    std::string text;
    for (const auto& line : content.lines) text += line.text + "\n";
    return text;
  }

  BookingWorld world;
};

TEST_F(ContactPanel, TellsEachMeetingInTheReadersZoneTheNextOneFirst) {
  world.book("2025-01-15T14:00:00Z");
  world.book("2025-01-14T14:00:00Z");
  const auto content = of_host("Europe/Berlin");
  EXPECT_EQ(text_of(content),
            "Discovery Call with Rosa Rep on Tuesday, January 14, 2025, 3:00 PM \u2013 3:30 PM (Europe/Berlin): "
            "scheduled\n"
            "Discovery Call with Rosa Rep on Wednesday, January 15, 2025, 3:00 PM \u2013 3:30 PM (Europe/Berlin): "
            "scheduled\n");
  EXPECT_EQ(content.lines.at(0).url, "/settings/scheduling/meetings/" +
                                         world.sql("SELECT id FROM scheduled_meetings ORDER BY start_time LIMIT 1"));
  ASSERT_EQ(content.actions.size(), 1U);
  EXPECT_EQ(content.actions.at(0).label, "Book a meeting");
  EXPECT_EQ(content.actions.at(0).path, "/settings/scheduling/book/" + std::to_string(contact()));
  EXPECT_EQ(content.actions.at(0).method, crm::sdk::Method::get) << "a link: nothing is booked by opening it";
}

TEST_F(ContactPanel, ThenTheLastFewAndOfAMoveOnlyTheNewTime) {
  const Booking first = world.book("2025-01-14T14:00:00Z");
  ASSERT_TRUE(world.booking().reschedule({first.token, "2025-01-14T16:00:00Z", "UTC", "r"}).booking);
  const Booking second = world.book("2025-01-14T19:00:00Z");
  ASSERT_TRUE(world.booking().cancel_by_link(second.token, std::nullopt, "r"));
  const std::string text = text_of(of_host());
  EXPECT_EQ(std::ranges::count(text, '\n'), 2) << text;
  EXPECT_LT(text.find("11:00"), text.find("2:00")) << text;
  EXPECT_NE(text.find(": cancelled"), std::string::npos) << text;
}

TEST_F(ContactPanel, AColleaguesMeetingIsNotToldToAnotherRepButToAnAdmin) {
  world.book("2025-01-14T14:00:00Z");
  const crm::sdk::UserId other = world.add_user("other@example.test", "Other Rep");
  EXPECT_TRUE(shown(other, crm::sdk::Role::rep, "UTC").lines.empty());
  EXPECT_EQ(shown(other, crm::sdk::Role::admin, "UTC").lines.size(), 1u);
}

}  // namespace
}  // namespace scheduling::test
