#include <gtest/gtest.h>

#include "plugin/adapters/phone/lib_phone_reader.hpp"
#include "plugin/core/booking/attendee_details.hpp"
#include "plugin/core/booking/booking_policy.hpp"
#include "plugin/core/booking/contact_suggestions.hpp"
#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Fields listed_fields(const FieldErrors& errors) {
  Fields fields;
  for (const FieldError& error : errors.list()) fields.emplace_back(error.field, error.code);
  return fields;
}

struct Checked {
  std::vector<Answer> answers;
  Fields errors;
};

Checked check(const std::vector<Question>& questions, const std::vector<AnswerDraft>& drafts) {
  FieldErrors errors;
  const LibPhoneReader phones;
  Checked checked;
  checked.answers = check_answers(errors, questions, drafts, phones, "US");
  checked.errors = listed_fields(errors);
  return checked;
}

Question asked(QuestionType type, bool required = false, std::vector<std::string> options = {}) {
  return {"q", "A question", type, required, std::move(options)};
}

TEST(EmailAddresses, AreDotAtomsAtDomains) {
  for (const char* text : {"ada@example.com", " ada@example.com ", "a.b+tag@sub.example.co.uk", "o'brien@example.ie",
                           "ADA@EXAMPLE.COM", "j\u00fcrgen@b\u00fccher.example", "x@xn--bcher-kva.example"}) {
    EXPECT_TRUE(EmailAddress::parse(text)) << text;
  }
  for (const char* text : {"",
                           "ada",
                           "ada@",
                           "@example.com",
                           "ada@localhost",
                           "ada@@example.com",
                           "ada..b@example.com",
                           ".ada@example.com",
                           "ada.@example.com",
                           "ada b@example.com",
                           "ada@example..com",
                           "ada@-example.com",
                           "ada@example.com\r\nBcc: x@example.com",
                           "\"ada\"@example.com",
                           "ada@[127.0.0.1]",
                           "ada@127.0.0.1",
                           "ada@exa mple.com",
                           "<ada@example.com>",
                           "ada@example.com,bob@example.com",
                           "ada\xff@example.com"}) {
    EXPECT_FALSE(EmailAddress::parse(text)) << text;
  }
  EXPECT_TRUE(EmailAddress::parse(std::string(64, 'a') + "@example.com"));
  EXPECT_FALSE(EmailAddress::parse(std::string(65, 'a') + "@example.com"));
  EXPECT_FALSE(EmailAddress::parse("a@" + std::string(63, 'b') + "." + std::string(63, 'c') + "." +
                                   std::string(63, 'd') + "." + std::string(63, 'e') + ".com"));
}

// EVIDENCE: B-7.5
TEST(Answers, RequiredOnesMustBeThere) {
  for (const QuestionType type : {QuestionType::text, QuestionType::phone, QuestionType::number}) {
    EXPECT_EQ(check({asked(type, true)}, {}).errors, (Fields{{"answers.q", "required"}})) << name_of(type);
    EXPECT_EQ(check({asked(type, true)}, {{"q", "  "}}).errors, (Fields{{"answers.q", "required"}})) << name_of(type);
    EXPECT_EQ(check({asked(type)}, {}).errors, Fields{}) << name_of(type);
  }
  EXPECT_EQ(check({asked(QuestionType::checkbox, true)}, {{"q", false}}).errors, (Fields{{"answers.q", "required"}}));
  EXPECT_EQ(check({asked(QuestionType::multiselect, true, {"A"})}, {{"q", std::vector<std::string>{}}}).errors,
            (Fields{{"answers.q", "required"}}));
}

// EVIDENCE: B-7.5
TEST(Answers, AreOfTheTypeTheQuestionAsksFor) {
  const std::vector<std::string> options = {"Red", "Blue"};
  struct Case {
    Question question;
    AnswerValue given;
    AnswerValue wanted;
  };
  const std::vector<Case> cases = {
      {asked(QuestionType::text), " hello ", "hello"},
      {asked(QuestionType::textarea), "two\nlines", "two\nlines"},
      {asked(QuestionType::select, false, options), "Blue", "Blue"},
      {asked(QuestionType::radio, false, options), "Red", "Red"},
      {asked(QuestionType::multiselect, false, options), std::vector<std::string>{"Blue", "Red"}, options},
      {asked(QuestionType::multiselect, false, options), "Blue", std::vector<std::string>{"Blue"}},
      {asked(QuestionType::checkbox), true, true},
      {asked(QuestionType::checkbox), "on", true},
      {asked(QuestionType::checkbox, false, options), std::vector<std::string>{"Red"}, std::vector<std::string>{"Red"}},
      {asked(QuestionType::phone), "(212) 555-0123", "+12125550123"},
      {asked(QuestionType::phone), "+44 20 7946 0018", "+442079460018"},
      {asked(QuestionType::email), "ada@example.com", "ada@example.com"},
      {asked(QuestionType::number), 42.5, 42.5},
      {asked(QuestionType::number), "-7", -7.0},
      {asked(QuestionType::url), "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"},
  };
  for (const Case& each : cases) {
    const Checked checked = check({each.question}, {{"q", each.given}});
    EXPECT_EQ(checked.errors, Fields{}) << name_of(each.question.type);
    EXPECT_EQ(checked.answers, (std::vector<Answer>{{"q", each.wanted}})) << name_of(each.question.type);
  }
}

