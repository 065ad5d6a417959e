#include "reference_host/html_pages/html_page.hpp"

#include <stdexcept>

#include "crm/sdk/responses.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/token.hpp"
#include "reference_host/html_pages/embedded_templates.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

std::string render(const std::string& file, const PageData& data) {
  const std::string_view text = embedded_template(file);
  kainjow::mustache::mustache page{std::string(text)};
  if (text.empty() || !page.is_valid()) throw std::runtime_error("the template " + file + " is missing or broken");
  return page.render(data);
}

PageData link(const std::string& label, const std::string& path, std::string_view here) {
  const bool current = path == "/" ? here == "/" : here.substr(0, path.size()) == path;
  PageData entry;
  entry.set("label", label);
  entry.set("path", path);
  entry.set("current", current);
  return entry;
}

PageData navigation(const PageServices& services, const sdk::Principal& who, std::string_view here) {
  PageData links = page_list();
  links << link("Home", "/", here) << link("Contacts", "/contacts", here);
  for (const sdk::Navigation& entry : services.modules.navigation())
    if (entry.access != sdk::Access::admin || who.is_admin()) links << link(entry.label, entry.path, here);
  if (who.is_admin())
    links << link("Users", "/admin/users", here) << link("Modules", "/admin/modules", here)
          << link("Jobs", "/admin/jobs", here) << link("Mail", "/admin/mail", here);
  return links;
}

/// For programs that ask a page's address for JSON.
std::string error_code(int status) {
  switch (status) {
    case 403: return "forbidden";
    case 404: return "not_found";
    case 503: return "unavailable";
    default: return "internal_error";
  }
}

}  // namespace

Response render_page(const PageServices& services, const Request& request, int status, std::string_view name,
                     const std::string& title, PageData data) {
  const Identity identity = request.principal ? services.crm.credentials.identify(request) : Identity{};
  data.set("csrf_token", identity.csrf_token);
  data.set("title", title);
  PageData frame;
  frame.set("title", title);
  frame.set("stylesheet", stylesheet_path());
  frame.set("icon", icon_path());
  frame.set("is_demo", services.crm.options.demo);
  frame.set("content", render(std::string(name) + ".html", data));
  if (request.principal) {
    PageData who;
    who.set("name", request.principal->name);
    who.set("csrf_token", identity.csrf_token);
    who.set("links", navigation(services, *request.principal, request.path));
    frame.set("who", who);
  }
  Response response = Response::html(status, render("layout.html", frame));
  response.headers.push_back({"Content-Security-Policy",
                              "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                              "base-uri 'none'"});
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

Response error_page(const PageServices& services, const Request& request, int status, const std::string& title,
                    const std::string& words) {
  // Browsers always name text/html; whoever does not is a program.
  if (request.header("Accept").value_or("").find("text/html") == std::string_view::npos)
    return sdk::refuse(status, error_code(status), title, words);
  PageData data;
  data.set("words", words);
  return render_page(services, request, status, "error", title, data);
}

Response failure_page(const PageServices& services, const Request& request, const sdk::Failure& failure) {
  if (failure.kind == sdk::FailureKind::not_found)
    return error_page(services, request, 404, "Not found", "There is no such thing here.");
  const bool busy = failure.kind == sdk::FailureKind::unavailable || failure.kind == sdk::FailureKind::retry;
  services.crm.log.error("page.failed", {{"request_id", request.request_id}, {"what", failure.message}});
  if (busy) return error_page(services, request, 503, "One moment", "The CRM is busy. Please try again shortly.");
  return error_page(services, request, 500, "Something went wrong",
                    "It is our fault. The number of this request is " + std::string(request.request_id) + ".");
}

void set_errors(PageData& data, const std::vector<sdk::FieldError>& errors) {
  PageData list = page_list();
  for (const sdk::FieldError& error : errors) {
    PageData entry;
    entry.set("field", error.field);
    entry.set("message", error.message);
    list << entry;
    data.set("error_" + error.field, error.message);
  }
  data.set("has_errors", !errors.empty());
  data.set("errors", list);
}

PageData health_entries(const std::vector<HealthLine>& lines) {
  PageData list = page_list();
  for (const HealthLine& line : lines) {
    PageData entry;
    entry.set("name", line.name);
    entry.set("text", line.text);
    if (!line.url.empty()) entry.set("url", line.url);
    entry.set("level", std::string(to_string(line.level)));
    entry.set("word", line.level == sdk::HealthLevel::ok     ? "OK"
                      : line.level == sdk::HealthLevel::warn ? "Warning"
                                                             : "Error");
    list << entry;
  }
  return list;
}

namespace {

std::string path_by_content(std::string_view name, std::string_view ending) {
  return "/crm-assets/" + base64url(sha256(embedded_template(name))).substr(0, 12) + std::string(ending);
}

}  // namespace

const std::string& stylesheet_path() {
  static const std::string path = path_by_content("style.css", ".css");
  return path;
}

const std::string& icon_path() {
  static const std::string path = path_by_content("icon.svg", ".svg");
  return path;
}

Response page_asset(const Request& request) {
  const bool is_icon = request.path == icon_path();
  if (!is_icon && request.path != stylesheet_path()) return sdk::not_found();
  Response response;
  response.content_type = is_icon ? "image/svg+xml" : "text/css; charset=utf-8";
  response.body = embedded_template(is_icon ? "icon.svg" : "style.css");
  response.headers.push_back({"Cache-Control", "public, max-age=31536000, immutable"});
  response.may_compress = true;
  return response;
}

}  // namespace crm::app
