// A rep's own words for a mail, and what strangers may write into it.
#include <gtest/gtest.h>

#include "plugin/core/catalog/brand_colors.hpp"
#include "plugin/core/text/direction.hpp"
#include "plugin/services/mail/mail_document.hpp"
#include "tests/mail_templates/mail_world.hpp"

namespace scheduling::testing {
namespace {

using UnavailableReasons = std::vector<std::pair<std::string, std::string>>;

UnavailableReasons refusals(const MailTemplateDraft& draft, const std::vector<std::string>& languages = {}) {
  const auto made = MailTemplate::make(draft, languages);
  UnavailableReasons found;
  if (!made)
    for (const FieldError& error : made.error().fields) found.emplace_back(error.field, error.code);
  return found;
}

const MailTemplateDraft k_sound{"booked", "en", "See you on {{date}}, {{attendee_name}}",
                                "Dear {{attendee_name}},\n\nhello."};

TEST(MailTemplateService, AreCheckedWhole) {
  EXPECT_EQ(refusals(k_sound), UnavailableReasons{});
  EXPECT_EQ(refusals({"booked", "en", "", ""}), (UnavailableReasons{{"subject", "required"}, {"body", "required"}}));
  EXPECT_EQ(refusals({"", "", "a", "b"}), (UnavailableReasons{{"occasion", "required"}, {"language", "required"}}));
  EXPECT_EQ(refusals({"wedding", "German", "a", "b"}),
            (UnavailableReasons{{"occasion", "invalid_option"}, {"language", "invalid_format"}}));
  EXPECT_EQ(refusals({"booked", "it", "a", "b"}, {"de", "en"}), (UnavailableReasons{{"language", "invalid_option"}}));
  EXPECT_EQ(refusals({"booked", "pt-BR", "a", "b"}), UnavailableReasons{});
  EXPECT_EQ(refusals({"booked", "en", "two\nlines", "b"}), (UnavailableReasons{{"subject", "invalid_format"}}));
  EXPECT_EQ(refusals({"booked", "en", std::string(201, 'a'), std::string(4001, 'b')}),
            (UnavailableReasons{{"subject", "too_long"}, {"body", "too_long"}}));
  EXPECT_EQ(refusals({"booked", "en", std::string(200, 'a'), std::string(4000, 'b')}), UnavailableReasons{});
}

TEST(MailTemplateService, RefuseUnknownAndUnclosedPlaceholders) {
  EXPECT_EQ(refusals({"booked", "en", "{{attendee}}", "{{ answers }}"}),
            (UnavailableReasons{{"subject", "invalid_option"}, {"body", "invalid_option"}}));
  EXPECT_EQ(refusals({"booked", "en", "{{attendee_name", "b"}), (UnavailableReasons{{"subject", "invalid_option"}}));
  const auto made = MailTemplate::make({"booked", "en", "a", "{{#host_name}}x{{/host_name}}"});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().fields[0].message,
            "There is no placeholder \"#host_name\"; use {{attendee_name}}, {{attendee_email}}, {{host_name}}, "
            "{{meeting_type}}, {{page_name}}, {{company_name}}, {{location}}, {{date}}, {{time}}, {{timezone}}, "
            "{{duration}}, {{previous_date}}, {{previous_time}}, {{reason}}.");
}

TEST(MailTemplateService, ComeBackAsTheyWent) {
  MailTemplateDraft draft = k_sound;
  draft.body = "One\r\n\r\nTwo";
  const MailTemplate made = MailTemplate::make(draft).value();
  EXPECT_EQ(made.body, "One\n\nTwo");
  EXPECT_EQ(MailTemplate::make(to_draft(made)).value(), made);
}

RenderedMail with_own(const std::string& subject, const std::string& body,
                      MailSpec spec = spec_of(MeetingEvent::booked), const std::string& sample = {}) {
  MailData data = sample_context();
  data.custom_template = MailTemplate::make({std::string(name_of(spec.meeting_event)), "en", subject, body}).value();
  return world().compose(spec, data, sample);
}

TEST(MailTemplateService, KnowEveryPlaceholder) {
  std::string body;
  for (const std::string_view name : k_mail_placeholders)
    body += std::string(name) + "={{" + std::string(name) + "}}\n";
  MailSpec spec = spec_of(MeetingEvent::moved);
  const RenderedMail mail = with_own("{{meeting_type}}, {{date}}", body, spec, "en-own-moved");
  EXPECT_EQ(mail.subject, "Discovery Call, Wednesday, January 15, 2025");
  for (const char* line :
       {"attendee_name=Ada Lovelace\n", "attendee_email=ada@analytical.example\n", "host_name=Rosa Rep\n",
        "meeting_type=Discovery Call\n", "page_name=Meet Rosa\n", "company_name=Acme Pipelines\n",
        "location=Zoom meeting https://zoom.example/j/94512345678\n", "date=Wednesday, January 15, 2025\n",
        "time=9:00 AM\n", "timezone=Eastern Time, America/New_York (UTC\u221205:00)\n", "duration=30 min\n",
        "previous_date=Tuesday, January 14, 2025\n", "previous_time=2:00 PM\n", "reason=\n"})
    EXPECT_NE(mail.text.find(line), std::string::npos) << line << " in\n" << mail.text;
}

TEST(MailTemplateService, StandForTheWordsOnly) {
  const RenderedMail mail =
      with_own("Great, {{attendee_name}}!", "So glad to see you.\n\nYours,\nRosa\nhttps://acme.example/map.",
               spec_of(MeetingEvent::requested), "en-own-requested");
  EXPECT_EQ(mail.subject, "Great, Ada Lovelace!");
  EXPECT_EQ(mail.text.find("Thank you for asking"), std::string::npos);
  EXPECT_NE(mail.text.find("So glad to see you.\n\nYours,\nRosa\nhttps://acme.example/map.\n\n* This is not final yet"),
            std::string::npos)
      << mail.text;
  EXPECT_NE(mail.html.find("Yours,<br>Rosa<br><a class=\"link\" href=\"https://acme.example/map\""), std::string::npos);
  EXPECT_NE(mail.text.find("Reschedule or cancel:"), std::string::npos);
}

TEST(MailTemplateService, AreForTheirOccasionLanguageAndReaders) {
  MailData data = sample_context();
  data.custom_template = MailTemplate::make({"booked", "en", "Mine", "Mine"}).value();
  const auto subject = [&](MeetingEvent meeting_event, MailRole role, const char* locale) {
    return world().compose(spec_of(meeting_event, role, locale), data).subject;
  };
  EXPECT_EQ(subject(MeetingEvent::booked, MailRole::attendee, "en-GB"), "Mine");
  EXPECT_EQ(subject(MeetingEvent::booked, MailRole::guest, "en"), "Mine");
  EXPECT_NE(subject(MeetingEvent::booked, MailRole::host, "en"), "Mine");
  EXPECT_NE(subject(MeetingEvent::moved, MailRole::attendee, "en"), "Mine");
  EXPECT_NE(subject(MeetingEvent::booked, MailRole::attendee, "de"), "Mine");
}

TEST(MailTemplateService, PutAValueInOnceAndAsItIs) {
  MailData data = sample_context();
  data.details.meeting.attendee_name = "{{host_name}} <b>&amp;</b>";
  data.custom_template = MailTemplate::make({"booked", "en", "For {{attendee_name}}", "Hi {{attendee_name}}"}).value();
  const RenderedMail mail = world().compose(spec_of(MeetingEvent::booked), data);
  EXPECT_EQ(mail.subject, "For {{host_name}} <b>&amp;</b>");
  EXPECT_NE(mail.text.find("Hi {{host_name}} <b>&amp;</b>\n"), std::string::npos);
  EXPECT_NE(mail.html.find("Hi {{host_name}} &lt;b&gt;&amp;amp;&lt;/b&gt;"), std::string::npos);
}

TEST(Strangers, CannotWriteMarkup) {
  MailData data = sample_context();
  const std::string name = "<script>alert('x')</script> \"O'Hara\" {host} {{host_name}}";
  Meeting& meeting = data.details.meeting;
  meeting.attendee_name = name;
  meeting.notes = "</td></table><img src=x>\n--\n{{{host}}}";
  meeting.answers = {{"topic", std::string("<a href=javascript:alert(1)>")}};
  data.history = {{"<b>bold</b>", data.now}};
  for (const MailRole role : {MailRole::attendee, MailRole::guest, MailRole::host}) {
    const RenderedMail mail =
        world().compose(spec_of(MeetingEvent::booked, role), data, "en-hostile-" + std::string(name_of(role)));
    EXPECT_EQ(mail.html.find("<script"), std::string::npos);
    EXPECT_EQ(mail.html.find("<img"), std::string::npos);
    EXPECT_EQ(mail.html.find("<a href=j"), std::string::npos);
    EXPECT_EQ(mail.html.find("<b>"), std::string::npos);
    EXPECT_EQ(mail.html.find("&apos;"), std::string::npos) << "Outlook does not know it";
    EXPECT_NE(mail.text.find(name), std::string::npos);
    EXPECT_NE(
        mail.html.find("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;O&#39;Hara&quot; {host} {{host_name}}"),
        std::string::npos);
  }
}

TEST(Strangers, CannotPlantLinks) {
  MailData data = sample_context();
  data.details.meeting.attendee_name = "https://evil.example/win";
  data.details.meeting.notes = "https://evil.example/notes";
  data.custom_template =
      MailTemplate::make({"booked", "en", "Hi", "Hi {{attendee_name}}, see https://acme.example/map"}).value();
  for (const MailRole role : {MailRole::attendee, MailRole::guest, MailRole::host}) {
    const RenderedMail mail = world().compose(spec_of(MeetingEvent::booked, role), data);
    EXPECT_EQ(mail.html.find("href=\"https://evil"), std::string::npos);
  }
  EXPECT_NE(world().compose(spec_of(MeetingEvent::booked), data).html.find("href=\"https://acme.example/map\""),
            std::string::npos);
}

TEST(Strangers, CannotAddHeadersThroughAnAddress) {
  EXPECT_EQ(mail_link("a?cc=b&x%0A@example.com"), "mailto:a%3Fcc%3Db%26x%250A@example.com");
  EXPECT_EQ(mail_link("j\u00f6rg@example.com"), "mailto:j%C3%B6rg@example.com");
  EXPECT_EQ(phone_link("+1 (202) 555-0136"), "tel:+12025550136");
  EXPECT_EQ(phone_link("ring 555 0136 0136"), "");
  EXPECT_EQ(phone_link("12"), "");
}

TEST(Strangers, KeepTheirDirectionToThemselves) {
  MailData data = sample_context();
  data.details.meeting.attendee_name = "\u05de\u05e9\u05d4 \u05db\u05d4\u05df";
  const RenderedMail mail = world().compose(spec_of(MeetingEvent::booked, MailRole::host), data, "en-hebrew-host");
  EXPECT_EQ(mail.subject,
            "New booking: \u2068\u05de\u05e9\u05d4 \u05db\u05d4\u05df\u2069, Discovery Call, Wed, Jan 15, 9:00 AM");
  EXPECT_EQ(count_of(mail.text, "\u2068"), count_of(mail.text, "\u2069"));
  EXPECT_FALSE(has_right_to_left("Ada \u00c9l\u00e9onore \u65e5\u672c"));
  EXPECT_TRUE(has_right_to_left("abc \u0639\u0631\u0628\u064a"));
}

TEST(Brands, CanAlwaysBeRead) {
  for (const char* color :
       {"#ffffff", "#000000", "#ffff00", "#1a73e8", "#808080", "#7a7a7a", "#ff0000", "#0b1f4d", "#8a8a00"}) {
    SCOPED_TRACE(color);
    const BrandColors light = brand_colors(color);
    EXPECT_EQ(light.brand, color);
    EXPECT_GE(contrast_of(light.ink, light.brand), 4.5);
    EXPECT_GE(contrast_of(light.text, light.soft), 4.5);
    EXPECT_GE(contrast_of(light.text, "#ffffff"), 4.5);
    const BrandColors dark = brand_colors_on("#1c2230", color);
    EXPECT_GE(contrast_of(dark.brand, "#1c2230"), 3.0);
    EXPECT_GE(contrast_of(dark.ink, dark.brand), 4.5);
    EXPECT_GE(contrast_of(dark.text, "#1c2230"), 4.5);
    EXPECT_GE(contrast_of(dark.text, dark.soft), 4.5);
  }
}

TEST(Brands, ColourTheMail) {
  MailData data = sample_context();
  data.details.page->content.branding.color = "#ffd400";
  const RenderedMail mail = world().compose(spec_of(MeetingEvent::reminder), data, "en-yellow");
  EXPECT_NE(mail.html.find("background-color:#ffd400;color:#0f1421"), std::string::npos);
  data.details.page.reset();
  const RenderedMail plain = world().compose(spec_of(MeetingEvent::booked), data, "en-no-page");
  EXPECT_NE(plain.html.find("#2f5bea"), std::string::npos) << "an archived page leaves the house's colour";
  EXPECT_NE(plain.text.find("Sent by Rosa Rep."), std::string::npos);
}

}  // namespace
}  // namespace scheduling::testing
