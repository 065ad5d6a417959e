#include "plugin/http/settings/settings_page.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

namespace {

/// Scripts and styles of our own only; a logo may come from any secure address, as on the public pages.
constexpr const char* k_content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' https:; "
    "form-action 'self'; base-uri 'none'";

/// What the settings themselves speak so far.
constexpr const char* k_language = "en";

}  // namespace

Response SettingsPage::show(const Request&) const {
  View::List stylesheets;
  for (const std::string& address : entry_.stylesheets) stylesheets.push_back(View().text("url", address));
  View view;
  view.text("script", entry_.script).list("stylesheets", std::move(stylesheets)).flag("is_demo", is_demonstration_);
  Response response = Response::html(200, renderer_.render("settings", view, k_language));
  response.headers.push_back({"Content-Security-Policy", k_content_policy});
  // The names of the built files change with each version.
  response.headers.push_back({"Cache-Control", "no-store"});
  response.may_compress = true;  // what is a session's own comes by the API
  return response;
}

}  // namespace scheduling
