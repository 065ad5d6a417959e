#include "reference_host/auth/account_mail.hpp"

#include "reference_host/auth/account_links.hpp"
#include "reference_host/auth/token.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/mail/address.hpp"
#include "reference_host/mail/clean_line.hpp"
#include "reference_host/mail/plain_mail.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::Outcome;
using sdk::Session;
using sdk::Statement;

constexpr int k_batch = 50;
constexpr std::size_t k_key_bytes_max = 1000;

constexpr Statement k_queue{
    "account_mails.queue",
    "INSERT INTO account_mails (email_key, kind, created_at) VALUES ($1, $2, $3) ON CONFLICT (email_key, kind) "
    "DO UPDATE SET created_at = EXCLUDED.created_at, attempts = 0, last_error = '', "
    "next_attempt_wall = clock_timestamp() WHERE account_mails.last_error <> ''"};
// index: account_mails_due. A row that another instance sends is passed over.
constexpr Statement k_next{"account_mails.next",
                           "SELECT email_key, kind FROM account_mails WHERE next_attempt_wall <= clock_timestamp() "
                           "ORDER BY next_attempt_wall LIMIT 1 FOR UPDATE SKIP LOCKED"};
constexpr Statement k_done{"account_mails.done", "DELETE FROM account_mails WHERE email_key = $1 AND kind = $2"};
constexpr Statement k_again{
    "account_mails.again",
    "UPDATE account_mails SET attempts = attempts + 1, last_error = $3, next_attempt_wall = CASE WHEN $4::boolean "
    "THEN 'infinity' ELSE clock_timestamp() + LEAST(interval '10 minutes', interval '5 seconds' * "
    "power(2, LEAST(attempts, 10))) END WHERE email_key = $1 AND kind = $2"};
constexpr Statement k_waiting{"account_mails.waiting",
                              "SELECT email_key, kind, created_at, last_error FROM account_mails "
                              "WHERE kind <> 'forgotten' ORDER BY created_at, email_key LIMIT 200"};
constexpr Statement k_purge{"account_mails.purge",
                            "DELETE FROM account_mails WHERE kind = 'forgotten' AND created_at <= $1"};

struct QueuedMail {
  std::string email_key;
  std::string kind;
};

/// What the mail is about: of "forgotten" it depends on whether its user ever had a password.
struct Occasion {
  LinkKind kind = LinkKind::reset;
  bool is_asked_by_admin = false;
};

/// Whoever never had a password is invited again, which leaves them more time.
Occasion occasion_of(const QueuedMail& queued, const Account& account) {
  const bool invites = queued.kind == "invitation" || (queued.kind == "forgotten" && !account.has_password);
  return {invites ? LinkKind::invitation : LinkKind::reset, queued.kind != "forgotten"};
}

std::string text_of(const CrmServices& crm, const Account& account, const Occasion& occasion,
                    const std::string& token) {
  const std::string& site = crm.options.public_url;
  const std::string link = site + "/password-reset/" + token;
  const std::string hello = "Hello " + account.user.name + ",\n\n";
  if (occasion.kind == LinkKind::invitation)
    return hello + "there is an account for you at " + site + "\nwith the e-mail address " + account.user.email +
           ".\n\nChoose a password here, within three days:\n\n" + link +
           "\n\nThe link works once. When it has ended, an administrator can send another one.\n";
  const std::string choose =
      "\n\nChoose a new password here, within one hour:\n\n" + link + "\n\nThe link works once. ";
  if (occasion.is_asked_by_admin)
    return hello + "an administrator has reset the password of your account at " + site +
           ".\nThe old one does not work any more, and you were logged out everywhere." + choose +
           "When it has ended, ask for another one\nat " + site + "/password-reset\n";
  return hello + "somebody asked for a new password for your account at " + site + "." + choose +
         "When you choose a new password, you are logged out\neverywhere and your API tokens end. If it was not you "
         "who asked, do nothing: your password stays.\n";
}

Outcome<sdk::Delivery> send_link(CrmServices& crm, Session& session, const Account& account, const Occasion& occasion) {
  auto token = make_account_link(crm, session, account.user.id, occasion.kind);
  if (!token) return sdk::fail(token.error());
  auto id = new_token(crm.secrets);
  if (!id) return sdk::fail(id.error());
  const PlainMail mail{
      crm.mailer.sender(), account.user.email,
      occasion.kind == LinkKind::invitation ? "Your account: choose a password" : "Choose a new password",
      text_of(crm, account, occasion, *token), "account." + *id};
  return crm.mailer.deliver({"", {account.user.email}}, plain_mail(mail, crm.clock.now()));
}

