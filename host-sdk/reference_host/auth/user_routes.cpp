#include "reference_host/auth/user_routes.hpp"

#include <algorithm>

#include "crm/sdk/json_input.hpp"
#include "reference_host/auth/accounts.hpp"
#include "reference_host/auth/auth_routes.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/new_user_check.hpp"
#include "reference_host/auth/password_changes.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/records/list_query.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

Response account_response(int status, const Account& account) {
  std::string json;
  append_account(json, account);
  return data_response(status, json);
}

/// Notes what the check found on fields that are not noted already.
void note_new(sdk::JsonInput& input, const std::vector<sdk::FieldError>& found) {
  const std::vector<sdk::FieldError> noted = input.errors();
  for (const sdk::FieldError& error : found)
    if (std::none_of(noted.begin(), noted.end(), [&](const auto& other) { return other.field == error.field; }))
      input.note(error.field, error.code, error.message);
}

NewUser read_new_user(sdk::JsonInput& input) {
  NewUser user;
  user.email = input.text("email", {0, 2000}).value_or("");
  user.name = input.text("name", {0, 2000}).value_or("");
  if (input.is_null("password")) input.ignore({"password"});
  user.password = input.text("password", {0, 2000});
  user.timezone = input.text("timezone", {0, 2000}).value_or("UTC");
  user.locale = input.text("locale", {0, 2000}).value_or("");
  if (const auto name = input.text("role")) {
    const auto role = parse_role(*name);
    if (!role) input.note("role", "invalid_choice", "This must be rep or admin.");
    user.role = role.value_or(sdk::Role::rep);
  }
  note_new(input, check_new_user(user));
  return user;
}

ProfileEdit read_profile(sdk::JsonInput& input) {
  for (const char* name : {"name", "timezone", "locale"})
    if (input.is_null(name)) input.note(name, "required", "This cannot be null; leave it away to keep it.");
  ProfileEdit edit;
  edit.name = input.text("name", {0, 2000});
  edit.timezone = input.text("timezone", {0, 2000});
  edit.locale = input.text("locale", {0, 2000});
  note_new(input, check_profile(edit));
  return edit;
}

Response create(CrmServices& crm, const Request& request) {
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  const NewUser user = read_new_user(*input);
  if (auto refusal = input->refusal()) return *refusal;
  const auto account = create_user(crm, user);
  if (account) return account_response(201, *account);
  if (account.error().kind == sdk::FailureKind::conflict)
    return sdk::refuse(409, "email_taken", "Somebody has this e-mail address already");
  return sdk::failure_response(account.error(), crm.log, request.request_id);
}

Response show_me(CrmServices& crm, const Request& request) {
  auto session = crm.database.acquire();
  if (!session) return sdk::failure_response(session.error(), crm.log, request.request_id);
  const auto account = crm.accounts.account(**session, request.principal->id);
  if (!account) return sdk::failure_response(account.error(), crm.log, request.request_id);
  std::string json;
  append_account(json, *account);
  // A script of a page that was loaded signed in cannot read the cookie. What an API token writes needs no proof.
  if (const Identity known = crm.credentials.identify(request); known.by_cookie) {
    json.back() = ',';
    json += "\"csrf_token\":";
    sdk::append_json_string(json, known.csrf_token);
    json += '}';
  }
  return data_response(200, json);
}

Response change_me(CrmServices& crm, const Request& request) {
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  const ProfileEdit edit = read_profile(*input);
  if (auto refusal = input->refusal()) return *refusal;
  auto session = crm.database.acquire();
  if (!session) return sdk::failure_response(session.error(), crm.log, request.request_id);
  const auto account = crm.accounts.change(**session, request.principal->id, edit);
  crm.credentials.forget(request.principal->id);
  return account ? account_response(200, *account)
                 : sdk::failure_response(account.error(), crm.log, request.request_id);
}

Response list(CrmServices& crm, const Request& request) {
  const auto query = list_query(request);
  if (!query) return query.error();
  auto session = crm.database.acquire();
  if (!session) return sdk::failure_response(session.error(), crm.log, request.request_id);
  auto accounts = crm.accounts.list(**session, sdk::UserId{query->after}, query->limit + 1);
  if (!accounts) return sdk::failure_response(accounts.error(), crm.log, request.request_id);
  std::optional<std::int64_t> next;
  if (std::ssize(*accounts) > query->limit) {
    accounts->pop_back();
    next = accounts->back().user.id.value;
  }
  std::string items;
  for (const Account& account : *accounts) {
    if (!items.empty()) items += ',';
    append_account(items, account);
  }
  return list_response(items, next);
}

Response deactivate(CrmServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  const auto account = crm.accounts.deactivate(crm.database, sdk::UserId{*id}, cause_of(request));
  crm.credentials.forget(sdk::UserId{*id});
  if (account) return account_response(200, *account);
  if (account.error().constraint == "last_admin")
    return sdk::refuse(409, "last_admin", "The last active admin cannot be deactivated");
  return sdk::failure_response(account.error(), crm.log, request.request_id);
}

Response activate(CrmServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  const auto account = crm.accounts.activate(crm.database, sdk::UserId{*id}, cause_of(request));
  return account ? account_response(200, *account)
                 : sdk::failure_response(account.error(), crm.log, request.request_id);
}

}  // namespace

std::vector<sdk::Route> user_routes(CrmServices& crm) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  const auto bind = [&crm](Response (*handler)(CrmServices&, const Request&)) {
    return [&crm, handler](const Request& request) { return handler(crm, request); };
  };
  return {
      {get, "/api/v1/users/me", Access::user, RateClass::normal, bind(show_me), 0},
      {put, "/api/v1/users/me", Access::user, RateClass::normal, bind(change_me)},
      {get, "/api/v1/users", Access::admin, RateClass::normal, bind(list), 0},
      {post, "/api/v1/users", Access::admin, RateClass::normal, bind(create)},
      {post, "/api/v1/users/{id}/deactivate", Access::admin, RateClass::normal, bind(deactivate)},
      {post, "/api/v1/users/{id}/activate", Access::admin, RateClass::normal, bind(activate)},
  };
}

}  // namespace crm::app
