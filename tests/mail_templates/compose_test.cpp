// What every mail says, whoever gets it.
#include <gtest/gtest.h>

#include <set>

#include "tests/mail_templates/mail_world.hpp"

namespace scheduling::testing {
namespace {

struct Kind {
  MeetingEvent meeting_event;
  MailRole role;
};

/// Some things are one person's to know.
bool is_told(MeetingEvent meeting_event, MailRole role) {
  if (meeting_event == MeetingEvent::outcome) return role == MailRole::host;
  const bool is_attendees = meeting_event == MeetingEvent::verify || meeting_event == MeetingEvent::missed;
  return !is_attendees || role == MailRole::attendee;
}

std::vector<Kind> all_kinds() {
  std::vector<Kind> kinds;
  for (const MeetingEvent meeting_event : k_meeting_events)
    for (const MailRole role : {MailRole::attendee, MailRole::guest, MailRole::host})
      if (is_told(meeting_event, role)) kinds.push_back({meeting_event, role});
  kinds.push_back({MeetingEvent::reassigned, MailRole::previous_host});
  return kinds;
}

std::string name_of_sample(const Kind& kind, const std::string& language) {
  return language + "-" + std::string(name_of(kind.meeting_event)) + "-" + std::string(name_of(kind.role));
}

MailData context_for(const Kind& kind) {
  MailData data = sample_context();
  Meeting& meeting = data.details.meeting;
  if (kind.meeting_event == MeetingEvent::requested) meeting.status = MeetingStatus::pending;
  if (kind.meeting_event == MeetingEvent::verify) {
    meeting.status = MeetingStatus::pending;
    meeting.awaits_verification = true;
    data.confirm_by = data.now + std::chrono::minutes{30};
    data.verification_url = "https://crm.example.com/schedule/manage/verify/abc";
  }
  if (kind.meeting_event == MeetingEvent::reminder) data.now = meeting.time.start() - std::chrono::hours{24};
  if (is_afterwards(kind.meeting_event)) {
    data.now = meeting.time.end() + std::chrono::minutes{1};
    meeting.status = kind.meeting_event == MeetingEvent::missed ? MeetingStatus::no_show : MeetingStatus::completed;
    data.outcome_url = "https://crm.example.com/schedule/manage/outcome/abc";
  }
  const bool is_ended = kind.meeting_event == MeetingEvent::cancelled || kind.meeting_event == MeetingEvent::declined ||
                        kind.meeting_event == MeetingEvent::expired;
  if (!is_ended) return data;
  meeting.status = MeetingStatus::cancelled;
  meeting.cancellation = Cancellation{data.now, CancelledBy::host, written_reason("Something came up.")};
  return data;
}

RenderedMail sample_mail(const Kind& kind, const std::string& language) {
  return world().compose(spec_of(kind.meeting_event, kind.role, language), context_for(kind),
                         name_of_sample(kind, language));
}

/// Nothing of the machinery shows: no placeholder, no section, no key.
void expect_whole(const RenderedMail& mail) {
  for (const std::string& text : {mail.subject, mail.text}) {
    EXPECT_EQ(text.find('{'), std::string::npos) << text;
    EXPECT_EQ(text.find('}'), std::string::npos) << text;
  }
  const auto body = mail.html.find("<body");
  ASSERT_NE(body, std::string::npos);
  EXPECT_EQ(mail.html.find('{', body), std::string::npos);
  EXPECT_EQ(mail.html.find("{{"), std::string::npos);
  for (const char* key : {".attendee.", ".host.", ".guest.", "fact.", "button.", "preheader.", "footer.", "lead.",
                          "greeting.", "notice.", "crm.nothing", "location.", "duration.", "time.zone", "section."}) {
    EXPECT_EQ(mail.text.find(key), std::string::npos) << key << " in\n" << mail.text;
    EXPECT_EQ(mail.subject.find(key), std::string::npos) << key << " in " << mail.subject;
  }
}

// EVIDENCE: B-11.2
TEST(Mails, AreWholeForEveryOccasionRoleAndLanguage) {
  for (const std::string& language : world().messages->languages()) {
    for (const Kind& kind : all_kinds()) {
      SCOPED_TRACE(name_of_sample(kind, language));
      const RenderedMail mail = sample_mail(kind, language);
      expect_whole(mail);
      EXPECT_FALSE(mail.subject.empty());
      EXPECT_EQ(mail.subject.find('\n'), std::string::npos);
      EXPECT_NE(mail.subject.find("Discovery Call"), std::string::npos);
      EXPECT_NE(mail.text.find("UTC\u221205:00"), std::string::npos) << "names the zone with its offset";
      EXPECT_NE(mail.html.find("UTC\u221205:00"), std::string::npos);
      EXPECT_NE(mail.text.find("Rosa Rep"), std::string::npos);
      EXPECT_NE(mail.html.find("<html lang=\"" + language + "\" dir=\"ltr\""), std::string::npos);
      EXPECT_NE(mail.text.find("Acme Pipelines"), std::string::npos) << "names who sent it";
      EXPECT_EQ(mail.text.find("\n\n\n"), std::string::npos) << mail.text;
      EXPECT_EQ(mail.text.find('\r'), std::string::npos);
    }
  }
}

TEST(Mails, SayDifferentThingsInEveryLanguage) {
  for (const Kind& kind : all_kinds()) {
    std::set<std::string> subjects;
    for (const std::string& language : world().messages->languages())
      subjects.insert(sample_mail(kind, language).subject);
    EXPECT_EQ(subjects.size(), world().messages->languages().size()) << name_of_sample(kind, "*");
  }
}

TEST(Mails, LoadNothingFromElsewhereButTheLogo) {
  MailData data = sample_context();
  for (const Kind& kind : all_kinds()) {
    const std::string html = sample_mail(kind, "en").html;
    EXPECT_EQ(count_of(html, "<img"), 0u);
    for (const char* foreign : {"src=", "<link", "@import", "url(", "<script", "<form", "background="})
      EXPECT_EQ(html.find(foreign), std::string::npos) << foreign;
    EXPECT_LT(html.size(), 90'000u) << "Gmail cuts longer mails off";
  }
  data.details.page->content.branding.logo_url = "https://acme.example/logo.png";
  const std::string html = world().compose(spec_of(MeetingEvent::booked), data, "en-logo").html;
  EXPECT_EQ(count_of(html, "src="), 1u);
  EXPECT_NE(html.find("src=\"https://acme.example/logo.png\" alt=\"Acme Pipelines\""), std::string::npos);
}

TEST(Mails, SpeakEnglishWhereThereIsNoOtherLanguage) {
  for (const char* locale : {"", "it", "zh-Hant-TW", "tlh", "not a locale"}) {
    const RenderedMail mail =
        world().compose(spec_of(MeetingEvent::booked, MailRole::attendee, locale), sample_context());
    EXPECT_EQ(mail.subject, "Booked: Discovery Call with Rosa Rep, Wed, Jan 15, 9:00 AM") << locale;
  }
  EXPECT_EQ(world().compose(spec_of(MeetingEvent::booked, MailRole::attendee, "de_AT"), sample_context()).subject,
            "Gebucht: Discovery Call mit Rosa Rep, Mi., 15. J\u00e4n., 09:00 Uhr")
      << "an Austrian January";
  EXPECT_EQ(world().compose(spec_of(MeetingEvent::booked, MailRole::attendee, "en-GB"), sample_context()).subject,
            "Booked: Discovery Call with Rosa Rep, Wed, 15 Jan, 09:00");
}

TEST(Mails, FallBackToTheMeetingsZone) {
  MailSpec spec = spec_of(MeetingEvent::booked);
  spec.zone = zone_of("Mars/Olympus_Mons");
  EXPECT_NE(world().compose(spec, sample_context()).text.find("Eastern Time, America/New_York (UTC\u221205:00)"),
            std::string::npos);
}

TEST(Mails, SpeakTheRecipientsZone) {
  MailSpec spec = spec_of(MeetingEvent::booked);
  spec.zone = zone_of("Asia/Kathmandu");
  EXPECT_NE(world()
                .compose(spec, sample_context(), "en-kathmandu")
                .text.find("When\n    Wednesday, January 15, 2025\n    7:45 PM \u2013 8:15 PM\n    Nepal Time, "
                           "Asia/Kathmandu (UTC+05:45)\n"),
            std::string::npos);
  spec.zone = zone_of("Europe/Berlin");
  EXPECT_NE(world()
                .compose(spec, sample_context())
                .text.find("3:00 PM \u2013 3:30 PM\n    Central European Time, Europe/Berlin (UTC+01:00)\n"),
            std::string::npos);
}

TEST(Mails, NameBothDatesOfAMeetingOverMidnight) {
  MailData data = sample_context();
  data.details.meeting.time = TimeRange(at("2025-01-15T17:30:00Z"), at("2025-01-15T18:30:00Z"));
  MailSpec spec = spec_of(MeetingEvent::booked);
  spec.zone = zone_of("Asia/Kathmandu");
  EXPECT_NE(world()
                .compose(spec, data, "en-midnight")
                .text.find("Wednesday, January 15, 2025, 11:15 PM \u2013 Thursday, January 16, 2025, 12:15 AM"),
            std::string::npos);
}

TEST(Mails, SayWhatHeldBeforeAMove) {
  const RenderedMail mail = sample_mail({MeetingEvent::moved, MailRole::attendee}, "en");
  EXPECT_NE(mail.text.find("Before\n    Tuesday, January 14, 2025, 2:00 PM\n"), std::string::npos) << mail.text;
  EXPECT_NE(mail.html.find("<s>Tuesday, January 14, 2025, 2:00 PM</s>"), std::string::npos);
  EXPECT_EQ(count_of(mail.html, "<s>"), 1u);
  MailSpec spec = spec_of(MeetingEvent::moved);
  spec.previous_start = at("2025-07-15T13:00:00Z");
  EXPECT_NE(world().compose(spec, sample_context()).text.find("July 15, 2025, 9:00 AM (UTC\u221204:00)"),
            std::string::npos)
      << "an old time under other clocks says so";
}

TEST(Mails, StrikeTheTimeOfAMeetingThatWillNotBe) {
  for (const MeetingEvent meeting_event : {MeetingEvent::cancelled, MeetingEvent::declined, MeetingEvent::expired})
    EXPECT_NE(sample_mail({meeting_event, MailRole::attendee}, "en").html.find("<s>Wednesday, January 15, 2025"),
              std::string::npos);
  EXPECT_EQ(sample_mail({MeetingEvent::booked, MailRole::attendee}, "en").html.find("<s>"), std::string::npos);
}

TEST(Mails, TellHowAMeetingIsNotFinal) {
  for (const MailRole role : {MailRole::attendee, MailRole::guest}) {
    const RenderedMail mail = sample_mail({MeetingEvent::requested, role}, "en");
    EXPECT_NE(mail.subject.find("ot final yet"), std::string::npos);
    EXPECT_NE(mail.text.find("This is not final yet: Rosa Rep still has to confirm."), std::string::npos);
  }
  const RenderedMail attendee = sample_mail({MeetingEvent::requested, MailRole::attendee}, "en");
  EXPECT_NE(attendee.text.find("You will have an answer by Tuesday, January 14, 2025, 12:00 PM at the latest."),
            std::string::npos);
  EXPECT_EQ(attendee.text.find("latest pipeline report"), std::string::npos) << "that is for booked meetings";

  MailData pending = sample_context();
  pending.details.meeting.status = MeetingStatus::pending;
  const RenderedMail moved = world().compose(spec_of(MeetingEvent::moved), pending, "en-moved-pending");
  EXPECT_NE(moved.text.find("This is not final yet"), std::string::npos) << "a move asks again";
}

TEST(Mails, AskTheHostToDecideInTime) {
  const RenderedMail mail = sample_mail({MeetingEvent::requested, MailRole::host}, "en");
  EXPECT_NE(mail.text.find("Confirm or decline:\nhttps://crm.acme.example/scheduling/meetings/7/decide\n"),
            std::string::npos);
  EXPECT_NE(mail.text.find("Please answer by Tuesday, January 14, 2025, 12:00 PM"), std::string::npos);
  EXPECT_EQ(sample_mail({MeetingEvent::booked, MailRole::host}, "en").text.find("/decide"), std::string::npos);
}

TEST(Mails, TellTheHostWhatTheCrmKnows) {
  const RenderedMail mail = sample_mail({MeetingEvent::booked, MailRole::host}, "en");
  for (const char* part :
       {"What the CRM knows about Ada Lovelace", "Did not come to 1 earlier meeting.",
        "Thursday, January 9, 2025\n    Downloaded the white paper on forecasts",
        "https://crm.acme.example/contacts/12", "https://crm.acme.example/scheduling/meetings/7\n",
        "ada@analytical.example", "+1 202-555-0136", "charles@analytical.example",
        "What would you like to talk about?\n    How your forecasts are made.", "Are you a customer already?\n    Yes",
        "How many of you would use it?\n    12", "I will be on a train until nine,\n    so the line may be poor."})
    EXPECT_NE(mail.text.find(part), std::string::npos) << part << " in\n" << mail.text;
  EXPECT_NE(mail.html.find("href=\"mailto:ada@analytical.example\""), std::string::npos);
  EXPECT_NE(mail.html.find("href=\"tel:+12025550136\""), std::string::npos);
  EXPECT_EQ(mail.text.find("/schedule/manage/"), std::string::npos);

  MailData unknown = sample_context();
  unknown.history.clear();
  unknown.no_shows = 0;
  EXPECT_NE(world().compose(spec_of(MeetingEvent::booked, MailRole::host), unknown).text.find("No earlier activities."),
            std::string::npos);
  unknown.contact_url.clear();
  EXPECT_EQ(world().compose(spec_of(MeetingEvent::booked, MailRole::host), unknown).text.find("What the CRM knows"),
            std::string::npos);
}

TEST(Mails, TellGuestsOnlyWhatIsTheirs) {
  for (const Kind& kind : all_kinds()) {
    if (kind.role != MailRole::guest) continue;
    SCOPED_TRACE(name_of(kind.meeting_event));
    const RenderedMail mail = sample_mail(kind, "en");
    for (const char* part :
         {"/manage/", "/decide", "scheduling/meetings", "contacts/12", "ada@analytical.example", "+12025550136",
          "202-555-0136", "on a train", "forecasts", "charles@", "schedule/rosa/discovery"}) {
      EXPECT_EQ(mail.text.find(part), std::string::npos) << part;
      EXPECT_EQ(mail.html.find(part), std::string::npos) << part;
    }
  }
}

// EVIDENCE: B-8.4
TEST(Mails, KeepWhatAFormSaidFromEverybodyButHosts) {
  MailData data = sample_context();
  data.details.meeting.cancellation = Cancellation{data.now, CancelledBy::attendee, written_reason("Buy my pills.")};
  for (const Kind& kind : all_kinds()) {
    if (kind.role == MailRole::host || kind.role == MailRole::previous_host) continue;
    SCOPED_TRACE(std::string(name_of(kind.meeting_event)) + " " + std::string(name_of(kind.role)));
    MailSpec spec = spec_of(kind.meeting_event, kind.role);
    spec.reason = "Buy my pills.";
    const RenderedMail mail = world().compose(spec, data);
    for (const char* part : {"on a train", "forecasts are made", "pills"}) {
      EXPECT_EQ(mail.text.find(part), std::string::npos) << part;
      EXPECT_EQ(mail.html.find(part), std::string::npos) << part;
    }
  }
  MailSpec spec = spec_of(MeetingEvent::cancelled, MailRole::host);
  EXPECT_NE(world().compose(spec, data).text.find("Reason"), std::string::npos);
  data.details.meeting.cancellation->by = CancelledBy::host;
  EXPECT_NE(world().compose(spec_of(MeetingEvent::cancelled), data).text.find("Something came up."), std::string::npos)
      << "a host's reason reaches the attendee";
}

// EVIDENCE: B-5.3
TEST(Mails, CarryNoLinkThatWillNotWork) {
  MailData late = sample_context();
  late.manage_url.clear();
  late.may_cancel = late.may_reschedule = false;
  const RenderedMail mail = world().compose(spec_of(MeetingEvent::booked), late, "en-too-late");
  EXPECT_EQ(mail.html.find("/manage/"), std::string::npos);
  EXPECT_EQ(mail.text.find("Reschedule"), std::string::npos);
  EXPECT_NE(mail.text.find("Do you need to change something? Please write to Rosa Rep: rosa@acme.example"),
            std::string::npos);
  EXPECT_NE(mail.html.find("href=\"mailto:rosa@acme.example\""), std::string::npos);

  const auto label = [](bool may_cancel, bool may_reschedule) {
    MailData data = sample_context();
    data.may_cancel = may_cancel;
    data.may_reschedule = may_reschedule;
    const std::string text = world().compose(spec_of(MeetingEvent::booked), data).text;
    const auto link = text.find(":\nhttps://crm.acme.example/schedule/manage/");
    return link == std::string::npos ? std::string()
                                     : text.substr(text.rfind('\n', link) + 1, link - text.rfind('\n', link) - 1);
  };
  EXPECT_EQ(label(true, true), "Reschedule or cancel");
  EXPECT_EQ(label(false, true), "Reschedule");
  EXPECT_EQ(label(true, false), "Cancel the meeting");
  EXPECT_EQ(label(false, false), "");
}

TEST(Mails, OfferAnotherTimeWhenTheMeetingWillNotBe) {
  for (const MeetingEvent meeting_event : {MeetingEvent::cancelled, MeetingEvent::declined, MeetingEvent::expired}) {
    const RenderedMail mail = sample_mail({meeting_event, MailRole::attendee}, "en");
    EXPECT_NE(mail.text.find("Book another time:\nhttps://crm.acme.example/schedule/rosa/discovery\n"),
              std::string::npos);
    EXPECT_EQ(mail.text.find("/manage/"), std::string::npos);
    MailData closed = context_for({meeting_event, MailRole::attendee});
    closed.book_again_url.clear();
    EXPECT_EQ(world().compose(spec_of(meeting_event), closed).text.find("Book another time"), std::string::npos);
  }
}

TEST(Mails, SayWhoCancelledAndWhy) {
  const auto text = [](CancelledBy by, MailRole role) {
    MailData data = sample_context();
    data.details.meeting.cancellation = Cancellation{data.now, by, written_reason("Something came up.")};
    return world()
        .compose(spec_of(MeetingEvent::cancelled, role), data, "en-cancelled-by-" + std::string(name_of(by)))
        .text;
  };
  EXPECT_NE(text(CancelledBy::attendee, MailRole::attendee).find("You have cancelled your meeting"), std::string::npos);
  EXPECT_NE(text(CancelledBy::host, MailRole::attendee).find("Rosa Rep has to cancel"), std::string::npos);
  EXPECT_NE(text(CancelledBy::system, MailRole::attendee).find("was cancelled"), std::string::npos);
  EXPECT_NE(text(CancelledBy::host, MailRole::guest).find("Reason\n    Something came up."), std::string::npos);
  EXPECT_EQ(text(CancelledBy::attendee, MailRole::guest).find("Something came up."), std::string::npos)
      << "what the attendee wrote to the host";
}

TEST(Mails, BringTheTypesOwnMessageToThoseWhoAreBooked) {
  for (const MeetingEvent meeting_event : {MeetingEvent::booked, MeetingEvent::confirmed}) {
    const RenderedMail mail = sample_mail({meeting_event, MailRole::attendee}, "en");
    EXPECT_NE(mail.text.find("Please have your latest pipeline report at hand."), std::string::npos);
    EXPECT_NE(mail.html.find("<a class=\"link\" href=\"https://acme.example/prepare\""), std::string::npos);
  }
  EXPECT_EQ(sample_mail({MeetingEvent::moved, MailRole::attendee}, "en").text.find("pipeline report"),
            std::string::npos);
}

TEST(Mails, SayWhereInTheirOwnLanguage) {
  MailData data = sample_context();
  data.details.meeting.location = Location{.kind = LocationType::phone};
  EXPECT_NE(world()
                .compose(spec_of(MeetingEvent::booked, MailRole::attendee, "de"), data)
                .text.find("Rosa Rep ruft Sie an: +1 202-555-0136"),
            std::string::npos);
  EXPECT_NE(
      world().compose(spec_of(MeetingEvent::booked, MailRole::host, "ja"), data).html.find("href=\"tel:+12025550136\""),
      std::string::npos);
  data.details.meeting.location = Location{LocationType::in_person, "Acme Tower\n1 Main Street, Springfield", {}};
  EXPECT_NE(world()
                .compose(spec_of(MeetingEvent::booked), data, "en-in-person")
                .text.find("Where\n    Acme Tower\n    1 Main Street, Springfield\n"),
            std::string::npos);
}

TEST(Mails, RemindByTheTimeThatIsReallyLeft) {
  const auto subject = [](const char* now, std::optional<std::chrono::minutes> offset, const char* locale = "en") {
    MailData data = sample_context();
    data.now = at(now);
    MailSpec spec = spec_of(MeetingEvent::reminder, MailRole::attendee, locale);
    spec.offset = offset;
    const std::string text = world().compose(spec, data).subject;
    return text.substr(0, text.find(": "));
  };
  using std::chrono::minutes;
  EXPECT_EQ(subject("2025-01-14T14:00:00Z", minutes{1440}), "Tomorrow");
  EXPECT_EQ(subject("2025-01-15T13:00:20Z", minutes{60}), "In 1 hour") << "the job took its time";
  EXPECT_EQ(subject("2025-01-15T13:35:00Z", minutes{60}), "In 25 minutes") << "the mail server was away";
  EXPECT_EQ(subject("2025-01-15T13:45:10Z", minutes{15}), "In 15 minutes");
  EXPECT_EQ(subject("2025-01-15T13:59:00Z", minutes{15}), "In 1 minute");
  EXPECT_EQ(subject("2025-01-15T11:00:00Z", minutes{1440}), "In 3 hours");
  EXPECT_EQ(subject("2025-01-13T14:00:00Z", minutes{2880}), "In 2 days");
  EXPECT_EQ(subject("2025-01-15T01:00:00Z", std::nullopt), "Tomorrow")
      << "thirteen hours ahead is still tomorrow there";
  EXPECT_EQ(subject("2025-01-15T14:00:00Z", minutes{15}), "Now");
  EXPECT_EQ(subject("2025-01-15T14:10:00Z", minutes{15}), "Already started");
  EXPECT_EQ(subject("2025-01-12T14:00:00Z", minutes{4320}, "de"), "In 3 Tagen");
}

TEST(Mails, OfferToJoinAMeetingByVideo) {
  const RenderedMail mail = sample_mail({MeetingEvent::reminder, MailRole::guest}, "en");
  EXPECT_NE(mail.text.find("Join the meeting:\nhttps://zoom.example/j/94512345678\n"), std::string::npos);
  EXPECT_EQ(sample_mail({MeetingEvent::booked, MailRole::guest}, "en").text.find("Join the meeting"),
            std::string::npos);
}

}  // namespace
}  // namespace scheduling::testing
