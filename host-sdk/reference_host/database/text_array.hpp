#pragma once
/// PostgreSQL's text form of a text[], for parameters. Statements compare with `= ANY ($1::text[])`: the planner
/// guesses a small number of items and takes the index, where of a JSON array it guesses a hundred and reads the table.
#include <span>
#include <string>

namespace crm::app {

inline std::string text_array(std::span<const std::string> items) {
  std::string out = "{";
  for (const std::string& item : items) {
    out += out.size() == 1 ? "\"" : ",\"";
    for (const char c : item) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "}";
}

}  // namespace crm::app
