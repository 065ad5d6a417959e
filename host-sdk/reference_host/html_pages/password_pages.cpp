#include "crm/sdk/form.hpp"
#include "reference_host/auth/account_links.hpp"
#include "reference_host/auth/auth_routes.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/new_user_check.hpp"
#include "reference_host/auth/password_changes.hpp"
#include "reference_host/html_pages/html_page_routes.hpp"
#include "reference_host/mail/address.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

Response show_forgotten(const PageServices& services, const Request& request) {
  PageData data;
  data.set("email", "");
  return render_page(services, request, 200, "password_forgotten", "Forgot your password?", data);
}

/// The same page whoever asks, so that nobody learns who has an account here.
Response ask(const PageServices& services, const Request& request) {
  const std::string email = sdk::Form::read(request.body).text("email");
  PageData data;
  data.set("email", email);
  if (email.empty() || email.size() > k_address_bytes_max) {
    set_errors(data, {{"email", "invalid_email", "Give the e-mail address with which you log in."}});
    return render_page(services, request, 422, "password_forgotten", "Forgot your password?", data);
  }
  if (auto done = ask_for_reset(services.crm, email); !done) return failure_page(services, request, done.error());
  data.set("asked", true);
  return render_page(services, request, 202, "password_forgotten", "Look at your mail", data);
}

Response dead_link(const PageServices& services, const Request& request, int status) {
  PageData data;
  data.set("ended", status == 410);
  return render_page(services, request, status, "password_link_ended", "This link does not work", data);
}

Response link_form(const PageServices& services, const Request& request, int status, const AccountLink& link,
                   const std::vector<sdk::FieldError>& errors) {
  PageData data;
  data.set("email", link.account.user.email);
  data.set("is_invitation", link.kind == LinkKind::invitation);
  set_errors(data, errors);
  return render_page(services, request, status, "password_link", "Choose a password", data);
}

/// The live link of the request, or the page that says why there is none.
crm::sdk::Expected<AccountLink, Response> live_link(const PageServices& services, const Request& request) {
  auto link = find_account_link(services.crm, request.param("token"));
  if (!link && link.error().kind == sdk::FailureKind::not_found)
    return crm::sdk::unexpected(dead_link(services, request, 404));
  if (!link) return crm::sdk::unexpected(failure_page(services, request, link.error()));
  if (!link->is_live) return crm::sdk::unexpected(dead_link(services, request, 410));
  return std::move(*link);
}

/// Changes nothing: mail scanners open links.
Response show_link(const PageServices& services, const Request& request) {
  const auto link = live_link(services, request);
  return link ? link_form(services, request, 200, *link, {}) : link.error();
}

Response use_link(const PageServices& services, const Request& request) {
  const auto link = live_link(services, request);
  if (!link) return link.error();
  const std::string password = sdk::Form::read(request.body).value("new_password");
  if (const auto errors = check_new_password(password); !errors.empty())
    return link_form(services, request, 422, *link, errors);
  const auto account = use_account_link(services.crm, request.param("token"), password);
  if (!account && account.error().constraint == "dead_link") return dead_link(services, request, 410);
  if (!account) return failure_page(services, request, account.error());
  Response response = Response::see_other("/login?password=set");
  // Whoever reads the user's mail is the user: what strangers guess does not hold them up.
  const auto device =
      services.crm.credentials.devices().remember(device_of(request), account->user.id, services.crm.clock.now());
  if (device) response.headers.push_back(device_cookie(services.crm, *device));
  return response;
}

}  // namespace

void add_password_pages(const PageServices& services, std::vector<sdk::Route>& routes) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  const auto add = [&](sdk::Method method, const char* pattern, RateClass rate, PageHandler handler) {
    routes.push_back({method, pattern, Access::open, rate, page_handler(services, handler)});
  };
  add(get, "/password-reset", RateClass::page, show_forgotten);
  add(post, "/password-reset", RateClass::login, ask);
  add(get, "/password-reset/{token}", RateClass::token, show_link);
  add(post, "/password-reset/{token}", RateClass::token, use_link);
}

}  // namespace crm::app
