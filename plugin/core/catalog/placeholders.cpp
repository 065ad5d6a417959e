#include "plugin/core/catalog/placeholders.hpp"

#include <algorithm>

namespace scheduling {
namespace {

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

std::optional<std::string> unknown_placeholder(std::string_view text, std::span<const std::string_view> names) {
  while (!text.empty()) {
    const Piece piece = take_piece(text);
    if (!piece.is_closed) return "{{";
    if (piece.name && std::ranges::find(names, *piece.name) == names.end()) return std::string(*piece.name);
  }
  return std::nullopt;
}

std::string fill_placeholders(std::string_view text, std::span<const NamedFact> facts) {
  std::string result;
  while (!text.empty()) {
    const Piece piece = take_piece(text);
    result += piece.text;
    if (!piece.name) continue;
    const auto fact = std::ranges::find(facts, *piece.name, &NamedFact::name);
    if (fact != facts.end()) result += fact->value;
  }
  return result;
}

std::string placeholder_list(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) {
    if (!list.empty()) list += ", ";
    list += "{{" + std::string(name) + "}}";
  }
  return list;
}

}  // namespace scheduling