// EVIDENCE: B-7.5
TEST(Answers, OfAnotherKindAreRefusedByName) {
  const std::vector<std::string> options = {"Red", "Blue"};
  struct Case {
    Question question;
    AnswerValue given;
    std::string code;
  };
  const std::vector<Case> cases = {
      {asked(QuestionType::text), true, "invalid_type"},
      {asked(QuestionType::text), "two\nlines", "invalid_format"},
      {asked(QuestionType::text), std::string(1001, 'x'), "too_long"},
      {asked(QuestionType::select, false, options), "Green", "invalid_option"},
      {asked(QuestionType::select, false, options), std::vector<std::string>{"Red"}, "invalid_type"},
      {asked(QuestionType::multiselect, false, options), std::vector<std::string>{"Red", "Green"}, "invalid_option"},
      {asked(QuestionType::multiselect, false, options), std::vector<std::string>{"Red", "Red"}, "invalid_option"},
      {asked(QuestionType::checkbox), "maybe", "invalid_type"},
      {asked(QuestionType::phone), "12", "invalid_phone"},
      {asked(QuestionType::phone), "call me", "invalid_phone"},
      {asked(QuestionType::email), "ada@", "invalid_email"},
      {asked(QuestionType::number), "1e400", "invalid_number"},
      {asked(QuestionType::number), "nan", "invalid_number"},
      {asked(QuestionType::number), "12 apples", "invalid_number"},
      {asked(QuestionType::number), 1e16, "out_of_range"},
      {asked(QuestionType::url), "javascript:alert(1)", "invalid_url"},
      {asked(QuestionType::url), "https://user:pw@example.com", "invalid_url"},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(check({each.question}, {{"q", each.given}}).errors, (Fields{{"answers.q", each.code}}))
        << name_of(each.question.type) << " " << answer_text(each.given);
  }
  EXPECT_EQ(check({}, {{"zzz", "x"}}).errors, (Fields{{"answers.zzz", "unknown_field"}}));
  EXPECT_EQ(check({asked(QuestionType::text)}, {{"q", "a"}, {"q", "b"}}).errors, (Fields{{"answers.q", "duplicate"}}));
}

TEST(Answers, ReadWellInMailsAndTimelines) {
  EXPECT_EQ(answer_text(true), "Yes");
  EXPECT_EQ(answer_text(42.0), "42");
  EXPECT_EQ(answer_text(0.5), "0.5");
  EXPECT_EQ(answer_text(100000.0), "100000");
  EXPECT_EQ(answer_text(1e15), "1000000000000000");
  EXPECT_EQ(answer_text(1234567.89), "1234567.89");
  EXPECT_EQ(answer_text(-0.0), "0");
  EXPECT_EQ(answer_text(0.000001), "0.000001");
  EXPECT_EQ(answer_text(std::vector<std::string>{"Red", "Blue"}), "Red, Blue");
}

AttendeeDetailsDraft sound_details() {
  AttendeeDetailsDraft draft;
  draft.attendee_name = "Ada Lovelace";
  draft.attendee_email = "ada@example.com";
  return draft;
}

TEST(Details, GuestsAreNoTwoAlikeAndNotTheAttendee) {
  AttendeeDetailsDraft draft = sound_details();
  draft.guests = {"bob@example.com", "BOB@example.com", "Ada@Example.com", "eve@example.com"};
  FieldErrors errors;
  const auto attendee = check_attendee_details(errors, draft, {}, LibPhoneReader{}, "");
  ASSERT_TRUE(attendee);
  ASSERT_EQ(attendee->guests.size(), 2u);
  EXPECT_EQ(attendee->guests[1].text(), "eve@example.com");
}

