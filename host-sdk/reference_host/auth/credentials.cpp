#include "reference_host/auth/credentials.hpp"

#include <exception>

#include "reference_host/auth/password_hasher.hpp"
#include "reference_host/auth/token.hpp"

namespace crm::app {
namespace {

using sdk::Outcome;
using sdk::Session;
using sdk::Statement;

constexpr auto k_remember = std::chrono::seconds(2);
constexpr std::size_t k_known_max = 8192;
constexpr std::size_t k_token_bytes_max = 100;
constexpr sdk::Micros k_never = sdk::Micros::max();

constexpr Statement k_by_session{
    "sessions.user",
    "SELECT u.id, u.email, u.name, u.role, u.timezone, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id "
    "WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.is_active"};
constexpr Statement k_by_token{
    "api_tokens.user",
    "SELECT u.id, u.email, u.name, u.role, u.timezone, t.expires_at, t.id, "
    "t.last_used_at IS NULL OR t.last_used_at <= $3 FROM api_tokens t JOIN users u ON u.id = t.user_id "
    "WHERE t.token_hash = $1 AND u.is_active AND (t.expires_at IS NULL OR t.expires_at > $2)"};
constexpr Statement k_token_used{"api_tokens.used",
                                 "UPDATE api_tokens SET last_used_at = $2 WHERE id = $1 "
                                 "AND (last_used_at IS NULL OR last_used_at < $2)"};
// Again under the user's row lock: a deactivation or another password that commits meanwhile must not leave a session
// behind.
constexpr Statement k_still_active{
    "sessions.still_active",
    "SELECT FROM users WHERE id = $1 AND is_active AND password_hash IS NOT DISTINCT FROM $2 FOR SHARE"};
constexpr Statement k_lock_owner{"api_tokens.lock_owner", "SELECT FROM users WHERE id = $1 AND is_active FOR SHARE"};
constexpr Statement k_session_lives{"api_tokens.session_lives", "SELECT FROM sessions WHERE token_hash = $1"};
constexpr Statement k_open{
    "sessions.open", "INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)"};
constexpr Statement k_close{"sessions.close", "DELETE FROM sessions WHERE token_hash = $1"};
constexpr Statement k_token_insert{
    "api_tokens.insert",
    "INSERT INTO api_tokens (user_id, name, token_hash, created_at, expires_at) "
    "SELECT $1, $2, $3, $4, $6 WHERE (SELECT count(*) FROM api_tokens WHERE user_id = $1) < $5 RETURNING id"};
constexpr Statement k_token_list{
    "api_tokens.list",
    "SELECT id, name, created_at, expires_at, last_used_at FROM api_tokens WHERE user_id = $1 ORDER BY id"};
constexpr Statement k_token_find{
    "api_tokens.find",
    "SELECT id, name, created_at, expires_at, last_used_at FROM api_tokens WHERE user_id = $1 AND id = $2"};
constexpr Statement k_token_delete{"api_tokens.delete", "DELETE FROM api_tokens WHERE user_id = $1 AND id = $2"};

std::string_view bearer_token(std::string_view header) {
  constexpr std::string_view scheme = "bearer ";
  if (header.size() <= scheme.size()) return {};
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char c = header[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != scheme[i]) return {};
  }
  header.remove_prefix(scheme.size());
  while (!header.empty() && header.front() == ' ') header.remove_prefix(1);
  return header;
}

sdk::Principal to_principal(sdk::RowReader& row) {
  sdk::Principal principal;
  principal.id = row.next<sdk::UserId>();
  principal.email = row.next<std::string>();
  principal.name = row.next<std::string>();
  principal.role = row.next<std::string_view>() == "admin" ? sdk::Role::admin : sdk::Role::rep;
  principal.timezone = row.next<std::string>();
  return principal;
}

/// `row` stands at the token's id. A use that cannot be noted is no reason to refuse the request.
void note_use(Session& session, sdk::RowReader& row, sdk::Micros now, sdk::Log& log) {
  const auto id = row.next<std::int64_t>();
  if (!row.next<bool>()) return;
  if (auto noted = session.run(k_token_used, {id, now}); !noted)
    log.warning("auth.last_use", {{"what", noted.error().message}});
}

ApiToken to_token(sdk::RowReader& row) {
  ApiToken token;
  token.id = row.next<std::int64_t>();
  token.name = row.next<std::string>();
  token.created_at = row.next<sdk::Micros>();
  token.expires_at = row.next_or_null<sdk::Micros>();
  token.last_used_at = row.next_or_null<sdk::Micros>();
  return token;
}

}  // namespace

std::string_view cookie_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = header.find(';');
    std::string_view pair = header.substr(0, end);
    while (!pair.empty() && (pair.front() == ' ' || pair.front() == '\t')) pair.remove_prefix(1);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    if (end == std::string_view::npos) break;
    header.remove_prefix(end + 1);
  }
  return {};
}

