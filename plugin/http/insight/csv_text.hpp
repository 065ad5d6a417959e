#pragma once
/// Writes CSV (RFC 4180) for people who open it in a spreadsheet.
///
/// A spreadsheet takes a cell that begins with = + - or @ for a formula and runs it, and what stands in these tables
/// was typed by strangers. Such a cell gets an apostrophe in front, which a spreadsheet takes for "this is text".
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/http.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

class CsvText {
 public:
  CsvText& cell(std::string_view text);
  CsvText& cell(const std::string& text) { return cell(std::string_view(text)); }
  CsvText& cell(const char* text) { return cell(std::string_view(text)); }
  CsvText& cell(std::int64_t number) { return raw(std::to_string(number)); }
  CsvText& cell(double number);
  CsvText& cell(bool yes) { return raw(yes ? "true" : "false"); }
  CsvText& cell(Instant instant) { return raw(format_instant(instant)); }
  template <class Tag>
  CsvText& cell(Id<Tag> id) {
    return id ? cell(id.value) : raw("");
  }
  /// Empty when there is nothing.
  template <class T>
  CsvText& cell(const std::optional<T>& maybe) {
    return maybe ? cell(*maybe) : raw("");
  }
  void end_row();
  std::string take() { return std::move(out_); }

 private:
  CsvText& raw(std::string_view text);

  std::string out_;
  bool is_first_ = true;
};

/// Whether the answer shall be CSV.
bool wants_csv(const crm::sdk::Request& request);
/// A file of that name; `csv` is the whole of it.
crm::sdk::Response csv_response(std::string csv, std::string_view name);

}  // namespace scheduling
