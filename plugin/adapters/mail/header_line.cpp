#include "plugin/adapters/mail/header_line.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "plugin/adapters/mail/base64.hpp"
#include "plugin/core/text/utf8.hpp"

namespace scheduling {
namespace {

constexpr std::string_view k_word_end = "?=";
constexpr std::string_view k_word_begin[] = {"=?UTF-8?B?", "=?UTF-8?Q?"};
constexpr std::size_t k_word_max = 75;
constexpr std::size_t k_word_room = k_word_max - 10 - k_word_end.size();

enum class Coding { b, q };

/// A field as it grows: knows how far its last line has come.
class Field {
 public:
  explicit Field(std::string_view name) : text_(std::string(name) + ":"), column_(text_.size()) {}

  /// `piece` after its blanks, on a line of its own when it would not fit on this one.
  void add(std::string_view blanks, std::string_view piece) {
    if (column_ + blanks.size() + piece.size() > k_header_line_max && has_content_) {
      text_ += "\r\n";
      column_ = 0;
    }
    (text_ += blanks) += piece;
    column_ += blanks.size() + piece.size();
    has_content_ = true;
  }
  /// How long a piece after one blank may be to stay on this line.
  std::size_t room() const { return column_ + 1 < k_header_line_max ? k_header_line_max - column_ - 1 : 0; }
  std::string take() && { return std::move(text_) + "\r\n"; }

 private:
  std::string text_;
  std::size_t column_;
  bool has_content_ = false;  ///< the first piece stays beside the name: an empty first line confuses readers
};

/// A word with the blanks in front of it.
struct Piece {
  std::string_view blanks;
  std::string_view word;
};

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    const auto word = std::min(text.find_first_not_of(' '), text.size());
    const auto end = std::min(text.find(' ', word), text.size());
    pieces.push_back({text.substr(0, word), text.substr(word, end - word)});
    text.remove_prefix(end);
  }
  if (!pieces.empty()) pieces.front().blanks = " ";
  return pieces;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Left as they are, they would be read as encoded words.
bool looks_encoded(std::string_view text) {
  return text.find("=?") != std::string_view::npos;
}

bool can_fold(std::string_view name, const std::vector<Piece>& pieces) {
  std::size_t used = name.size() + 1;  // of the first line, which cannot be left empty
  for (const Piece& piece : pieces) {
    if (used + piece.blanks.size() + piece.word.size() > k_header_line_max) return false;
    used = 0;
  }
  return true;
}

/// RFC 2047 section 5 (3): what needs no encoding in a phrase, which is the strictest place.
bool is_q_safe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!*+-/").find(c) != std::string_view::npos;
}

std::size_t q_length(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) length += is_q_safe(c) || c == ' ' ? 1 : 3;
  return length;
}

std::size_t b_length(std::string_view text) {
  return (text.size() + 2) / 3 * 4;
}

std::size_t coded_length(Coding coding, std::string_view text) {
  return coding == Coding::b ? b_length(text) : q_length(text);
}

std::string q_coded(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ')
      out += '_';
    else if (is_q_safe(c))
      out += c;
    else
      ((out += '=') += digits[byte >> 4]) += digits[byte & 15];
  }
  return out;
}

/// As many whole characters off `text` as an encoded word has room for; at least one.
std::string_view take_fitting(std::string_view& text, Coding coding, std::size_t room) {
  const std::string_view all = text;
  std::string_view taken;
  while (!text.empty()) {
    std::string_view rest = text;
    take_character(rest);
    const std::string_view longer = all.substr(0, all.size() - rest.size());
    if (!taken.empty() && coded_length(coding, longer) > room) break;
    taken = longer;
    text = rest;
  }
  return taken;
}

/// Blanks between encoded words are not part of the text, so every blank of the text is encoded with it.
void add_encoded(Field& field, std::string_view text) {
  constexpr std::size_t k_room_min = 16;  // the longest character takes 12
  const Coding coding = q_length(text) <= b_length(text) ? Coding::q : Coding::b;
  const std::string_view begin = k_word_begin[coding == Coding::b ? 0 : 1];
  while (!text.empty()) {
    const std::size_t here = field.room() - std::min(field.room(), k_word_max - k_word_room);
    const std::size_t room = here < k_room_min ? k_word_room : std::min(here, k_word_room);
    const std::string_view taken = take_fitting(text, coding, room);
    const std::string coded = coding == Coding::b ? base64(taken) : q_coded(taken);
    field.add(" ", std::string(begin) + coded + std::string(k_word_end));
  }
}

bool is_atom_character(char c) {
  return is_q_safe(c) || std::string_view("#$%&'=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_atoms(const std::vector<Piece>& pieces) {
  return std::all_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
    return piece.blanks.size() == 1 && std::all_of(piece.word.begin(), piece.word.end(), is_atom_character);
  });
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

void add_display_name(Field& field, std::string_view name, std::string_view display) {
  const std::vector<Piece> pieces = pieces_of(display);
  if (!is_ascii(display) || looks_encoded(display)) return add_encoded(field, display);
  if (is_atoms(pieces) && can_fold(name, pieces)) {
    for (const Piece& piece : pieces) field.add(piece.blanks, piece.word);
    return;
  }
  // A quoted string may be folded inside, but not every reader puts it together again.
  const std::string in_quotes = quoted(display);
  if (in_quotes.size() <= field.room()) return field.add(" ", in_quotes);
  add_encoded(field, display);
}

}  // namespace

std::string text_field(std::string_view name, const HeaderText& text) {
  Field field(name);
  const std::vector<Piece> pieces = pieces_of(text.text());
  if (is_ascii(text.text()) && !looks_encoded(text.text()) && can_fold(name, pieces)) {
    for (const Piece& piece : pieces) field.add(piece.blanks, piece.word);
  } else {
    add_encoded(field, text.text());
  }
  return std::move(field).take();
}

std::string address_field(std::string_view name, const HeaderText& display, const EmailAddress& address) {
  Field field(name);
  add_display_name(field, name, display.text());
  field.add(" ", display.empty() ? address.ascii() : "<" + address.ascii() + ">");
  return std::move(field).take();
}

}  // namespace scheduling
