#include "crm/sdk/form.hpp"
#include "reference_host/auth/auth_routes.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/first_admin.hpp"
#include "reference_host/auth/new_user_check.hpp"
#include "reference_host/html_pages/html_page_routes.hpp"
#include "reference_host/html_pages/own_path.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

enum class LoginNews : std::uint8_t { none, refused, wait, password_set };

struct LoginForm {
  int status = 200;
  LoginNews news = LoginNews::none;
  std::string email{};
  std::string next{};
};

Response login_form(const PageServices& services, const Request& request, const LoginForm& form) {
  PageData data;
  data.set("failed", form.news == LoginNews::refused);
  data.set("wait", form.news == LoginNews::wait);
  data.set("password_set", form.news == LoginNews::password_set);
  data.set("email", form.email);
  data.set("next", form.next);
  return render_page(services, request, form.status, "login", "Log in", data);
}

Response show_login(const PageServices& services, const Request& request) {
  const std::string next = own_path(request.query_value("next").value_or("/"));
  if (request.principal) return Response::see_other(next);
  const bool is_set = request.query_value("password") == std::string_view("set");
  return login_form(services, request, {200, is_set ? LoginNews::password_set : LoginNews::none, "", next});
}

Response log_in(const PageServices& services, const Request& request) {
  const sdk::Form form = sdk::Form::read(request.body);
  const std::string email = form.text("email");
  const std::string password = form.value("password");
  const std::string next = own_path(form.text("next"));
  if (email.empty() || email.size() > 1000 || password.empty() || password.size() > 1000)
    return login_form(services, request, {401, LoginNews::refused, email.substr(0, 254), next});
  const auto result = services.crm.credentials.log_in({email, password, device_of(request)});
  if (!result) return failure_page(services, request, result.error());
  if (result->wait) {
    Response response = login_form(services, request, {429, LoginNews::wait, email, next});
    response.headers.push_back({"Retry-After", std::to_string(result->wait->count())});
    return response;
  }
  if (!result->signed_in) {
    services.crm.log.warning("auth.refused", {{"client", request.client_address}, {"request_id", request.request_id}});
    return login_form(services, request, {401, LoginNews::refused, email, next});
  }
  Response response = Response::see_other(next);
  response.headers.push_back(session_cookie(services.crm, result->signed_in->session_token));
  response.headers.push_back(device_cookie(services.crm, result->device));
  return response;
}

Response log_out(const PageServices& services, const Request& request) {
  if (auto done = services.crm.credentials.log_out(request); !done)
    return failure_page(services, request, done.error());
  Response response = Response::see_other("/login");
  response.headers.push_back(ended_cookie(services.crm));
  return response;
}

Response setup_form(const PageServices& services, const Request& request, int status, const NewUser& user,
                    const std::vector<sdk::FieldError>& errors) {
  PageData data;
  data.set("name", user.name);
  data.set("email", user.email);
  data.set("timezone", user.timezone);
  set_errors(data, errors);
  return render_page(services, request, status, "setup", "Set up the CRM", data);
}

Response spent_link(const PageServices& services, const Request& request) {
  return error_page(services, request, 404, "This link does not work",
                    "It was used already, or the CRM was started again and printed a new one.");
}

Response show_setup(const PageServices& services, const Request& request) {
  const auto good = is_setup_token(services.crm, request.param("token"));
  if (!good) return failure_page(services, request, good.error());
  return *good ? setup_form(services, request, 200, {}, {}) : spent_link(services, request);
}

Response set_up(const PageServices& services, const Request& request) {
  const auto good = is_setup_token(services.crm, request.param("token"));
  if (!good) return failure_page(services, request, good.error());
  if (!*good) return spent_link(services, request);
  const sdk::Form form = sdk::Form::read(request.body);
  const NewUser admin{form.text("email"), form.text("name"),     form.value("password"),
                      sdk::Role::admin,   form.text("timezone"), {}};
  if (const auto errors = check_new_user(admin); !errors.empty())
    return setup_form(services, request, 422, admin, errors);
  const auto signed_in = make_first_admin(services.crm, request.param("token"), admin);
  if (!signed_in && signed_in.error().kind == sdk::FailureKind::not_found) return spent_link(services, request);
  if (!signed_in) return failure_page(services, request, signed_in.error());
  Response response = Response::see_other("/");
  response.headers.push_back(session_cookie(services.crm, signed_in->session_token));
  return response;
}

}  // namespace

void add_login_pages(const PageServices& services, std::vector<sdk::Route>& routes) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  routes.push_back({get, "/login", Access::open, RateClass::page, page_handler(services, show_login), 0});
  routes.push_back({post, "/login", Access::open, RateClass::login, page_handler(services, log_in)});
  routes.push_back({post, "/logout", Access::user, RateClass::normal, page_handler(services, log_out)});
  routes.push_back({get, "/setup/{token}", Access::open, RateClass::token, page_handler(services, show_setup), 0});
  routes.push_back({post, "/setup/{token}", Access::open, RateClass::token, page_handler(services, set_up)});
}

}  // namespace crm::app
