#include "crm/sdk/form.hpp"
#include "reference_host/auth/auth_routes.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/new_user_check.hpp"
#include "reference_host/auth/password_changes.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/html_pages/html_page_routes.hpp"
#include "reference_host/html_pages/local_time.hpp"
#include "reference_host/records/list_query.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

Response profile_page(const PageServices& services, const Request& request, int status, PageData data) {
  auto session = services.crm.database.acquire();
  if (!session) return failure_page(services, request, session.error());
  const auto account = services.crm.accounts.account(**session, request.principal->id);
  if (!account) return failure_page(services, request, account.error());
  data.set("name", account->user.name);
  data.set("email", account->user.email);
  data.set("role", account->user.role == sdk::Role::admin ? "Administrator" : "Rep");
  data.set("timezone", account->user.timezone);
  data.set("locale", account->locale.empty() ? std::string("not set") : account->locale);
  return render_page(services, request, status, "profile", "Your profile", data);
}

Response show(const PageServices& services, const Request& request) {
  PageData data;
  data.set("changed", request.query_value("password") == std::string_view("changed"));
  return profile_page(services, request, 200, data);
}

Response refused_change(const PageServices& services, const Request& request, int status,
                        const std::vector<sdk::FieldError>& errors) {
  PageData data;
  set_errors(data, errors);
  return profile_page(services, request, status, data);
}

Response change_password(const PageServices& services, const Request& request) {
  const sdk::Form form = sdk::Form::read(request.body);
  const PasswordChange change{form.value("current_password"), form.value("new_password")};
  auto errors = check_new_password(change.wanted);
  if (change.current.empty())
    errors.insert(errors.begin(), {"current_password", "required", "Give your present password."});
  if (!errors.empty()) return refused_change(services, request, 422, errors);
  const auto changed = change_own_password(services.crm, request, change);
  if (!changed) return failure_page(services, request, changed.error());
  if (changed->wait) {
    Response response = refused_change(
        services, request, 429,
        {{"current_password", "too_many_guesses", "These were too many tries. Please try again in a few minutes."}});
    response.headers.push_back({"Retry-After", std::to_string(changed->wait->count())});
    return response;
  }
  if (!changed->was_right)
    return refused_change(services, request, 422,
                          {{"current_password", "wrong_password", "This is not your present password."}});
  Response response = Response::see_other("/profile?password=changed");
  response.headers.push_back(device_cookie(services.crm, changed->device));
  return response;
}

PageData token_row(const ApiToken& token, const std::string& zone, sdk::Micros now) {
  PageData row;
  row.set("id", std::to_string(token.id));
  row.set("name", token.name);
  row.set("created", local_time_text(token.created_at, zone));
  row.set("expires", token.expires_at ? local_time_text(*token.expires_at, zone) : "never");
  row.set("is_expired", token.expires_at && *token.expires_at <= now);
  row.set("used", token.last_used_at ? local_time_text(*token.last_used_at, zone) : "not yet");
  return row;
}

Response tokens_page(const PageServices& services, const Request& request, int status, PageData data) {
  const auto tokens = services.crm.credentials.tokens(request.principal->id);
  if (!tokens) return failure_page(services, request, tokens.error());
  PageData rows = page_list();
  for (const ApiToken& token : *tokens) rows << token_row(token, request.principal->timezone, services.crm.clock.now());
  data.set("tokens", rows);
  data.set("has_tokens", !tokens->empty());
  return render_page(services, request, status, "tokens", "API tokens", data);
}

Response show_tokens(const PageServices& services, const Request& request) {
  PageData data;
  data.set("form_days", std::to_string(k_api_token_days));
  return tokens_page(services, request, 200, data);
}

/// The token is shown in this one response: nobody can look it up later.
Response make_token(const PageServices& services, const Request& request) {
  if (!services.crm.credentials.identify(request).by_cookie)
    return error_page(services, request, 403, "Not with a token", "An API token cannot make tokens.");
  const sdk::Form form = sdk::Form::read(request.body);
  const std::string name = form.text("name");
  const std::string days = form.text("expires_in_days");
  PageData data;
  data.set("form_name", name);
  data.set("form_days", days);
  std::vector<sdk::FieldError> errors;
  if (name.empty() || sdk::detail::characters(name) > 100)
    errors.push_back({"name", "required", "Give the token a name of at most 100 characters."});
  const auto number = positive_number(days, k_api_token_days_max);
  if (!days.empty() && !number)
    errors.push_back({"expires_in_days", "out_of_range",
                      "This must be a whole number from 1 to " + std::to_string(k_api_token_days_max) +
                          ", or empty for a token that never expires."});
  set_errors(data, errors);
  if (!errors.empty()) return tokens_page(services, request, 422, data);
  const auto life = number ? std::optional(static_cast<int>(*number)) : std::nullopt;
  const auto token = services.crm.credentials.make_token(
      {request.principal->id, name, life, cookie_value(request.header("Cookie").value_or(""), k_session_cookie)});
  if (!token && token.error().kind == sdk::FailureKind::conflict) {
    set_errors(data, {{"name", "too_many_tokens", "Delete a token that is no longer used first."}});
    return tokens_page(services, request, 409, data);
  }
  if (!token) return failure_page(services, request, token.error());
  PageData made;
  made.set("made", token->token);
  made.set("made_name", token->name);
  made.set("form_days", std::to_string(k_api_token_days));
  return tokens_page(services, request, 201, made);
}

Response delete_token(const PageServices& services, const Request& request) {
  const auto done = services.crm.credentials.delete_token(request.principal->id, path_id(request).value_or(0));
  return done ? Response::see_other("/profile/tokens") : failure_page(services, request, done.error());
}

}  // namespace

void add_profile_pages(const PageServices& services, std::vector<sdk::Route>& routes) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  const auto add = [&](sdk::Method method, const char* pattern, PageHandler handler) {
    routes.push_back({method, pattern, Access::user, RateClass::normal, page_handler(services, handler)});
  };
  add(get, "/profile", show);
  add(post, "/profile/password", change_password);
  add(get, "/profile/tokens", show_tokens);
  add(post, "/profile/tokens", make_token);
  add(post, "/profile/tokens/{id}/delete", delete_token);
}

}  // namespace crm::app