/// The user who is to get the mail, or nobody.
Outcome<std::optional<Account>> receiver(CrmServices& crm, Session& session, const QueuedMail& queued) {
  using Receiver = std::optional<Account>;
  auto found = crm.accounts.find_by_email(session, queued.email_key);
  if (!found) return sdk::fail(found.error());
  if (!*found || !(*found)->account.user.is_active) return Receiver{};
  if (queued.kind != "forgotten") return Receiver{std::move((*found)->account)};
  const auto before = count_account_links(session, (*found)->account.user.id, crm.clock.now() - std::chrono::hours(1));
  if (!before) return sdk::fail(before.error());
  if (*before >= k_forgotten_mails_max) return Receiver{};
  return Receiver{std::move((*found)->account)};
}

/// Why the mail did not leave; empty: it did.
struct Trouble {
  std::string words;
  bool is_final = false;
};

Trouble trouble_of(const Outcome<sdk::Delivery>& delivery) {
  if (!delivery) return {clean_line(delivery.error().message), delivery.error().kind == sdk::FailureKind::invalid};
  if (delivery->status == sdk::DeliveryStatus::accepted) return {};
  const std::string words = clean_line(delivery->reply);
  return {words.empty() ? "The mail server refused it." : words, delivery->status == sdk::DeliveryStatus::permanent};
}

sdk::Done settle(Session& session, const QueuedMail& queued, const Trouble& trouble) {
  const bool is_over = trouble.words.empty() || (trouble.is_final && queued.kind == "forgotten");
  auto done = is_over ? session.run(k_done, {queued.email_key, queued.kind})
                      : session.run(k_again, {queued.email_key, queued.kind, trouble.words, trouble.is_final});
  if (!done) return sdk::fail(done.error());
  return {};
}

/// 1 when a mail was handled, -1 when it must wait, 0 when none is due. What stops a mail also undoes its link, so an
/// earlier one that somebody holds goes on working.
Outcome<int> send_next(CrmServices& crm) {
  constexpr std::string_view savepoint = "account_link";
  auto session = crm.database.acquire();
  if (!session) return sdk::fail(session.error());
  if (auto begun = (*session)->begin(); !begun) return sdk::fail(begun.error());
  auto rows = (*session)->run(k_next);
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() == 0) return 0;
  sdk::RowReader row(**rows, 0);
  QueuedMail queued;
  queued.email_key = row.next<std::string>();
  queued.kind = row.next<std::string>();
  const auto account = receiver(crm, **session, queued);
  if (!account) return sdk::fail(account.error());
  Trouble trouble;
  if (*account) {
    if (auto set = (*session)->savepoint(savepoint); !set) return sdk::fail(set.error());
    trouble = trouble_of(send_link(crm, **session, **account, occasion_of(queued, **account)));
    if (!trouble.words.empty())
      if (auto back = (*session)->rollback_to(savepoint); !back) return sdk::fail(back.error());
  }
  if (auto settled = settle(**session, queued, trouble); !settled) return sdk::fail(settled.error());
  if (auto committed = (*session)->commit(); !committed) return sdk::fail(committed.error());
  if (!trouble.words.empty()) crm.log.warning("account_mail.waits", {{"kind", queued.kind}, {"why", trouble.words}});
  return trouble.words.empty() ? 1 : -1;
}

}  // namespace

sdk::Done queue_account_mail(Session& session, std::string_view email, AccountMailKind kind, sdk::Micros now) {
  const char* name = kind == AccountMailKind::invitation ? "invitation"
                     : kind == AccountMailKind::reset    ? "reset"
                                                         : "forgotten";
  // Normalising makes some texts much longer; what does not fit into an index is nobody's address.
  const std::string key = email_key(email);
  if (key.size() > k_key_bytes_max) return {};
  auto done = session.run(k_queue, {key, name, now});
  if (!done) return sdk::fail(done.error());
  return {};
}

Outcome<sdk::JobReport> send_account_mails(CrmServices& crm, const std::stop_token& stop) {
  sdk::JobReport report;
  if (!crm.mailer.is_configured()) return report;
  int waiting = 0;
  for (int i = 0; i < k_batch && !stop.stop_requested(); ++i) {
    const auto went = send_next(crm);
    if (!went) return sdk::fail(went.error());
    if (*went == 0) break;
    *went > 0 ? ++report.handled : ++waiting;
    report.more = i + 1 == k_batch;
  }
  report.note = std::to_string(report.handled) + " mails handled, " + std::to_string(waiting) + " must wait";
  return report;
}

Outcome<std::vector<WaitingMail>> waiting_account_mails(Session& session) {
  auto rows = session.run(k_waiting);
  if (!rows) return sdk::fail(rows.error());
  std::vector<WaitingMail> mails;
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    sdk::RowReader row(**rows, i);
    WaitingMail& mail = mails.emplace_back();
    mail.email_key = row.next<std::string>();
    mail.is_invitation = row.next<std::string_view>() == "invitation";
    mail.since = row.next<sdk::Micros>();
    mail.last_error = row.next<std::string>();
  }
  return mails;
}

sdk::Done purge_account_mails(Session& session, sdk::Micros now) {
  auto done = session.run(k_purge, {now - k_reset_life});
  if (!done) return sdk::fail(done.error());
  return {};
}

}  // namespace crm::app
