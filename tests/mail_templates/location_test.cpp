// Where a meeting takes place and why it does not, in the language of the mail.
#include <gtest/gtest.h>

#include "plugin/services/mail/mail_facts.hpp"
#include "plugin/services/wording/localized_location.hpp"
#include "tests/mail_templates/mail_world.hpp"

namespace scheduling::testing {
namespace {

MailData data_at(Location location) {
  MailData data = sample_context();
  data.details.meeting.location = std::move(location);
  return data;
}

/// As the calendar part of the attendee's mail says it.
std::string place(const MailData& data, const char* locale, MailRole role = MailRole::attendee) {
  return world().places.text(locale, data.details.meeting,
                             {role, data.details.host.name, data.details.meeting.attendee_name});
}

std::string text_of_mail(const MailData& data, const char* locale, MeetingEvent meeting_event = MeetingEvent::booked) {
  return world().compose(spec_of(meeting_event, MailRole::attendee, locale), data).text;
}

struct KindInGerman {
  LocationType kind;
  const char* text;
};
constexpr KindInGerman k_german[] = {{LocationType::zoom, "Zoom-Meeting"},
                                     {LocationType::google_meet, "Google Meet"},
                                     {LocationType::teams, "Microsoft Teams"},
                                     {LocationType::phone, "Rosa Rep ruft Sie an: +1 202-555-0136"},
                                     {LocationType::in_person, "Vor Ort"}};

TEST(LocationInMails, IsItsKindInTheMailsLanguage) {
  for (const auto& [kind, text] : k_german) {
    const MailData data = data_at({.kind = kind});
    EXPECT_NE(text_of_mail(data, "de").find("Wo\n    " + std::string(text) + "\n"), std::string::npos)
        << text << "\n"
        << text_of_mail(data, "de");
    EXPECT_EQ(place(data, "de"), text) << "in the calendar part";
  }
  MailData data = data_at({.kind = LocationType::phone});
  data.details.meeting.phone.reset();
  EXPECT_EQ(place(data, "de"), "Telefonat");
  EXPECT_NE(text_of_mail(data, "de").find("Wo\n    Telefonat\n"), std::string::npos);
}

TEST(LocationInMails, IsTheHostsOwnTextAsItIs) {
  for (const LocationType kind : {LocationType::in_person, LocationType::custom}) {
    const MailData data = data_at({kind, "Hauptstr. 1", {}});
    EXPECT_NE(text_of_mail(data, "fr").find("\n    Hauptstr. 1\n"), std::string::npos) << name_of(kind);
    EXPECT_EQ(place(data, "fr"), "Hauptstr. 1");
  }
  EXPECT_NE(text_of_mail(data_at({LocationType::zoom, "Passcode 12", {}}), "de")
                .find("Wo\n    Zoom-Meeting\n    Passcode 12\n"),
            std::string::npos);
}

TEST(LocationInMails, SaysWhoCallsWhomInEveryLanguage) {
  const struct {
    const char* locale;
    const char* host_calls[3];  ///< as attendee, host and guest read it
    const char* attendee_calls[3];
  } expected[] = {{"en",
                   {"Rosa Rep calls you at +1 202-555-0136", "You call Ada Lovelace at +1 202-555-0136",
                    "Rosa Rep calls Ada Lovelace"},
                   {"Please call Rosa Rep at +1 202-555-0199", "Ada Lovelace calls you at +1 202-555-0199",
                    "Please call Rosa Rep at +1 202-555-0199"}},
                  {"de",
                   {"Rosa Rep ruft Sie an: +1 202-555-0136", "Sie rufen Ada Lovelace an: +1 202-555-0136",
                    "Rosa Rep ruft Ada Lovelace an"},
                   {"Bitte rufen Sie Rosa Rep an: +1 202-555-0199", "Ada Lovelace ruft Sie an: +1 202-555-0199",
                    "Bitte rufen Sie Rosa Rep an: +1 202-555-0199"}}};
  constexpr MailRole roles[] = {MailRole::attendee, MailRole::host, MailRole::guest};
  for (const auto& [locale, host_calls, attendee_calls] : expected)
    for (std::size_t i = 0; i < std::size(roles); ++i) {
      EXPECT_EQ(place(data_at({.kind = LocationType::phone}), locale, roles[i]), host_calls[i]);
      EXPECT_EQ(place(data_at({LocationType::phone, "+12025550199", {}}), locale, roles[i]), attendee_calls[i]);
    }
  for (const std::string& locale : world().messages->languages()) {
    EXPECT_EQ(place(data_at({.kind = LocationType::phone}), locale.c_str(), MailRole::guest).find("0136"),
              std::string::npos)
        << "the attendee's number is not the guests' to know";
    const MailData data = data_at({.kind = LocationType::phone, .details = "Ask for Rosa"});
    EXPECT_EQ(place(data, locale.c_str()).find("\nAsk for Rosa"), place(data, locale.c_str()).find('\n')) << locale;
  }
}

TEST(LocationInMails, TellsGuestsWhoCallsBesideTheHostsOwnText) {
  const MailData data = data_at({.kind = LocationType::phone, .details = "Ask for Rosa"});
  const std::string text = world().compose(spec_of(MeetingEvent::booked, MailRole::guest), data).text;
  EXPECT_NE(text.find("\n    Rosa Rep calls Ada Lovelace\n    Ask for Rosa\n"), std::string::npos) << text;
}

TEST(LocationInMails, DoesNotFollowALaterChangeOfTheType) {
  MailData data = data_at({.kind = LocationType::phone});
  data.details.type.content.location_type = LocationType::in_person;
  data.details.type.content.location_details = "Acme Tower";
  const std::string text = text_of_mail(data, "de");
  EXPECT_NE(text.find("Wo\n    Rosa Rep ruft Sie an: +1 202-555-0136\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("Acme Tower"), std::string::npos);
}

TEST(LocationInMails, IsMissingWhenNobodySaidIt) {
  MailData data = sample_context();
  data.details.meeting.location.reset();
  EXPECT_EQ(text_of_mail(data, "en").find("\nWhere\n"), std::string::npos);
  EXPECT_EQ(place(data, "en"), "");
}

TEST(LocationInMails, LeadsIntoTheRoomThatWasMade) {
  const MailData data = data_at({LocationType::teams, "Passcode 12", "https://rooms.example/1"});
  const RenderedMail mail = world().compose(spec_of(MeetingEvent::booked, MailRole::attendee, "de"), data);
  EXPECT_NE(mail.text.find("Wo\n    Microsoft Teams\n    https://rooms.example/1\n    Passcode 12\n"),
            std::string::npos)
      << mail.text;
  EXPECT_NE(mail.html.find("href=\"https://rooms.example/1\""), std::string::npos);
  const std::string reminder = text_of_mail(data, "de", MeetingEvent::reminder);
  EXPECT_NE(reminder.find("Am Meeting teilnehmen:\nhttps://rooms.example/1\n"), std::string::npos) << reminder;
  EXPECT_EQ(place(data, "de"), "https://rooms.example/1\nPasscode 12");
}

TEST(ReasonInMails, ThatTheSystemGaveIsInTheMailsLanguage) {
  MailData data = sample_context();
  data.details.meeting.status = MeetingStatus::cancelled;
  data.details.meeting.cancellation =
      Cancellation{data.now, CancelledBy::system, CancelReason{CancelReasonKind::host_did_not_confirm_in_time, {}}};
  const struct {
    const char* locale;
    const char* text;
  } expected[] = {
      {"en", "The host did not confirm in time."},   {"de", "Der Termin wurde nicht rechtzeitig bestätigt."},
      {"es", "La reunión no se confirmó a tiempo."}, {"fr", "Le rendez-vous n’a pas été confirmé à temps."},
      {"ja", "期限内に確定しませんでした。"},        {"pt", "A reunião não foi confirmada a tempo."}};
  ASSERT_EQ(std::size(expected), world().messages->languages().size());
  for (const auto& [locale, text] : expected) {
    data.custom_template = MailTemplate::make({"expired", locale, "S", "reason={{reason}}"}).value();
    EXPECT_NE(text_of_mail(data, locale, MeetingEvent::expired).find(std::string("reason=") + text), std::string::npos)
        << locale;
  }
  data.custom_template.reset();
  EXPECT_EQ(text_of_mail(data, "en", MeetingEvent::expired).find("\nReason\n"), std::string::npos)
      << "the whole mail says it";
}

TEST(ReasonInMails, ThatAPersonWroteStaysAsItIs) {
  MailData data = sample_context();
  data.details.meeting.status = MeetingStatus::cancelled;
  data.details.meeting.cancellation = Cancellation{data.now, CancelledBy::host, written_reason("I am ill.")};
  MailSpec spec = spec_of(MeetingEvent::cancelled, MailRole::attendee, "de");
  spec.reason.reset();
  EXPECT_NE(world().compose(spec, data).text.find("Grund\n    I am ill.\n"), std::string::npos);
}

}  // namespace
}  // namespace scheduling::testing
