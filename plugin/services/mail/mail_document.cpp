#include "plugin/services/mail/mail_document.hpp"

#include <algorithm>

#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/web_values.hpp"

namespace scheduling {
namespace {

constexpr std::string_view k_secure_scheme = "https://";

/// The address at the front of `text`, without the full stop or bracket that ends its sentence.
std::string_view address_at_front(std::string_view text) {
  const auto is_outside = [](char c) {
    return c <= ' ' || c == '<' || c == '>' || c == '"' || static_cast<unsigned char>(c) >= 0x80;
  };
  const auto end = std::ranges::find_if(text, is_outside);
  std::string_view address = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  while (!address.empty() && std::string_view(".,;:!?)]}'").find(address.back()) != std::string_view::npos)
    address.remove_suffix(1);
  return address;
}

std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const std::string_view line = trimmed(text.substr(0, end));
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

void add_words(MailPieces& pieces, std::string_view texts) {
  if (!texts.empty()) pieces.push_back({std::string(texts)});
}

/// As it may stand in a mailto link: "?" would begin headers.
bool is_safe_in_link(char c) {
  const bool is_letter_or_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter_or_digit || std::string_view("@.-_~+").find(c) != std::string_view::npos;
}

}  // namespace

MailLine plain_line(std::string text, bool is_soft) {
  return {{{std::move(text)}}, is_soft};
}

MailPieces with_web_links(std::string_view text, std::string_view trusted) {
  MailPieces pieces;
  std::size_t begun = 0;
  for (auto at = text.find(k_secure_scheme); at != std::string_view::npos; at = text.find(k_secure_scheme, at + 1)) {
    const std::string address(address_at_front(text.substr(at)));
    if (!is_web_address(address, Scheme::https_only) || trusted.find(address) == std::string_view::npos) continue;
    add_words(pieces, text.substr(begun, at - begun));
    pieces.push_back({address, address});
    at += address.size() - 1;
    begun = at + 1;
  }
  add_words(pieces, text.substr(begun));
  return pieces;
}

MailPieces with_link(const std::string& text, const std::string& texts, const std::string& url) {
  const auto at = text.rfind(texts);
  if (at == std::string::npos || texts.empty()) return {{text}};
  MailPieces pieces;
  add_words(pieces, std::string_view(text).substr(0, at));
  pieces.push_back({texts, url});
  add_words(pieces, std::string_view(text).substr(at + texts.size()));
  return pieces;
}

std::vector<MailParagraph> paragraphs_of(std::string_view text, std::string_view trusted) {
  std::vector<MailParagraph> paragraphs;
  bool is_open = false;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (!line.empty()) {
      if (!is_open) paragraphs.emplace_back();
      paragraphs.back().push_back({with_web_links(line, trusted)});
    }
    is_open = !line.empty();
  }
  return paragraphs;
}

MailParagraph plain_lines(std::string_view text) {
  MailParagraph lines;
  while (!text.empty())
    if (const std::string_view line = take_line(text); !line.empty()) lines.push_back(plain_line(std::string(line)));
  return lines;
}

std::string mail_link(std::string_view address) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string link = "mailto:";
  for (const char c : address) {
    if (is_safe_in_link(c)) {
      link += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    link += '%';
    link += digits[byte >> 4U];
    link += digits[byte & 15U];
  }
  return link;
}

std::string phone_link(std::string_view text) {
  std::string link = "tel:";
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c == '+' && link.size() == 4))
      link += c;
    else if (std::string_view(" -()./").find(c) == std::string_view::npos)
      return {};
  }
  return link.size() >= 10 ? link : std::string();
}

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : trimmed(text)) {
    const bool is_white = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!is_white)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  return line;
}

}  // namespace scheduling
