#include "reference_host/auth/guess_limit.hpp"

#include "reference_host/auth/token.hpp"
#include "reference_host/mail/address.hpp"

namespace crm::app {
namespace {

using sdk::Outcome;
using sdk::Session;
using sdk::Statement;
using std::chrono::seconds;

constexpr sdk::Micros::duration k_room = k_guess_step * k_guesses_in_a_row;

// $2 now, $3 one step later, $4 the furthest that free_at may lie ahead. No row: refused.
constexpr Statement k_count{
    "password_guesses.count",
    "INSERT INTO password_guesses (guess_key, free_at) VALUES ($1, $3) ON CONFLICT (guess_key) DO UPDATE "
    "SET free_at = GREATEST(password_guesses.free_at, $2) + ($3::timestamptz - $2::timestamptz) "
    "WHERE GREATEST(password_guesses.free_at, $2) + ($3::timestamptz - $2::timestamptz) <= $4 RETURNING 1"};
constexpr Statement k_free_at{"password_guesses.free_at", "SELECT free_at FROM password_guesses WHERE guess_key = $1"};
constexpr Statement k_forgive{
    "password_guesses.forgive",
    "UPDATE password_guesses SET free_at = free_at - ($3::timestamptz - $2::timestamptz) WHERE guess_key = $1"};
constexpr Statement k_purge{"password_guesses.purge", "DELETE FROM password_guesses WHERE free_at <= $1"};

}  // namespace

Outcome<std::optional<seconds>> GuessLimit::count(Session& session, const std::string& key) {
  using Wait = std::optional<seconds>;
  if (!is_on_) return Wait{};
  const sdk::Micros now = clock_.now();
  auto counted = session.run(k_count, {sdk::Param::bytes(key), now, now + k_guess_step, now + k_room});
  if (!counted) return sdk::fail(counted.error());
  if ((*counted)->size() == 1) return Wait{};
  auto rows = session.run(k_free_at, {sdk::Param::bytes(key)});
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() == 0) return Wait{seconds(1)};
  const auto over = sdk::RowReader(**rows, 0).next<sdk::Micros>() + k_guess_step - (now + k_room);
  return Wait{std::max(seconds(1), std::chrono::ceil<seconds>(over))};
}

sdk::Done GuessLimit::forgive(Session& session, const std::string& key) {
  if (!is_on_) return {};
  const sdk::Micros now = clock_.now();
  auto done = session.run(k_forgive, {sdk::Param::bytes(key), now, now + k_guess_step});
  if (!done) return sdk::fail(done.error());
  return {};
}

std::string GuessLimit::address_key(std::string_view email) {
  return sha256("address:" + email_key(email));
}

std::string GuessLimit::device_key(std::string_view device, std::string_view email) {
  return sha256("device:" + std::string(device) + ":" + email_key(email));
}

std::string GuessLimit::change_key(sdk::UserId user) {
  return sha256("change:" + std::to_string(user.value));
}

Outcome<std::int64_t> purge_guesses(Session& session, sdk::Micros now) {
  auto gone = session.run(k_purge, {now});
  if (!gone) return sdk::fail(gone.error());
  return static_cast<std::int64_t>((*gone)->affected());
}

}  // namespace crm::app
