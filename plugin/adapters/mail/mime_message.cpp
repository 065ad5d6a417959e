#include "plugin/adapters/mail/mime_message.hpp"

#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/MultipartWriter.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "plugin/adapters/mail/body_text.hpp"
#include "plugin/adapters/mail/header_line.hpp"

namespace scheduling {
namespace {

using Poco::Net::MessageHeader;
using Poco::Net::MultipartWriter;

std::string_view name_of(CalendarMethod method) {
  switch (method) {
    case CalendarMethod::publish: return "PUBLISH";
    case CalendarMethod::request: return "REQUEST";
    case CalendarMethod::cancel: return "CANCEL";
  }
  return "PUBLISH";
}

bool is_ascii_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 5322 dot-atom-text without its rarer characters.
bool is_dotted_token(std::string_view text) {
  const auto is_token_character = [](char c) {
    return is_ascii_alphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
  };
  return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_message_id(std::string_view id) {
  constexpr std::size_t k_length_max = 200;
  const auto at = id.find('@');
  return id.size() <= k_length_max && at != std::string_view::npos && is_dotted_token(id.substr(0, at)) &&
         is_dotted_token(id.substr(at + 1));
}

bool is_language_tag(std::string_view tag) {
  constexpr std::size_t k_length_max = 35;  // RFC 5646 section 4.4.1
  return !tag.empty() && tag.size() <= k_length_max && is_ascii_alphanumeric(tag.front()) &&
         std::all_of(tag.begin(), tag.end(), [](char c) { return is_ascii_alphanumeric(c) || c == '-'; });
}

/// "Tue, 14 Jan 2025 14:00:00 +0000", in English whatever the locale.
std::string date_text(Instant instant) {
  constexpr std::array<const char*, 7> k_days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> k_months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{instant - day};
  std::array<char, 64> out{};
  std::snprintf(out.data(), out.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                k_days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                k_months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return out.data();
}

/// "=_" occurs in no coded text (RFC 2045 section 6.7), and nobody can guess 128 random bits. Asked of the system at
/// once: a std::random_device asks anew for every number, and opens a file where the processor has none.
std::string random_boundary() {
  std::array<unsigned char, 16> bytes{};
  if (getentropy(bytes.data(), bytes.size()) != 0) throw std::runtime_error("the system has no randomness");
  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string boundary = "=_";
  for (const unsigned char byte : bytes) (boundary += k_digits[byte >> 4]) += k_digits[byte & 15];
  return boundary;
}

std::string multipart(const char* kind, const std::string& boundary) {
  return std::string("multipart/") + kind + ";\r\n boundary=\"" + boundary + '"';
}

void add_part(MultipartWriter& parts, const std::string& type, const CodedText& text, bool is_file = false) {
  MessageHeader header;
  header.set("Content-Type", type);
  header.set("Content-Transfer-Encoding", std::string(text.encoding));
  if (is_file) header.set("Content-Disposition", "attachment; filename=\"invite.ics\"");
  parts.nextPart(header);
  parts.stream() << text.content;
}

/// Plainest first: readers show the last one they know.
void write_alternative(std::ostream& out, const std::string& boundary, const Mail& mail) {
  MultipartWriter parts(out, boundary);
  add_part(parts, "text/plain; charset=utf-8", coded_text(mail.text));
  if (!mail.html.empty()) add_part(parts, "text/html; charset=utf-8", coded_text(mail.html));
  if (!mail.calendar.empty())
    add_part(parts, "text/calendar; charset=utf-8; method=" + std::string(name_of(mail.calendar_method)),
             coded_text(mail.calendar));
  parts.close();
}

void write_body(std::ostream& out, const Mail& mail) {
  const std::string inner = random_boundary();
  if (mail.calendar.empty()) {
    out << "Content-Type: " << multipart("alternative", inner) << "\r\n\r\n";
    return write_alternative(out, inner, mail);
  }
  const std::string outer = random_boundary();
  out << "Content-Type: " << multipart("mixed", outer) << "\r\n\r\n";
  MultipartWriter parts(out, outer);
  MessageHeader header;
  header.set("Content-Type", multipart("alternative", inner));
  parts.nextPart(header);
  write_alternative(out, inner, mail);
  add_part(parts, "application/ics; name=\"invite.ics\"", coded_file(mail.calendar), true);
  parts.close();
}

void write_headers(std::ostream& out, const Mail& mail, const EmailAddress& sender) {
  out << "Date: " << date_text(mail.date) << "\r\n";
  out << address_field("From", mail.from_name, sender);
  out << address_field("To", mail.to_name, mail.to);
  if (mail.reply_to) out << address_field("Reply-To", mail.reply_to_name, *mail.reply_to);
  out << text_field("Subject", mail.subject);
  out << "Message-ID: <" << mail.message_id << ">\r\n";
  out << "MIME-Version: 1.0\r\n";
  if (is_language_tag(mail.language)) out << "Content-Language: " << mail.language << "\r\n";
  // So that nobody's absence notice answers, and no mailing list or ticket system replies to itself (RFC 3834).
  out << "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n";
}

bool is_written_with(std::string_view calendar, CalendarMethod method) {
  return calendar.find("\r\nMETHOD:" + std::string(name_of(method)) + "\r\n") < calendar.find("\r\nBEGIN:VEVENT");
}

}  // namespace

Result<std::string> write_mime_message(const Mail& mail, const EmailAddress& sender) {
  if (!is_message_id(mail.message_id)) return fail(Code::invalid_input, "not a message id: " + mail.message_id);
  // A part whose parameter and property differ is shown as a plain file, without a word to anybody.
  if (!mail.calendar.empty() && !is_written_with(mail.calendar, mail.calendar_method))
    return fail(Code::broken, "the calendar was written with another method than the mail says");
  std::ostringstream out;
  out.imbue(std::locale::classic());
  write_headers(out, mail, sender);
  write_body(out, mail);
  return out.str();
}

}  // namespace scheduling
