// Sentences of the public pages, of their forms' fields and for their scripts.
#include "plugin/http/wording/public_texts.hpp"

#include <gtest/gtest.h>

#include "plugin/core/booking/answers.hpp"
#include "plugin/core/booking/attendee_details.hpp"
#include "plugin/http/month/booking_data.hpp"
#include "plugin/http/wording/calendar_links.hpp"
#include "tests/page_words/page_words.hpp"

namespace scheduling::testing {
namespace {

/// Whatever can be wrong with what an attendee types.
std::vector<FieldError> all_errors() {
  const std::vector<Question> questions{{"line", "Line", QuestionType::text, true, {}},
                                        {"one", "One", QuestionType::select, false, {"a", "b"}},
                                        {"several", "Several", QuestionType::multiselect, false, {"a", "b"}},
                                        {"number", "Number", QuestionType::number, false, {}},
                                        {"big", "Big", QuestionType::number, false, {}},
                                        {"url", "Address", QuestionType::url, false, {}},
                                        {"phone", "Phone", QuestionType::phone, false, {}},
                                        {"mail", "Mail", QuestionType::email, false, {}}};
  FieldErrors errors;
  AttendeeDetailsDraft draft;
  draft.answers = {{"one", std::string("c")},       {"several", std::string("c")},
                   {"number", std::string("x")},    {"big", std::string("9999999999999999")},
                   {"url", std::string("ftp://x")}, {"phone", std::string("x")},
                   {"mail", std::string("x")},      {"stranger", std::string("x")}};
  draft.phone_region = "xx";
  draft.guests = {"x"};
  draft.notes = std::string(6000, 'n');
  check_attendee_details(errors, draft, questions, words().phones, "US", PhoneNeed::required);
  draft.attendee_name = "www.example.com";
  draft.attendee_email = "x";
  draft.phone = "x";
  draft.notes = "a\x01";
  draft.guests = std::vector<std::string>(11, "ada@example.com");
  check_attendee_details(errors, draft, questions, words().phones, "US", PhoneNeed::none);
  draft.attendee_name = std::string(100, 'n');
  draft.answers = {{"line", std::string(2000, 'a')}, {"line", std::string("a")}};
  check_attendee_details(errors, draft, questions, words().phones, "US", PhoneNeed::none);
  draft.attendee_name = "\xFF";
  check_attendee_details(errors, draft, questions, words().phones, "US", PhoneNeed::none);
  return errors.list();
}

TEST(FieldTexts, KnowEveryErrorOfAForm) {
  const std::vector<FieldError> errors = all_errors();
  EXPECT_GT(errors.size(), 20u);
  for (const std::string& language : words().messages->languages()) {
    const PublicTexts texts = words().texts(language);
    const std::string fallback = words().messages->text("field.other", language);
    for (const FieldError& error : errors) {
      const std::string text = texts.field_error(error);
      EXPECT_NE(text, fallback) << language << " " << error.field << " " << error.code;
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      EXPECT_TRUE(language == "en" || text != error.message) << language << " " << error.field << " " << error.code;
    }
  }
}

TEST(FieldTexts, NameTheLimit) {
  const FieldError error{"notes", "too_long", "At most 5000 characters.", 5000};
  EXPECT_EQ(words().texts("de").field_error(error), "Höchstens 5.000 Zeichen.");
  EXPECT_EQ(words().texts("ja").field_error({"guests", "too_long", "", 10}), "同席者は10名までです。");
}

TEST(FieldTexts, SaySomethingOfWhateverComesNew) {
  EXPECT_EQ(words().texts("de").field_error({"attendee_name", "brand_new", "Is new."}), "Bitte prüfen Sie dies.");
  EXPECT_EQ(words().texts("de").field_error({"idempotency_key", "too_long", "At most 255 characters."}),
            "Bitte prüfen Sie dies.");
}

TEST(PublicTexts, CountTimesOfADay) {
  const auto label = [](std::string_view lang, std::int64_t count) {
    return words().texts(lang).text("day_times", MessageArgs().text("date", "X").number("count", count));
  };
  EXPECT_EQ(label("en", 1), "X, 1 time");
  EXPECT_EQ(label("en", 9), "X, 9 times");
  EXPECT_EQ(label("de", 9), "X, 9 freie Zeiten");
  EXPECT_EQ(label("ja", 9), "X、空き9件");
}

TEST(PublicTexts, SpeakDatesOfLanguagesWithoutTexts) {
  const PublicTexts texts = words().texts("", "ar-EG");
  EXPECT_EQ(texts.long_day(LocalDate::parse("2025-01-15").value()), "الأربعاء، 15 يناير 2025");
  EXPECT_EQ(texts.text("book"), "Schedule meeting");
  EXPECT_EQ(texts.phone_countries().size(), words().texts("en").phone_countries().size());
}

TEST(PublicTexts, NameCountriesInTheReadersLanguage) {
  const auto& countries = words().texts("de").phone_countries();
  EXPECT_TRUE(
      std::ranges::any_of(countries, [](const PhoneCountry& each) { return each.label == "Österreich (+43)"; }));
}

TEST(BookingData, TellsScriptsWhatTheirReaderReads) {
  const std::string german = booking_data(words().texts("", "de-AT"));
  EXPECT_TRUE(german.starts_with(R"({"locale":"de-AT","language":"de","direction":"ltr","texts":{)"))
      << german.substr(0, 200);
  EXPECT_NE(german.find(R"("page.back_to_days":"Zurück zum Monat")"), std::string::npos) << german;
  EXPECT_NE(german.find(R"("page.zone_title":"Ihre Zeitzone")"), std::string::npos);
  EXPECT_EQ(german.find("page.title"), std::string::npos) << "scripts get what they say, not all texts";
  const std::string arabic = booking_data(words().texts("", "ar-EG"));
  EXPECT_TRUE(arabic.starts_with(R"({"locale":"ar-EG","language":"en","direction":"rtl","texts":{)"))
      << arabic.substr(0, 200);
  for (const std::string& language : words().messages->languages())
    EXPECT_EQ(booking_data(words().texts(language)).find('<'), std::string::npos);
}

/// The shipped texts without one.
class CatalogWithout final : public MessageCatalog {
 public:
  explicit CatalogWithout(std::string key) : key_(std::move(key)) {}
  std::string text(std::string_view key, std::string_view locale, const MessageArgs& args) const override {
    return all_.text(key, locale, args);
  }
  Patterns patterns(std::string_view prefix, std::string_view locale) const override {
    Patterns found = all_.patterns(prefix, locale);
    std::erase_if(found, [&](const auto& each) { return std::string(prefix) + each.first == key_; });
    return found;
  }
  std::string language_of(std::string_view locale) const override { return all_.language_of(locale); }
  const std::vector<std::string>& languages() const override { return all_.languages(); }

