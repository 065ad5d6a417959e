#include "reference_host/auth/password_routes.hpp"

#include "crm/sdk/json_input.hpp"
#include "reference_host/auth/account_links.hpp"
#include "reference_host/auth/auth_routes.hpp"
#include "reference_host/auth/new_user_check.hpp"
#include "reference_host/auth/password_changes.hpp"
#include "reference_host/mail/address.hpp"
#include "reference_host/records/list_query.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

std::string read_new_password(sdk::JsonInput& input) {
  const auto wanted = input.text("new_password", {0, 2000});
  input.require("new_password");
  if (!wanted) return {};
  for (const sdk::FieldError& error : check_new_password(*wanted)) input.note(error.field, error.code, error.message);
  return *wanted;
}

Response change_own(CrmServices& crm, const Request& request) {
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  const auto current = input->text("current_password", {1, 2000});
  input->require("current_password");
  const std::string wanted = read_new_password(*input);
  if (auto refusal = input->refusal()) return *refusal;
  const auto changed = change_own_password(crm, request, {*current, wanted});
  if (!changed) return sdk::failure_response(changed.error(), crm.log, request.request_id);
  if (changed->wait) return too_many_guesses(*changed->wait);
  if (!changed->was_right)
    return sdk::validation_failed("current_password", "wrong_password", "This is not your present password.");
  Response response = Response::no_content();
  response.headers.push_back(device_cookie(crm, changed->device));
  return response;
}

Response mail_asked_for(CrmServices& crm, const Request& request, const sdk::Outcome<Account>& account) {
  if (account) {
    std::string json;
    append_account(json, *account);
    return data_response(202, json);
  }
  if (account.error().constraint == "inactive_user")
    return sdk::refuse(409, "inactive_user", "This user is deactivated", "Activate the user first.");
  if (account.error().constraint == "own_account")
    return sdk::refuse(409, "own_account", "This is your own account", "Change your password with the present one.");
  return sdk::failure_response(account.error(), crm.log, request.request_id);
}

Response invite(CrmServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  return mail_asked_for(crm, request, invite_user(crm, sdk::UserId{*id}));
}

Response reset(CrmServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  return mail_asked_for(crm, request, reset_password(crm, sdk::UserId{*id}, request.principal->id));
}

Response forgotten(CrmServices& crm, const Request& request) {
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  const auto email = input->text("email", {1, k_address_bytes_max});
  input->require("email");
  if (auto refusal = input->refusal()) return *refusal;
  if (auto done = ask_for_reset(crm, *email); !done)
    return sdk::failure_response(done.error(), crm.log, request.request_id);
  return Response::json(202, R"({"data":{"status":"accepted"}})");
}

Response use_link(CrmServices& crm, const Request& request) {
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  const std::string wanted = read_new_password(*input);
  if (auto refusal = input->refusal()) return *refusal;
  const auto account = use_account_link(crm, request.param("token"), wanted);
  if (!account && account.error().constraint == "dead_link")
    return sdk::refuse(410, "link_ended", "This link has ended",
                       "It was used, replaced by a newer one, or is too old.");
  if (!account) return sdk::failure_response(account.error(), crm.log, request.request_id);
  auto device = crm.credentials.devices().remember(device_of(request), account->user.id, crm.clock.now());
  Response response = Response::no_content();
  if (device) response.headers.push_back(device_cookie(crm, *device));
  return response;
}

}  // namespace

std::vector<sdk::Route> password_routes(CrmServices& crm) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  const auto bind = [&crm](Response (*handler)(CrmServices&, const Request&)) {
    return [&crm, handler](const Request& request) { return handler(crm, request); };
  };
  return {
      {put, "/api/v1/users/me/password", Access::user, RateClass::normal, bind(change_own)},
      {post, "/api/v1/users/{id}/invite", Access::admin, RateClass::normal, bind(invite)},
      {post, "/api/v1/users/{id}/reset-password", Access::admin, RateClass::normal, bind(reset)},
      {post, "/api/v1/auth/password-reset", Access::open, RateClass::login, bind(forgotten)},
      {post, "/api/v1/auth/password-reset/{token}", Access::open, RateClass::token, bind(use_link)},
  };
}

}  // namespace crm::app