// EVIDENCE: B-7.6
TEST(Details, InternationalDomainsAreOneAddressInBothSpellings) {
  const auto typed = EmailAddress::parse("Info@B\u00fccher.example").value();
  EXPECT_EQ(typed.text(), "Info@B\u00fccher.example") << "kept as it was written";
  EXPECT_EQ(typed.ascii(), "Info@xn--bcher-kva.example") << "mailed like this";
  EXPECT_EQ(typed.key(), EmailAddress::parse("info@XN--bcher-kva.EXAMPLE").value().key());
  EXPECT_NE(typed.key(), EmailAddress::parse("info@bucher.example").value().key());
  EXPECT_EQ(EmailAddress::parse("\u202Aada@example.com\u202C\u00A0").value().text(), "ada@example.com");
  for (const char* text : {"ada@xn--a.example", "ada@b\u00fc_cher.example", "ada@b\u00fccher", "ada@\u2488.example"})
    EXPECT_FALSE(EmailAddress::parse(text)) << text;
  AttendeeDetailsDraft draft = sound_details();
  draft.attendee_email = "ada@b\u00fccher.example";
  draft.guests = {"Ada@xn--bcher-kva.example", "eve@b\u00fccher.example", "EVE@xn--bcher-kva.example"};
  FieldErrors errors;
  const auto attendee = check_attendee_details(errors, draft, {}, LibPhoneReader{}, "");
  ASSERT_TRUE(attendee);
  ASSERT_EQ(attendee->guests.size(), 1u);
  EXPECT_EQ(attendee->guests[0].text(), "eve@b\u00fccher.example");
}

// EVIDENCE: B-7.5
TEST(Details, NationalNumbersAreOfTheRegionThatIsNamed) {
  const std::vector<Question> questions{asked(QuestionType::phone)};
  const auto read = [&](std::optional<std::string> region) {
    AttendeeDetailsDraft draft = sound_details();
    draft.phone = "020 7946 0018";
    draft.answers = {{"q", std::string("\u2068020 7946 0019\u2069")}};
    draft.phone_region = std::move(region);
    FieldErrors errors;
    const auto attendee = check_attendee_details(errors, draft, questions, LibPhoneReader{}, "US");
    if (!attendee) return errors.list().front().field + " " + errors.list().front().code;
    return *attendee->phone + " " + answer_text(attendee->answers.at(0).value);
  };
  EXPECT_EQ(read("GB"), "+442079460018 +442079460019");
  EXPECT_EQ(read(" gb\u200B"), "+442079460018 +442079460019");
  EXPECT_EQ(read("XX"), "phone_region invalid_region");
  EXPECT_EQ(read("United Kingdom"), "phone_region invalid_region");
  EXPECT_EQ(read(""), "phone invalid_phone") << "left open in a form: nothing is guessed";
  EXPECT_EQ(read(std::nullopt), "phone invalid_phone")
      << "no number of the United States has eleven digits with a zero";
}

TEST(Details, ACallNeedsANumber) {
  AttendeeDetailsDraft draft = sound_details();
  draft.phone = " \u00A0\u200B";
  FieldErrors errors;
  EXPECT_FALSE(check_attendee_details(errors, draft, {}, LibPhoneReader{}, "US", PhoneNeed::required));
  EXPECT_EQ(listed_fields(errors), (Fields{{"phone", "required"}}));
  FieldErrors none;
  EXPECT_TRUE(check_attendee_details(none, draft, {}, LibPhoneReader{}, "US"));
}

TEST(Answers, AreKeptInTheOrderOfTheQuestions) {
  const std::vector<Question> questions{{"zeta", "Z", QuestionType::text, false, {}},
                                        {"a", "A", QuestionType::text, false, {}}};
  const auto ordered =
      in_order_of(questions, {{"gone", std::string("3")}, {"a", std::string("2")}, {"zeta", std::string("1")}});
  ASSERT_EQ(ordered.size(), 3u);
  EXPECT_EQ(ordered[0].id + ordered[1].id + ordered[2].id, "zetaagone");
}

TEST(Details, ReportEveryFieldAtOnce) {
  AttendeeDetailsDraft draft;
  draft.attendee_email = "not an address";
  draft.phone = "123";
  draft.notes = std::string(5001, 'x');
  draft.guests = {"ok@example.com", "bad"};
  draft.utm = {{"Source!", "x"}};
  FieldErrors errors;
  EXPECT_FALSE(check_attendee_details(errors, draft, {asked(QuestionType::text, true)}, LibPhoneReader{}, ""));
  EXPECT_EQ(listed_fields(errors), (Fields{{"attendee_name", "required"},
                                           {"attendee_email", "invalid_email"},
                                           {"phone", "invalid_phone"},
                                           {"notes", "too_long"},
                                           {"answers.q", "required"},
                                           {"guests[1]", "invalid_email"},
                                           {"utm", "invalid_format"}}));
}