Identity Credentials::identify(const sdk::Request& request) noexcept {
  try {
    const auto authorization = request.header("Authorization");
    const bool by_cookie = !authorization;
    const std::string_view token = by_cookie ? cookie_value(request.header("Cookie").value_or(""), k_session_cookie)
                                             : bearer_token(*authorization);
    if (token.empty() || token.size() > k_token_bytes_max) return {};
    const std::string hash = sha256(token);
    if (auto identity = remembered((by_cookie ? 'c' : 't') + hash)) return std::move(*identity);
    return look_up(token, hash, by_cookie);
  } catch (const std::exception& error) {
    log_.error("auth.broken", {{"what", error.what()}});
    return {};
  }
}

std::optional<Identity> Credentials::remembered(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(key);
  if (found == known_.end()) return std::nullopt;
  if (std::chrono::steady_clock::now() < found->second.good_until && clock_.now() < found->second.expires_at)
    return found->second.identity;
  known_.erase(found);
  return std::nullopt;
}

Identity Credentials::look_up(std::string_view token, const std::string& hash, bool by_cookie) {
  std::uint64_t forgets_before = 0;
  {
    const std::lock_guard lock(mutex_);
    forgets_before = forgets_;
  }
  auto session = database_.acquire();
  auto rows = !session    ? Outcome<sdk::RowsPtr>(sdk::fail(session.error()))
              : by_cookie ? (*session)->run(k_by_session, {sdk::Param::bytes(hash), clock_.now()})
                          : (*session)->run(k_by_token,
                                            {sdk::Param::bytes(hash), clock_.now(), clock_.now() - k_last_use_step});
  if (!rows) {
    Identity unknown;
    unknown.is_unknown = rows.error().kind == sdk::FailureKind::unavailable;
    if (!unknown.is_unknown) log_.error("auth.unavailable", {{"what", rows.error().message}});
    return unknown;
  }
  if ((*rows)->size() == 0) return {};
  sdk::RowReader row(**rows, 0);
  Known known;
  known.identity.principal = to_principal(row);
  known.identity.by_cookie = by_cookie;
  if (by_cookie) known.identity.csrf_token = csrf_token_for(token);
  known.expires_at = row.next_or_null<sdk::Micros>().value_or(k_never);
  if (!by_cookie) note_use(**session, row, clock_.now(), log_);
  known.good_until = std::chrono::steady_clock::now() + k_remember;
  Identity identity = known.identity;
  const std::lock_guard lock(mutex_);
  if (forgets_ != forgets_before) return identity;
  if (known_.size() >= k_known_max) known_.clear();
  known_.insert_or_assign((by_cookie ? 'c' : 't') + hash, std::move(known));
  return identity;
}

void Credentials::forget(sdk::UserId user) {
  const std::lock_guard lock(mutex_);
  ++forgets_;
  std::erase_if(known_, [&](const auto& entry) { return entry.second.identity.principal->id == user; });
}

Outcome<bool> Credentials::is_right(const std::optional<StoredPassword>& stored, std::string_view password) {
  if (stored && stored->hash) return hasher_.verify(*stored->hash, password);
  if (auto waited = hasher_.verify_nobody(password); !waited) return sdk::fail(waited.error());
  return false;
}

Outcome<LogInResult> Credentials::log_in(const LogInTry& tried) {
  std::optional<StoredPassword> stored;
  std::string key = GuessLimit::address_key(tried.email);
  {
    auto session = database_.acquire();
    if (!session) return sdk::fail(session.error());
    auto found = accounts_.find_by_email(**session, tried.email);
    if (!found) return sdk::fail(found.error());
    stored = std::move(*found);
    if (stored)
      if (const auto device = devices_.find(tried.device, stored->account.user.id);
          device && (!stored->set_at || device->since >= *stored->set_at))
        key = GuessLimit::device_key(device->id, tried.email);
    const auto wait = guesses_.count(**session, key);
    if (!wait) return sdk::fail(wait.error());
    if (*wait) return LogInResult{std::nullopt, *wait, {}};
  }  // the connection goes back before the slow part
  const auto right = is_right(stored, tried.password);
  if (!right) return sdk::fail(right.error());
  if (!*right || !stored->account.user.is_active) return LogInResult{};
  auto device = devices_.remember(tried.device, stored->account.user.id, clock_.now());
  if (!device) return sdk::fail(device.error());
  auto opened = sdk::in_transaction(database_, [&](Session& session) -> Outcome<SignedIn> {
    if (auto forgiven = guesses_.forgive(session, key); !forgiven) return sdk::fail(forgiven.error());
    return open_session(session, stored->account, stored->hash);
  });
  if (opened) return LogInResult{std::move(*opened), std::nullopt, std::move(*device)};
  if (opened.error().kind == sdk::FailureKind::not_found) return LogInResult{};
  return sdk::fail(opened.error());
}

