#include "reference_host/auth/first_admin.hpp"

#include "reference_host/auth/password_hasher.hpp"
#include "reference_host/auth/token.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::Outcome;
using sdk::Session;
using sdk::Statement;

constexpr Statement k_forget{"setup.forget", "DELETE FROM setup_tokens"};
constexpr Statement k_offer{"setup.offer", "INSERT INTO setup_tokens (token_hash, created_at) VALUES ($1, $2)"};
constexpr Statement k_check{"setup.check",
                            "SELECT FROM setup_tokens WHERE token_hash = $1 AND NOT EXISTS (SELECT FROM users)"};
// Two people with the link at the same moment: the second waits, and then finds no token.
constexpr Statement k_spend{"setup.spend",
                            "DELETE FROM setup_tokens WHERE token_hash = $1 AND NOT EXISTS (SELECT FROM users) "
                            "RETURNING 1"};
// Two instances that start a demo at the same moment: the second waits and finds the mark.
constexpr Statement k_lock_mark{"demo_mark.lock", "LOCK TABLE demo_mark IN SHARE ROW EXCLUSIVE MODE"};
constexpr Statement k_read_mark{"demo_mark.read", "SELECT EXISTS (SELECT FROM demo_mark)"};
constexpr Statement k_set_mark{"demo_mark.set", "INSERT INTO demo_mark (marked_at) VALUES ($1)"};

sdk::Done no_start(std::string words) {
  return sdk::fail({sdk::FailureKind::invalid, std::move(words), {}, {}, "--demo"});
}

}  // namespace

Outcome<std::optional<std::string>> first_admin_link(CrmServices& crm) {
  using Link = std::optional<std::string>;
  return sdk::in_transaction(crm.database, [&](Session& session) -> Outcome<Link> {
    const auto empty = crm.accounts.is_empty(session);
    if (!empty) return sdk::fail(empty.error());
    if (!*empty) return Link{};
    const auto token = new_token(crm.secrets);
    if (!token) return sdk::fail(token.error());
    session.post(k_forget, {});
    const std::string hash = sha256(*token);
    if (auto done = session.run(k_offer, {sdk::Param::bytes(hash), crm.clock.now()}); !done)
      return sdk::fail(done.error());
    return Link{crm.options.public_url + "/setup/" + *token};
  });
}

Outcome<bool> is_setup_token(CrmServices& crm, std::string_view token) {
  auto session = crm.database.acquire();
  if (!session) return sdk::fail(session.error());
  const std::string hash = sha256(token);
  auto rows = (*session)->run(k_check, {sdk::Param::bytes(hash)});
  if (!rows) return sdk::fail(rows.error());
  return (*rows)->size() == 1;
}

Outcome<SignedIn> make_first_admin(CrmServices& crm, std::string_view token, const NewUser& admin) {
  const auto password = crm.hasher.hash(admin.password.value_or(""));
  if (!password) return sdk::fail(password.error());
  return sdk::in_transaction(crm.database, [&](Session& session) -> Outcome<SignedIn> {
    const std::string hash = sha256(token);
    auto spent = session.run(k_spend, {sdk::Param::bytes(hash)});
    if (!spent) return sdk::fail(spent.error());
    if ((*spent)->size() == 0) return sdk::fail(sdk::FailureKind::not_found, "the link is spent");
    auto account = crm.accounts.insert(session, admin, *password);
    if (!account) return sdk::fail(account.error());
    return crm.credentials.open_session(session, *account, *password);
  });
}

sdk::Done check_demo_mark(CrmServices& crm) {
  return sdk::in_transaction(crm.database, [&](Session& session) -> sdk::Done {
    session.post(k_lock_mark, {});
    auto rows = session.run(k_read_mark);
    if (!rows) return sdk::fail(rows.error());
    const bool is_marked = sdk::RowReader(**rows, 0).next<bool>();
    if (is_marked && !crm.options.demo)
      return no_start(
          "this database is a demo, whose passwords everybody knows; start it with --demo, or choose another "
          "--data-dir or --database-url for a real CRM");
    if (is_marked || !crm.options.demo) return {};
    const auto empty = crm.accounts.is_empty(session);
    if (!empty) return sdk::fail(empty.error());
    if (!*empty)
      return no_start(
          "--demo: this database has users and is no demo; leave --demo away, or choose another --data-dir or "
          "--database-url for the demo");
    auto done = session.run(k_set_mark, {crm.clock.now()});
    if (!done) return sdk::fail(done.error());
    return {};
  });
}

sdk::Done seed_demo_users(CrmServices& crm) {
  const NewUser demo[] = {
      {"admin@example.test", "Ada Admin", "admin-demo", sdk::Role::admin, "America/New_York", {}},
      {"rep@example.test", "Robin Rep", "rep-demo", sdk::Role::rep, "America/New_York", {}},
      {"rep2@example.test", "Riley Rep", "rep2-demo", sdk::Role::rep, "America/New_York", {}},
  };
  for (const NewUser& user : demo) {
    {
      auto session = crm.database.acquire();
      if (!session) return sdk::fail(session.error());
      auto known = crm.accounts.find_by_email(**session, user.email);
      if (!known) return sdk::fail(known.error());
      if (*known) continue;
    }
    // Another instance may seed at the same moment: then the user is there, which is all we want.
    if (auto made = crm.accounts.create(crm.database, user); !made && made.error().kind != sdk::FailureKind::conflict)
      return sdk::fail(made.error());
  }
  return {};
}

}  // namespace crm::app
