// EVIDENCE: B-7.1 B-11.1
#include "plugin/json/outbox_json.hpp"

#include <gtest/gtest.h>

#include <set>

namespace scheduling {
namespace {

constexpr std::array k_all_roles = {MailRole::attendee, MailRole::guest, MailRole::host, MailRole::previous_host};

MeetingMail full_mail(MeetingEvent event, MailRole role) {
  MeetingMail mail;
  mail.event = event;
  mail.role = role;
  mail.recipient = "zo\u00eb \"z\"@example.org";
  mail.zone = "America/New_York";
  mail.locale = "pt-BR";
  mail.sequence = 7;
  mail.previous_start = parse_instant("2025-03-09T14:00:00Z");
  mail.reason = "Line one\nline \"two\" \\ \u20ac";
  mail.user = UserId{12};
  mail.told_host = UserId{13};
  mail.told_others = {UserId{14}, UserId{15}};
  mail.told_status = MeetingStatus::pending;
  mail.reminder_offset = std::chrono::minutes{1440};
  return mail;
}

/// Why that payload of a mail_booked cannot be read; empty: it can.
std::string refusal(const std::string& payload) {
  const auto message = from_stored({"mail_booked", "ada@example.org", payload});
  return message ? std::string() : message.error().detail;
}

TEST(OutboxJson, ReadsBackWhatItWrote) {
  for (const MeetingEvent event : k_meeting_events) {
    for (const MailRole role : k_all_roles) {
      MeetingMail bare;
      bare.event = event;
      bare.role = role;
      for (const MeetingMail& mail : {full_mail(event, role), bare}) {
        const StoredMessage stored = to_stored(mail);
        EXPECT_EQ(stored.kind, "mail_" + std::string(name_of(event)));
        EXPECT_LE(stored.kind.size(), 40U) << "the column is not wider";
        const auto read = from_stored(stored);
        ASSERT_TRUE(read) << stored.kind << " " << stored.payload << ": " << read.error().detail;
        EXPECT_EQ(std::get<MeetingMail>(*read), mail) << stored.payload;
      }
    }
  }
}

TEST(OutboxJson, WritesTheFormOfTheFirstVersion) {
  MeetingMail mail = full_mail(MeetingEvent::reassigned, MailRole::previous_host);
  mail.reason = "ill";
  EXPECT_EQ(to_stored(mail).payload,
            R"({"role":"previous_host","timezone":"America/New_York","locale":"pt-BR",)"
            R"("previous_start":"2025-03-09T14:00:00Z","reason":"ill","sequence":"7","user_id":"12",)"
            R"("host_user_id":"13","other_host_ids":"14,15","status":"pending",)"
            R"("offset_minutes":"1440"})");
  EXPECT_EQ(messages_json({MeetingMail{.event = MeetingEvent::moved, .role = MailRole::guest, .recipient = "g@x.org"},
                           MeetingMail{.event = MeetingEvent::reminder, .role = MailRole::host}}),
            R"([{"kind":"mail_moved","recipient":"g@x.org","payload":{"role":"guest","timezone":"","locale":""}},)"
            R"({"kind":"mail_reminder","recipient":null,"payload":{"role":"host","timezone":"","locale":""}}])");
  EXPECT_EQ(messages_json({}), "[]");
}

TEST(OutboxJson, ReadsWhatEarlierAndLaterVersionsWrote) {
  EXPECT_EQ(refusal(R"({"role":"attendee"})"), "");
  EXPECT_EQ(refusal(R"({"role":"host","sequence":"2","a key of tomorrow":{"deep":[1]}})"), "");
}

TEST(OutboxJson, SaysWhyAPayloadCannotBeRead) {
  for (const char* payload :
       {"", "[1]", "{}", R"({"role":"nobody"})", R"({"role":7})", R"({"role":"guest","sequence":"x"})",
        R"({"role":"guest","sequence":"3000000000"})", R"({"role":"guest","previous_start":"soon"})",
        R"({"role":"guest","user_id":"1 2"})", R"({"role":"guest","other_host_ids":"1,"})",
        R"({"role":"guest","offset_minutes":60})", R"({"role":"guest","locale":["en"]})"})
    EXPECT_NE(refusal(payload), "") << payload;
  EXPECT_NE(refusal(R"({"role":"nobody"})").find("role"), std::string::npos);
  EXPECT_EQ(from_stored({"mail_unheard_of", {}, R"({"role":"host"})"}).error().code, Code::invalid_input);
}

TEST(OutboxJson, NamesEveryKindOnce) {
  const auto all = all_stored_kinds();
  const std::set<std::string> names(all.begin(), all.end());
  EXPECT_EQ(names, (std::set<std::string>{"calendar_notice", "calendar_write", "mail_booked", "mail_requested",
                                          "mail_moved", "mail_cancelled", "mail_confirmed", "mail_declined",
                                          "mail_expired", "mail_reassigned", "mail_reminder", "mail_room",
                                          "mail_verify", "mail_outcome", "mail_missed", "room_write"}));
  EXPECT_EQ(all.size(), names.size());
}

}  // namespace
}  // namespace scheduling