sdk::Done Credentials::log_out(const sdk::Request& request) {
  const std::string_view token = cookie_value(request.header("Cookie").value_or(""), k_session_cookie);
  if (token.empty()) return {};
  const std::string hash = sha256(token);
  auto session = database_.acquire();
  if (!session) return sdk::fail(session.error());
  auto closed = (*session)->run(k_close, {sdk::Param::bytes(hash)});
  if (!closed) return sdk::fail(closed.error());
  const std::lock_guard lock(mutex_);
  ++forgets_;
  known_.erase('c' + hash);
  return {};
}

Outcome<SignedIn> Credentials::open_session(Session& session, Account account, const std::optional<std::string>& hash) {
  auto token = new_token(secrets_);
  if (!token) return sdk::fail(token.error());
  auto active = session.run(k_still_active, {account.user.id, hash});
  if (!active) return sdk::fail(active.error());
  if ((*active)->size() == 0) return sdk::fail(sdk::FailureKind::not_found, "deactivated meanwhile");
  const sdk::Micros now = clock_.now();
  const std::string token_hash = sha256(*token);
  auto opened = session.run(k_open, {sdk::Param::bytes(token_hash), account.user.id, now, now + k_session_life});
  if (!opened) return sdk::fail(opened.error());
  return SignedIn{std::move(account), *token, csrf_token_for(*token)};
}

Outcome<ApiToken> Credentials::make_token(const NewToken& wanted) {
  auto token = new_token(secrets_);
  if (!token) return sdk::fail(token.error());
  ApiToken made{0, std::string(wanted.name), clock_.now(), {}, {}, "crm_" + *token};
  if (wanted.expires_in_days) made.expires_at = made.created_at + std::chrono::days(*wanted.expires_in_days);
  const std::string hash = sha256(made.token);
  return sdk::in_transaction(database_, [&](Session& session) -> Outcome<ApiToken> {
    // The owner's row is locked first: a change of the password either comes before and ended the session, or after
    // and ends the token.
    auto owner = session.run(k_lock_owner, {wanted.user});
    if (!owner) return sdk::fail(owner.error());
    if ((*owner)->size() == 0) return sdk::fail(sdk::FailureKind::not_found, "deactivated meanwhile");
    if (!wanted.session_token.empty()) {
      const std::string asking = sha256(wanted.session_token);
      auto lives = session.run(k_session_lives, {sdk::Param::bytes(asking)});
      if (!lives) return sdk::fail(lives.error());
      if ((*lives)->size() == 0) return sdk::fail(sdk::FailureKind::not_found, "the session ended meanwhile");
    }
    auto rows = session.run(k_token_insert, {wanted.user, wanted.name, sdk::Param::bytes(hash), made.created_at,
                                             k_api_tokens_max, made.expires_at});
    if (!rows) return sdk::fail(rows.error());
    if ((*rows)->size() == 0)
      return sdk::fail(sdk::Failure{sdk::FailureKind::conflict, "too many API tokens", {}, "api_tokens_max", {}});
    made.id = sdk::RowReader(**rows, 0).next<std::int64_t>();
    return made;
  });
}

Outcome<std::vector<ApiToken>> Credentials::tokens(sdk::UserId user) {
  auto session = database_.acquire();
  if (!session) return sdk::fail(session.error());
  auto rows = (*session)->run(k_token_list, {user});
  if (!rows) return sdk::fail(rows.error());
  std::vector<ApiToken> tokens;
  for (std::size_t i = 0; i < (*rows)->size(); ++i) {
    sdk::RowReader row(**rows, i);
    tokens.push_back(to_token(row));
  }
  return tokens;
}

Outcome<ApiToken> Credentials::token(sdk::UserId user, std::int64_t id) {
  auto session = database_.acquire();
  if (!session) return sdk::fail(session.error());
  auto rows = (*session)->run(k_token_find, {user, id});
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() == 0) return sdk::fail(sdk::FailureKind::not_found, "no such token");
  sdk::RowReader row(**rows, 0);
  return to_token(row);
}

sdk::Done Credentials::delete_token(sdk::UserId user, std::int64_t id) {
  auto session = database_.acquire();
  if (!session) return sdk::fail(session.error());
  auto rows = (*session)->run(k_token_delete, {user, id});
  if (!rows) return sdk::fail(rows.error());
  forget(user);
  if ((*rows)->affected() == 0) return sdk::fail(sdk::FailureKind::not_found, "no such token");
  return {};
}

}  // namespace crm::app
