#pragma once
/// Error responses: application/problem+json (RFC 9457), one shape for the CRM and its modules.
///
/// `code` is stable and snake_case; `errors` names each offending input field. Since: SDK 1.0
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/http.hpp"

namespace crm::sdk {

struct FieldError {
  std::string field;    ///< as the client spelt it: "attendee_email", "settings.align", "answers.q1"
  std::string code;     ///< "required", "invalid_email", "too_long", "unknown_field" …
  std::string message;  ///< for people
};

struct Problem {
  int status = 500;
  std::string code;
  std::string title;
  std::string detail;
  std::vector<FieldError> errors;
  /// Further members, already JSON: {"alternatives", "[\"2025-03-09T14:00:00Z\"]"}.
  std::vector<std::pair<std::string, std::string>> members;
};

/// Quotes for JSON; also escapes '<' so that the text may stand inside a script element.
inline void append_json_string(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == '<') {
          out += "\\u00";
          out += hex[static_cast<unsigned char>(c) >> 4];
          out += hex[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

inline Response to_response(const Problem& problem) {
  std::string body = "{\"type\":\"about:blank\",\"title\":";
  append_json_string(body, problem.title);
  body += ",\"status\":" + std::to_string(problem.status) + ",\"code\":";
  append_json_string(body, problem.code);
  if (!problem.detail.empty()) {
    body += ",\"detail\":";
    append_json_string(body, problem.detail);
  }
  if (!problem.errors.empty()) {
    body += ",\"errors\":[";
    for (std::size_t i = 0; i < problem.errors.size(); ++i) {
      const FieldError& error = problem.errors[i];
      body += i == 0 ? "{\"field\":" : ",{\"field\":";
      append_json_string(body, error.field);
      body += ",\"code\":";
      append_json_string(body, error.code);
      body += ",\"message\":";
      append_json_string(body, error.message);
      body += '}';
    }
    body += ']';
  }
  for (const auto& [name, json] : problem.members) {
    body += ',';
    append_json_string(body, name);
    body += ':' + json;
  }
  body += '}';
  Response response;
  response.status = problem.status;
  response.content_type = "application/problem+json; charset=utf-8";
  response.body = std::move(body);
  return response;
}

}  // namespace crm::sdk
