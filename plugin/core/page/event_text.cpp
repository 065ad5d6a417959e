#include "plugin/core/page/event_text.hpp"

#include <algorithm>
#include <array>

namespace scheduling {
namespace {

struct Placeholder {
  std::string_view name;
  std::string_view EventFacts::*fact;
};

constexpr std::array<Placeholder, 7> k_placeholders = {{
    {"attendee_name", &EventFacts::attendee_name},
    {"attendee_email", &EventFacts::attendee_email},
    {"host_name", &EventFacts::host_name},
    {"meeting_type", &EventFacts::meeting_type},
    {"page_name", &EventFacts::page_name},
    {"company_name", &EventFacts::company_name},
    {"location", &EventFacts::location},
}};

const Placeholder* find_placeholder(std::string_view name) {
  const auto found = std::find_if(k_placeholders.begin(), k_placeholders.end(),
                                  [&](const Placeholder& each) { return each.name == name; });
  return found == k_placeholders.end() ? nullptr : &*found;
}

std::string_view without_spaces(std::string_view name) {
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  return name;
}

/// One piece of a template: plain text, then maybe a placeholder's name.
struct Piece {
  std::string_view text;
  std::optional<std::string_view> name;
  bool is_closed = true;
};

Piece take_piece(std::string_view& rest) {
  const auto open = rest.find("{{");
  if (open == std::string_view::npos) {
    const Piece piece{rest, std::nullopt};
    rest = {};
    return piece;
  }
  const auto close = rest.find("}}", open + 2);
  if (close == std::string_view::npos) {
    const Piece piece{rest, std::nullopt, false};
    rest = {};
    return piece;
  }
  const Piece piece{rest.substr(0, open), without_spaces(rest.substr(open + 2, close - open - 2))};
  rest.remove_prefix(close + 2);
  return piece;
}

}  // namespace

std::optional<std::string> unknown_placeholder(std::string_view text) {
  while (!text.empty()) {
    const Piece piece = take_piece(text);
    if (!piece.is_closed) return "{{";
    if (piece.name && find_placeholder(*piece.name) == nullptr) return std::string(*piece.name);
  }
  return std::nullopt;
}

std::string render_event_text(std::string_view text, const EventFacts& facts) {
  std::string result;
  while (!text.empty()) {
    const Piece piece = take_piece(text);
    result += piece.text;
    if (!piece.name) continue;
    if (const Placeholder* placeholder = find_placeholder(*piece.name)) result += facts.*placeholder->fact;
  }
  return result;
}

std::string placeholder_list() {
  std::string list;
  for (const Placeholder& placeholder : k_placeholders) {
    if (!list.empty()) list += ", ";
    list += "{{" + std::string(placeholder.name) + "}}";
  }
  return list;
}

}  // namespace scheduling
