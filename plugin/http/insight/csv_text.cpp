#include "plugin/http/insight/csv_text.hpp"

#include "plugin/core/number_text.hpp"

namespace scheduling {

CsvText& CsvText::raw(std::string_view text) {
  if (!is_first_) out_ += ',';
  is_first_ = false;
  out_ += text;
  return *this;
}

CsvText& CsvText::cell(std::string_view text) {
  // A tab or a line end in front hides the sign from us and not from the spreadsheet.
  constexpr std::string_view k_dangerous = "=+-@\t\r\n";
  const bool is_dangerous = !text.empty() && k_dangerous.find(text.front()) != std::string_view::npos;
  if (!is_dangerous && text.find_first_of(",\"\r\n") == std::string_view::npos) return raw(text);
  std::string quoted = is_dangerous ? "\"'" : "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return raw(quoted + '"');
}

CsvText& CsvText::cell(double number) {
  return raw(number_text(number));
}

void CsvText::end_row() {
  out_ += "\r\n";
  is_first_ = true;
}

bool wants_csv(const crm::sdk::Request& request) {
  return request.header("Accept").value_or("").find("text/csv") != std::string_view::npos;
}

crm::sdk::Response csv_response(std::string csv, std::string_view name) {
  crm::sdk::Response response{200, "text/csv; charset=utf-8", std::move(csv), {}};
  response.headers.push_back({"Content-Disposition", "attachment; filename=\"" + std::string(name) + ".csv\""});
  response.headers.push_back({"Vary", "Accept"});
  return response;
}

}  // namespace scheduling