 private:
  const MessageCatalog& all_ = *words().messages;
  std::string key_;
};

TEST(ScriptWords, RefuseToLoadWithoutOne) {
  const auto loaded = script_words_by_language(CatalogWithout("booking.retry"));
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, Code::broken);
  for (const std::string& language : words().messages->languages())
    EXPECT_NE(loaded.error().detail.find("\n" + language + ": booking.retry: is missing"), std::string::npos)
        << loaded.error().detail;
  EXPECT_TRUE(script_words_by_language(CatalogWithout("page.title"))) << "the script does not say it";
}

CalendarEvent sample_event() {
  CalendarEvent event;
  event.start = parse_instant("2025-01-15T14:00:00Z").value();
  event.end = parse_instant("2025-01-15T14:30:00Z").value();
  event.summary = "Q&A: 50 % + \"more\" – Ada";
  event.description = "Bring <notes> & a pen.\nLink: https://crm.example/x?a=1";
  event.location = "Main Street 1, Köln";
  return event;
}

TEST(CalendarLinks, SpellTextsAndTimes) {
  const CalendarLinks links = calendar_links(sample_event());
  EXPECT_EQ(
      links.google,
      "https://calendar.google.com/calendar/render?action=TEMPLATE&text=Q%26A%3A%2050%20%25%20%2B%20%22more%22%20%E2%80"
      "%93%20Ada&dates=20250115T140000Z%2F20250115T143000Z&details=Bring%20%3Cnotes%3E%20%26%20a%20pen.%0ALink%3A%20"
      "https%3A%2F%2Fcrm.example%2Fx%3Fa%3D1&location=Main%20Street%201%2C%20K%C3%B6ln");
  EXPECT_TRUE(links.outlook.starts_with("https://outlook.live.com/calendar/0/deeplink/compose?")) << links.outlook;
  EXPECT_NE(links.outlook.find("&startdt=2025-01-15T14%3A00%3A00Z&enddt=2025-01-15T14%3A30%3A00Z&"), std::string::npos);
  EXPECT_NE(links.outlook.find("body=Bring%20%26lt%3Bnotes%26gt%3B%20%26amp%3B%20a%20pen.%3Cbr%3ELink"),
            std::string::npos);
  EXPECT_TRUE(links.office.starts_with("https://outlook.office.com/calendar/0/deeplink/compose?"));
}

TEST(CalendarLinks, StayShort) {
  CalendarEvent event = sample_event();
  event.description = std::string(5000, 'd');
  const CalendarLinks links = calendar_links(event);
  EXPECT_LT(links.google.size(), 2000u);
  EXPECT_LT(links.office.size(), 2000u);
}

}  // namespace
}  // namespace scheduling::testing
