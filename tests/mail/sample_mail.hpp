#pragma once
/// A mail and a meeting to vary, and the texts that break careless writers.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "plugin/adapters/ical/ical_writer.hpp"
#include "plugin/adapters/mail/mime_message.hpp"
#include "plugin/ports/crm/mailer.hpp"

namespace scheduling::test {

inline EmailAddress address(const std::string& text) {
  const auto parsed = EmailAddress::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(*EmailAddress::parse("unparsed@mail.test"));
}

inline Mail sample_mail() {
  return {.message_id = "effect-7@crm.test",
          .to = address("ada@prospect.test"),
          .to_name = HeaderText("Ada Lovelace"),
          .from_name = HeaderText("Rosa Rep"),
          .subject = HeaderText("Confirmed: Discovery Call"),
          .text = "Hello Ada,\n\nsee you soon.\n",
          .html = "<p>Hello Ada,</p>\n<p>see you soon.</p>\n",
          .language = "en-GB",
          .date = *parse_instant("2025-01-14T14:00:05Z")};
}

inline CalendarEvent sample_event() {
  CalendarEvent event;
  event.uid = "0190-77@crm.test";
  event.sequence = 3;
  event.start = *parse_instant("2025-03-30T00:30:00Z");
  event.end = *parse_instant("2025-03-30T01:15:00Z");
  event.stamp = *parse_instant("2025-01-14T14:00:05Z");
  event.summary = "Discovery Call";
  event.description = "Bring numbers.";
  event.location = "Main St 1";
  event.url = "https://crm.test/schedule/manage/abc";
  event.organizer = {"Rosa Rep", "rosa@crm.test"};
  event.attendees = {{"Ada Lovelace", "ada@prospect.test"}, {"", "guest@prospect.test"}};
  return event;
}

inline std::string written(const Mail& mail, const std::string& sender = "crm@crm.test") {
  const auto message = write_mime_message(mail, address(sender));
  EXPECT_TRUE(message) << (message ? "" : message.error().detail);
  return message.value_or("");
}

inline std::string written(CalendarMethod method, const CalendarEvent& event) {
  return make_ical_writer()->write(method, event);
}

inline std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

/// Plain texts of one line, as HeaderText leaves them.
inline std::vector<std::string> one_line_texts() {
  return {
      "a",
      "Ü",
      "日",
      "🎉",
      "Discovery Call",
      "Termin bestätigt: Gespräch mit Jürgen Müßig am 14. Jänner",
      "予約が確定しました：営業担当との打ち合わせ（2025年1月14日 午後3時から）についてのお知らせ",
      "🎉👩‍👩‍👧‍👦 Party 🇩🇪 with e\u0301 and ẞ, ﷽ and 𝒜",
      "שלום עולם – مرحبا بالعالم",
      "=?UTF-8?Q?not_encoded?=",
      "half =? an encoded word",
      "=?",
      "50% off? =) a_b = c",
      "Quotes \"here\" and 'there' and \\backslash\\",
      "Lovelace, Ada (Countess; of <Lovelace>) [x]: @",
      "two  blanks   and    more",
      "a" + std::string(90, ' ') + "b",
      std::string(75, 'x'),
      std::string(66, 'x'),
      std::string(67, 'x'),
      std::string(68, 'x'),
      std::string(1000, 'x'),
      std::string(70, 'x') + " " + std::string(75, 'y') + " " + std::string(76, 'z'),
      repeated("word ", 199) + "wordy",
      repeated("日本", 500),
      repeated("🎉", 1000),
      repeated("é", 999) + "x",
      repeated("äöü ß ", 166) + "ende",
      repeated("Grüße, \"Ada\" ", 76) + "!",
      "trailing dot.",
      ".",
      "_under_score_ and = and ? in ünïcode",
      "NBSP\u00A0and wide\u3000blank",
      "\uFFFD",
  };
}

/// A reproducible text of nasty pieces.
inline std::string random_text(std::mt19937& random, unsigned pieces_max, bool many_lines) {
  static const std::vector<std::string> pieces = {" ",
                                                  "  ",
                                                  "a",
                                                  "Word",
                                                  "=",
                                                  "?",
                                                  "=?",
                                                  "?=",
                                                  "=?UTF-8?B?",
                                                  "_",
                                                  "\"",
                                                  "\\",
                                                  ",",
                                                  ";",
                                                  ":",
                                                  "<",
                                                  ">",
                                                  "(",
                                                  ")",
                                                  "@",
                                                  ".",
                                                  "..",
                                                  "From ",
                                                  "--",
                                                  "=_",
                                                  "é",
                                                  "ß",
                                                  "日",
                                                  "本語",
                                                  "🎉",
                                                  "👩‍👧",
                                                  "e\u0301",
                                                  "^",
                                                  "^n",
                                                  "\\n",
                                                  "%",
                                                  "&",
                                                  "'",
                                                  "supercalifragilistic",
                                                  "0123456789",
                                                  "\u00A0",
                                                  "BEGIN:VEVENT",
                                                  "METHOD:CANCEL",
                                                  "&lt;"};
  static const std::vector<std::string> ends = {"\n",    "\r\n", "\r",   "\t",   " \n",     "\n.\n",
                                                "\n \n", "\x01", "\x7f", "\xff", "\xe6\x97"};
  std::string out;
  for (unsigned count = random() % (pieces_max + 1); count > 0; --count)
    out += many_lines && random() % 6 == 0 ? ends[random() % ends.size()] : pieces[random() % pieces.size()];
  return out;
}

}  // namespace scheduling::test
