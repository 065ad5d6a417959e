#include "reference_host/http/server_response.hpp"

#include <algorithm>
#include <charconv>

#include "crm/sdk/form.hpp"
#include "crm/sdk/problem.hpp"

namespace crm::app {
namespace {

/// What people read. Programs get the refusal's own words.
struct Page {
  std::string_view title;
  std::string_view text;
};

Page page_for(int status, std::string_view code) {
  if (code == "csrf_failed")
    return {"This form is too old",
            "You logged out, or logged in again, since it was opened. Please go back, load the "
            "page again and send the form once more."};
  if (code == "foreign_origin") return {"Not from here", "Another site sent this. Please do it on the CRM's own page."};
  switch (status) {
    case 401: return {"Please log in", "This page is for signed-in users, or your session has ended."};
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

constexpr std::string_view k_demo_words =
    "This is a demo. Everybody knows its passwords: enter nothing that must stay private.";

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

/// Everything but the content. The same frame as templates/layout.html, without navigation: nobody was asked who asks.
std::string framed(std::string_view title, const std::string& content, const PageLook& look) {
  std::string body =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>";
  body.append(title).append("</title>");
  if (!look.stylesheet.empty()) body += "<link rel=\"stylesheet\" href=\"" + look.stylesheet + "\">";
  if (!look.icon.empty()) body += "<link rel=\"icon\" href=\"" + look.icon + "\" type=\"image/svg+xml\">";
  body += "</head><body>";
  if (look.is_demo)
    body.append("<aside class=\"demo\" aria-label=\"Demonstration\">").append(k_demo_words).append("</aside>");
  body.append("<main id=\"main\"><section class=\"card narrow\"><h1>").append(title).append("</h1>").append(content);
  return body + "</section></main></body></html>\n";
}

sdk::Response friendly_page(const Refusal& refusal, std::string_view request_id, const PageLook& look) {
  const int status = refusal.status;
  const Page page = page_for(status, refusal.code);
  std::string content = "<p>" + std::string(page.text) + "</p>";
  if (status == 500 && !request_id.empty()) content += "<p>Number: <code>" + escape_html(request_id) + "</code></p>";
  if (status == 401 && !look.login_path.empty())
    content += "<p><a class=\"button\" href=\"" + look.login_path + "\">Log in</a></p>";
  if (status == 403) content += "<p><a href=\"/\">Back to the start</a></p>";
  return sdk::Response::html(status, framed(page.title, content, look));
}

/// "attendee_name" → "Attendee name"
std::string label_of(std::string label) {
  for (char& c : label)
    if (c == '_' || c == '.') c = ' ';
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 32);
  return label;
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

sdk::Response unsent_form_page(std::string_view target, std::string_view body, const PageLook& look) {
  std::string typed;
  std::string fields;
  const sdk::Form form = sdk::Form::read(body);  // held: the loop only borrows its fields
  for (const auto& [name, value] : form.fields()) {
    fields += "<input type=\"hidden\" name=\"" + escape_html(name) + "\" value=\"" + escape_html(value) + "\">";
    if (value.empty() || name.find("token") != std::string::npos || name.find("key") != std::string::npos) continue;
    typed += "<dt>" + escape_html(label_of(name)) + "</dt><dd dir=\"auto\">" + escape_html(value) + "</dd>";
  }
  std::string content =
      "<p role=\"alert\">This part of the site is switched off at the moment, so nothing was sent. What you typed is "
      "here: keep this page open and send it again a little later.</p>";
  if (!typed.empty()) content += "<dl>" + typed + "</dl>";
  content += "<form method=\"post\" action=\"" + escape_html(target) + "\">" + fields +
             "<button type=\"submit\">Send again</button></form>";
  sdk::Response response = sdk::Response::html(503, framed("Nothing was sent yet", content, look));
  response.headers.push_back({"Retry-After", std::to_string(k_retry_after_seconds)});
  return response;
}

sdk::Response server_response(const Refusal& refusal, bool as_page, std::string_view request_id, const PageLook& look) {
  if (as_page) return friendly_page(refusal, request_id, look);
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