TEST(Details, LimitsGuestsAndDropsUnreadableLocales) {
  AttendeeDetailsDraft draft = sound_details();
  draft.guests = std::vector<std::string>(11, "x@example.com");
  FieldErrors errors;
  EXPECT_FALSE(check_attendee_details(errors, draft, {}, LibPhoneReader{}, ""));
  EXPECT_EQ(listed_fields(errors), (Fields{{"guests", "too_long"}}));
  draft = sound_details();
  draft.locale = "de_AT";
  draft.utm = {{"utm_source", "mail"}, {"medium", "link"}};
  FieldErrors none;
  const auto attendee = check_attendee_details(none, draft, {}, LibPhoneReader{}, "");
  ASSERT_TRUE(attendee);
  EXPECT_EQ(attendee->locale, "de-AT");
  EXPECT_EQ(attendee->utm, (UtmValues{{"source", "mail"}, {"medium", "link"}}));
  draft.locale = "en\r\nX: y";
  EXPECT_FALSE(check_attendee_details(none, draft, {}, LibPhoneReader{}, "")->locale);
}

// EVIDENCE: B-5.3
TEST(Policy, ChangesEndWithTheNotice) {
  const Instant start = at("2025-01-15T12:00:00Z");
  const auto code = [&](MeetingStatus status, int notice, std::string_view now) {
    const auto done = may_still_change(status, start, std::chrono::minutes{notice}, at(now));
    return done ? std::string("ok") : std::string(name_of(done.error().code));
  };
  EXPECT_EQ(code(MeetingStatus::scheduled, 60, "2025-01-15T11:00:00Z"), "ok");
  EXPECT_EQ(code(MeetingStatus::scheduled, 60, "2025-01-15T11:00:01Z"), "too_late");
  EXPECT_EQ(code(MeetingStatus::pending, 0, "2025-01-15T11:59:59Z"), "ok");
  EXPECT_EQ(code(MeetingStatus::scheduled, 0, "2025-01-15T12:00:00Z"), "too_late");
  EXPECT_EQ(code(MeetingStatus::cancelled, 0, "2025-01-15T10:00:00Z"), "conflict");
}

TEST(Policy, OutcomesComeAfterTheBeginning) {
  const Instant start = at("2025-01-15T12:00:00Z");
  using enum MeetingStatus;
  EXPECT_TRUE(may_record_outcome(scheduled, completed, start, start));
  EXPECT_TRUE(may_record_outcome(completed, no_show, start, start));
  EXPECT_TRUE(may_record_outcome(completed, completed, start, start));
  EXPECT_FALSE(may_record_outcome(scheduled, completed, start, start - std::chrono::seconds{1}));
  EXPECT_FALSE(may_record_outcome(cancelled, completed, start, start));
  EXPECT_EQ(may_record_outcome(scheduled, cancelled, start, start).error().code, Code::invalid_input);
}

// EVIDENCE: B-7.7
TEST(Statuses, TheEndsAreFinal) {
  using enum MeetingStatus;
  for (const MeetingStatus to : {scheduled, pending, completed, no_show, cancelled, rescheduled}) {
    EXPECT_FALSE(may_become(cancelled, to)) << name_of(to);
    EXPECT_FALSE(may_become(rescheduled, to)) << name_of(to);
    EXPECT_EQ(meeting_status_of(name_of(to)), to);
  }
  EXPECT_TRUE(may_become(pending, scheduled));
  EXPECT_FALSE(may_become(scheduled, pending));
}

// EVIDENCE: B-7.6
TEST(ContactSuggestions, AreWhatTheRecordDoesNotSayOrSaysOtherwise) {
  const auto suggestions = suggest_fields({{"name", "Ada  Lovelace"}, {"phone", "+1 212 555 0123"}, {"company", " "}},
                                          {{"name", "ada lovelace"},
                                           {"phone", "+12125550199"},
                                           {"company", "Analytical Engines"},
                                           {"source", "meeting_scheduler"},
                                           {"title", ""}});
  EXPECT_EQ(suggestions, (std::vector<FieldSuggestion>{{"company", "", "Analytical Engines"},
                                                       {"phone", "+1 212 555 0123", "+12125550199"},
                                                       {"source", "", "meeting_scheduler"}}));
  EXPECT_TRUE(suggest_fields({{"phone", "+1 (212) 555-0123"}}, {{"phone", "+12125550123"}}).empty());
}

}  // namespace
}  // namespace scheduling::testing
