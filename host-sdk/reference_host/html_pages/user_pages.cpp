#include "crm/sdk/form.hpp"
#include "reference_host/auth/accounts.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/new_user_check.hpp"
#include "reference_host/auth/password_changes.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/html_pages/html_page_routes.hpp"
#include "reference_host/mail/address.hpp"
#include "reference_host/records/list_query.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

constexpr int k_page_size = 100;

/// What waits to be mailed to the user; null: nothing.
const WaitingMail* mail_to(const std::vector<WaitingMail>& waiting, const Account& account) {
  const std::string key = email_key(account.user.email);
  for (const WaitingMail& mail : waiting)
    if (mail.email_key == key) return &mail;
  return nullptr;
}

PageData user_row(const Account& account, const WaitingMail* waiting) {
  PageData row;
  row.set("is_invited", account.user.is_active && !account.has_password);
  if (waiting != nullptr) {
    row.set("waits", waiting->is_invitation ? "The invitation waits." : "The mail for a new password waits.");
    if (!waiting->last_error.empty()) row.set("why", waiting->last_error);
  }
  row.set("id", std::to_string(account.user.id.value));
  row.set("name", account.user.name);
  row.set("email", account.user.email);
  row.set("role", std::string(role_name(account.user.role)));
  row.set("timezone", account.user.timezone);
  if (!account.locale.empty()) row.set("locale", account.locale);
  row.set("is_active", account.user.is_active);
  return row;
}

Response users_page(const PageServices& services, const Request& request, int status, PageData data,
                    const NewUser& wanted) {
  auto session = services.crm.database.acquire();
  if (!session) return failure_page(services, request, session.error());
  const auto after =
      positive_number(request.query_value("cursor").value_or(""), std::numeric_limits<std::int64_t>::max());
  auto accounts = services.crm.accounts.list(**session, sdk::UserId{after.value_or(0)}, k_page_size + 1);
  if (!accounts) return failure_page(services, request, accounts.error());
  const bool more = std::ssize(*accounts) > k_page_size;
  if (more) {
    accounts->pop_back();
    data.set("cursor", std::to_string(accounts->back().user.id.value));
  }
  const auto waiting = waiting_account_mails(**session);
  if (!waiting) return failure_page(services, request, waiting.error());
  PageData rows = page_list();
  for (const Account& account : *accounts) {
    PageData row = user_row(account, mail_to(*waiting, account));
    row.set("is_self", account.user.id == request.principal->id);
    rows << row;
  }
  data.set("has_mail", services.crm.mailer.is_configured());
  data.set("users", rows);
  data.set("more", more);
  data.set("form_name", wanted.name);
  data.set("form_email", wanted.email);
  data.set("form_timezone", wanted.timezone);
  data.set("form_locale", wanted.locale);
  data.set("form_is_admin", wanted.role == sdk::Role::admin);
  return render_page(services, request, status, "users", "Users", data);
}

NewUser empty_form(const Request& request) {
  NewUser user;
  user.timezone = request.principal->timezone;
  return user;
}

Response list(const PageServices& services, const Request& request) {
  PageData data;
  const bool has_mail = services.crm.mailer.is_configured();
  const std::string later = has_mail ? " is on its way by mail." : " waits until mail is set up.";
  if (request.query_value("done") == std::string_view("invited")) data.set("done", "The invitation" + later);
  if (request.query_value("done") == std::string_view("reset"))
    data.set("done", "The old password has ended. A link for a new one" + later);
  return users_page(services, request, 200, data, empty_form(request));
}

Response create(const PageServices& services, const Request& request) {
  const sdk::Form form = sdk::Form::read(request.body);
  const std::string password = form.value("password");
  const NewUser wanted{form.text("email"),
                       form.text("name"),
                       password.empty() ? std::nullopt : std::optional(password),
                       parse_role(form.text("role")).value_or(sdk::Role::rep),
                       form.text("timezone"),
                       form.text("locale")};
  auto errors = check_new_user(wanted);
  if (errors.empty()) {
    const auto account = create_user(services.crm, wanted);
    if (account) return Response::see_other(wanted.password ? "/admin/users" : "/admin/users?done=invited");
    if (account.error().kind != sdk::FailureKind::conflict) return failure_page(services, request, account.error());
    errors.push_back({"email", "email_taken", "Somebody has this e-mail address already."});
  }
  PageData data;
  set_errors(data, errors);
  return users_page(services, request, 422, data, wanted);
}

Response deactivate(const PageServices& services, const Request& request) {
  const sdk::UserId id{path_id(request).value_or(0)};
  const auto account = services.crm.accounts.deactivate(services.crm.database, id, cause_of(request));
  services.crm.credentials.forget(id);
  if (account) return Response::see_other("/admin/users");
  if (account.error().constraint != "last_admin") return failure_page(services, request, account.error());
  PageData data;
  data.set("refused", "The last active administrator cannot be deactivated.");
  return users_page(services, request, 409, data, empty_form(request));
}

Response activate(const PageServices& services, const Request& request) {
  const auto account = services.crm.accounts.activate(services.crm.database, sdk::UserId{path_id(request).value_or(0)},
                                                      cause_of(request));
  return account ? Response::see_other("/admin/users") : failure_page(services, request, account.error());
}

Response mail_asked_for(const PageServices& services, const Request& request, const sdk::Outcome<Account>& account,
                        const std::string& done) {
  if (account) return Response::see_other("/admin/users?done=" + done);
  PageData data;
  if (account.error().constraint == "inactive_user")
    data.set("refused", "This user is deactivated. Activate them first.");
  else if (account.error().constraint == "own_account")
    data.set("refused", "This is your own account. Change your password under your profile.");
  else
    return failure_page(services, request, account.error());
  return users_page(services, request, 409, data, empty_form(request));
}

Response invite(const PageServices& services, const Request& request) {
  const sdk::UserId id{path_id(request).value_or(0)};
  return mail_asked_for(services, request, invite_user(services.crm, id), "invited");
}

Response reset(const PageServices& services, const Request& request) {
  const sdk::UserId id{path_id(request).value_or(0)};
  return mail_asked_for(services, request, reset_password(services.crm, id, request.principal->id), "reset");
}

}  // namespace

void add_user_pages(const PageServices& services, std::vector<sdk::Route>& routes) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  const auto add = [&](sdk::Method method, const char* pattern, PageHandler handler) {
    routes.push_back({method, pattern, Access::admin, RateClass::normal, page_handler(services, handler)});
  };
  add(get, "/admin/users", list);
  add(post, "/admin/users", create);
  add(post, "/admin/users/{id}/deactivate", deactivate);
  add(post, "/admin/users/{id}/activate", activate);
  add(post, "/admin/users/{id}/invite", invite);
  add(post, "/admin/users/{id}/reset-password", reset);
}

}  // namespace crm::app
