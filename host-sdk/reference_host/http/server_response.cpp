#include "reference_host/http/server_response.hpp"

#include <algorithm>
#include <charconv>

#include "crm/sdk/problem.hpp"

namespace crm::app {
namespace {

/// What people read. Programs get the refusal's own words.
struct Page {
  std::string_view title;
  std::string_view text;
};

Page page_for(int status) {
  switch (status) {
    case 401: return {"Please sign in", "This page is for signed-in users."};
    case 403: return {"Not for you", "Your account may not open this page."};
    case 404: return {"There is nothing here", "The address may be mistyped, or what stood here is gone."};
    case 405: return {"That does not work here", "This address cannot be used in this way."};
    case 429: return {"One moment, please", "That were many requests in a short time. Please try again in a minute."};
    case 503:
      return {"We will be right back",
              "This part of the site is switched off or very busy. Please try again a little later."};
    default:
      return status >= 500 ? Page{"Something went wrong on our side",
                                  "Please try again. If it happens again, tell us the number below."}
                           : Page{"We could not read that request", "Please go back and try again."};
  }
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

sdk::Response friendly_page(int status, std::string_view request_id) {
  const Page page = page_for(status);
  std::string body =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>";
  body.append(page.title)
      .append("</title></head><body><main><h1>")
      .append(page.title)
      .append("</h1><p>")
      .append(page.text)
      .append("</p>");
  if (status == 500 && !request_id.empty()) body += "<p>Number: <code>" + escape_html(request_id) + "</code></p>";
  body += "</main></body></html>\n";
  return sdk::Response::html(status, std::move(body));
}

/// Weight of the range in `accept` that fits best, or -1 when none does.
double weight_of(std::string_view accept, std::string_view exact) {
  double weight = -1;
  int best = 0;
  while (!accept.empty()) {
    const std::size_t comma = std::min(accept.find(','), accept.size());
    std::string_view part = accept.substr(0, comma);
    accept.remove_prefix(std::min(comma + 1, accept.size()));
    const std::size_t semicolon = std::min(part.find(';'), part.size());
    std::string_view parameters = part.substr(semicolon);
    part = part.substr(0, semicolon);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    int fit = 0;
    if (equals_ignoring_case(part, exact))
      fit = 3;
    else if (part == "*/*")
      fit = 1;
    if (fit <= best) continue;
    best = fit;
    weight = 1;
    if (const std::size_t q = parameters.find("q="); q != std::string_view::npos)
      std::from_chars(parameters.data() + q + 2, parameters.data() + parameters.size(), weight);
  }
  return weight;
}

}  // namespace

std::string_view reason_phrase(int status) {
  switch (status) {
    case 100: return "Continue";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    default: return "Answer";
  }
}

bool prefers_html(std::string_view accept) {
  if (accept.find("text/html") == std::string_view::npos) return false;
  return weight_of(accept, "text/html") >= weight_of(accept, "application/json");
}

sdk::Response server_response(const Refusal& refusal, bool as_page, std::string_view request_id) {
  if (as_page) return friendly_page(refusal.status, request_id);
  sdk::Problem problem;
  problem.status = refusal.status;
  problem.code = refusal.code;
  problem.title = reason_phrase(refusal.status);
  problem.detail = refusal.detail;
  if (refusal.status == 500) {
    std::string id;
    sdk::append_json_string(id, request_id);
    problem.members.emplace_back("id", std::move(id));
  }
  return sdk::to_response(problem);
}

}  // namespace crm::app
