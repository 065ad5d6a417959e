#include "plugin/adapters/mail/body_text.hpp"

#include "plugin/adapters/mail/base64.hpp"
#include "plugin/core/text/utf8.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_line_max = 76;

std::string with_mail_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  while (!text.empty()) {
    const std::string_view character = take_character(text);
    if (character == "\r" || character == "\n") {
      if (character == "\r" && text.starts_with('\n')) text.remove_prefix(1);
      out += "\r\n";
    } else {
      out += character;
    }
  }
  return out;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// As it stands, unless a server or a mailbox would touch it there: blanks before a line's end, a dot or "From " at
/// its beginning.
bool may_stand(char c, bool begins_line, std::string_view rest) {
  if (c == '=' || (c < ' ' && c != '\t') || c > '~') return false;  // bytes beyond ASCII are negative or above '~'
  if (is_blank(c)) return !rest.empty() && !rest.starts_with("\r\n");
  if (begins_line && c == '.') return false;
  return !(begins_line && c == 'F' && rest.starts_with("rom "));
}

std::string escaped(std::string_view bytes) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    ((out += '=') += digits[byte >> 4]) += digits[byte & 15];
  }
  return out;
}

/// RFC 2045 section 6.7. Soft breaks do not part characters, for readers that decode line by line.
std::string quoted_printable(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  const auto coded = [](std::string_view character, bool begins_line, std::string_view rest) {
    const bool stands = character.size() == 1 && may_stand(character.front(), begins_line, rest);
    return stands ? std::string(character) : escaped(character);
  };
  while (!text.empty()) {
    if (text.starts_with("\r\n")) {
      out += "\r\n";
      text.remove_prefix(2);
      column = 0;
      continue;
    }
    const std::string_view character = take_character(text);
    std::string piece = coded(character, column == 0, text);
    if (column + piece.size() >= k_line_max) {  // one place is the soft break's
      out += "=\r\n";
      column = 0;
      piece = coded(character, true, text);
    }
    out += piece;
    column += piece.size();
  }
  return out;
}

std::string in_lines(std::string_view text) {
  std::string out;
  for (; text.size() > k_line_max; text.remove_prefix(k_line_max)) (out += text.substr(0, k_line_max)) += "\r\n";
  return out += text;
}

}  // namespace

CodedText coded_text(std::string_view text) {
  const std::string lines = with_mail_lines(text);
  CodedText printable{"quoted-printable", quoted_printable(lines)};
  if (printable.content.size() * 3 <= lines.size() * 4 + 12) return printable;
  return {"base64", in_lines(base64(lines))};
}

CodedText coded_file(std::string_view text) {
  return {"base64", in_lines(base64(with_mail_lines(text)))};
}

}  // namespace scheduling
