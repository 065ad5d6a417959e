#pragma once
/// A mail before it is text or HTML: plain words, lines and links, in the order in which they are read.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scheduling {

/// A run of words; a link when `url` is not empty.
struct MailPiece {
  std::string text;
  std::string url{};
};
using MailPieces = std::vector<MailPiece>;

struct MailLine {
  MailPieces pieces;
  bool is_soft = false;    ///< of less weight than the line above it
  bool is_struck = false;  ///< no longer true
};
/// Lines that belong together.
using MailParagraph = std::vector<MailLine>;

struct MailFact {
  std::string label;
  MailParagraph lines;
  bool is_main = false;  ///< what a reader looks for first
};

struct MailButton {
  std::string label;
  std::string url;
  bool is_main = false;  ///< what the mail is for; the others are there in case
};

/// What the CRM knows about the attendee, for the host.
struct CrmNote {
  std::string title;
  std::string warning{};
  std::vector<MailFact> history{};  ///< by date, latest first
  std::string nothing{};            ///< instead of a history
  MailButton contact{};
};

struct MailDocument {
  std::string subject{};
  std::string preheader{};
  std::string heading{};
  std::string greeting{};
  std::vector<MailParagraph> body{};
  std::vector<std::string> notice{};     ///< what the reader must not miss
  std::vector<MailParagraph> message{};  ///< the meeting type's own words
  std::vector<MailFact> facts{};
  std::string answers_title{};
  std::vector<MailFact> answers{};
  std::vector<MailButton> buttons{};
  MailPieces help{};
  std::optional<CrmNote> crm{};
  std::vector<std::string> footer{};
};

MailLine plain_line(std::string text, bool is_soft = false);
/// `text` in one piece per web address (https) and one per stretch between them. Only addresses that stand in
/// `trusted` become links: what strangers call themselves never does.
MailPieces with_web_links(std::string_view text, std::string_view trusted);
/// `text` with the last `words` in it as a link.
MailPieces with_link(const std::string& text, const std::string& texts, const std::string& url);
/// Paragraphs are parted by blank lines; links as in with_web_links().
std::vector<MailParagraph> paragraphs_of(std::string_view text, std::string_view trusted);
/// All lines of `text`, as plain words: for what attendees wrote.
MailParagraph plain_lines(std::string_view text);
/// "mailto:ada@example.com"; the address cannot add further headers.
std::string mail_link(std::string_view address);
/// "tel:+12025550136" when `text` is a telephone number and nothing else, else empty.
std::string phone_link(std::string_view text);
/// Any white space becomes one blank: for subjects.
std::string on_one_line(std::string_view text);

}  // namespace scheduling
