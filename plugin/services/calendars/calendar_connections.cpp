#include "plugin/services/calendars/calendar_connections.hpp"

#include <algorithm>

namespace scheduling {
namespace {

/// As long as a person needs at the provider, a second factor included.
constexpr std::chrono::minutes k_log_in_time{15};

Done check_choices(const CalendarConnection& connection, const std::vector<CalendarChoice>& choices) {
  FieldErrors errors;
  int writers = 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::string field = "calendars[" + std::to_string(i) + "].";
    const auto known = std::ranges::find(connection.calendars, choices[i].provider_id, &ConnectedCalendar::provider_id);
    if (known == connection.calendars.end()) {
      errors.add(field + "id", "invalid_option", "This connection has no such calendar.");
      continue;
    }
    if (!choices[i].writes_meetings) continue;
    if (!known->can_write)
      errors.add(field + "writes_meetings", "invalid_option", "You may read this calendar, not write to it.");
    if (++writers > 1) errors.add(field + "writes_meetings", "invalid_option", "Meetings are written to one calendar.");
  }
  if (errors.empty()) return {};
  return fail(std::move(errors).to_error());
}

}  // namespace

Error to_error(const ProviderError& error) {
  const std::string detail = std::string(name_of(error.trouble)) + " " + error.detail;
  switch (error.trouble) {
    case ProviderTrouble::scope_missing: return make_error(Code::not_yours, detail);
    case ProviderTrouble::rate_limited:
    case ProviderTrouble::unavailable:
    case ProviderTrouble::unknown: return make_error(Code::provider_unavailable, detail);
    default: return make_error(Code::provider_refused, detail);
  }
}

bool CalendarConnections::is_known(std::string_view provider) const {
  const CalendarProvider* const known = providers_.find(provider);
  return known && known->takes_consent();
}

bool CalendarConnections::is_configured(std::string_view provider) const {
  const CalendarProvider* const known = providers_.find(provider);
  return known && known->is_configured();
}

std::string CalendarConnections::redirect_uri(std::string_view provider) const {
  return site_.public_url() + "/api/v1/calendar/callback/" + std::string(provider);
}

Result<std::string> CalendarConnections::begin_log_in(const Actor& actor, std::string_view provider) {
  const CalendarProvider* const known = providers_.find(provider);
  if (!known) return fail(Code::not_found);
  auto secrets = vault_.fresh_log_in();
  if (!secrets) return fail(std::move(secrets.error()));
  auto verifier = vault_.seal_verifier(secrets->verifier, actor.id);
  if (!verifier) return fail(std::move(verifier.error()));
  const Instant now = clock_.now();
  const StoredLogIn log_in{vault_.digest(secrets->state), actor.id, std::string(provider), std::move(*verifier),
                           now + k_log_in_time};
  auto stored = transactions_.in_transaction(
      [&](Transaction& transaction) { return transaction.calendars().add_log_in(log_in, now); });
  if (!stored) return fail(std::move(stored.error()));
  return known->log_in_url({secrets->state, secrets->challenge, redirect_uri(provider)});
}

Result<std::string> CalendarConnections::take_verifier(const Actor& actor, std::string_view provider,
                                                       std::string_view state) {
  auto verifier = transactions_.in_transaction([&](Transaction& transaction) {
    return transaction.calendars().take_log_in(vault_.digest(state), actor.id, provider, clock_.now());
  });
  if (!verifier) return fail(std::move(verifier.error()));
  if (!*verifier) return fail(Code::too_late, "no such log-in is under way");
  return vault_.open_verifier(**verifier, actor.id);
}

void CalendarConnections::give_up_log_in(const Actor& actor, std::string_view provider, std::string_view state) {
  // Whether it was there or not: it expires by itself.
  static_cast<void>(take_verifier(actor, provider, state));
}

Result<ConnectionId> CalendarConnections::finish_log_in(const Actor& actor, std::string_view provider,
                                                        std::string_view code, std::string_view state) {
  CalendarProvider* const known = providers_.find(provider);
  if (!known) return fail(Code::not_found);
  auto verifier = take_verifier(actor, provider, state);
  if (!verifier) return fail(std::move(verifier.error()));
  auto tokens = known->exchange(code, *verifier, redirect_uri(provider));
  if (!tokens) return fail(to_error(tokens.error()));
  auto calendars = known->calendars(tokens->access);
  if (!calendars) return fail(to_error(calendars.error()));
  return save(actor, provider, *tokens, *calendars);
}

Result<ConnectionId> CalendarConnections::connect_caldav(const Actor& actor, const PasswordQuestion& question) {
  auto account = caldav_.log_in(question);
  if (!account) return fail(std::move(account.error()));
  return save(actor, "caldav", account->tokens, account->calendars);
}

Result<ConnectionId> CalendarConnections::save(const Actor& actor, std::string_view provider,
                                               const ProviderTokens& tokens, const RemoteCalendars& calendars) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<ConnectionId> {
    CalendarRepository& repository = transaction.calendars();
    auto known = repository.find_account(actor.id, provider, calendars.account);
    if (!known) return fail(std::move(known.error()));
    auto id = *known ? Result<ConnectionId>(**known) : repository.next_id();
    if (!id) return fail(std::move(id.error()));
    auto sealed = access_.sealed(tokens, *id, provider);
    if (!sealed) return fail(std::move(sealed.error()));
    const Instant now = clock_.now();
    if (auto saved = repository.save(*id, actor.id, calendars.account, *sealed, now); !saved)
      return fail(std::move(saved.error()));
    const CalendarProvider* const at = providers_.find(provider);
    if (!*known && at)
      if (auto invites = repository.save_invites(*id, at->invites_at_first(), now); !invites)
        return fail(std::move(invites.error()));
    auto listed = repository.save_calendars(*id, actor.id, calendars.calendars, !*known);
    if (!listed) return fail(std::move(listed.error()));
    if (auto wanted = repository.want_upcoming(actor.id, now); !wanted) return fail(std::move(wanted.error()));
    return *id;
  });
}

Result<std::vector<CalendarConnection>> CalendarConnections::list(std::optional<UserId> user) {
  return transactions_.reading([&](Transaction& transaction) { return transaction.calendars().list(user, {}); });
}

Result<CalendarConnection> CalendarConnections::find(Transaction& transaction, const Actor& actor, ConnectionId id) {
  auto found = transaction.calendars().list({}, id);
  if (!found) return fail(std::move(found.error()));
  if (found->empty() || !actor.may_touch(found->front().user)) return fail(Code::not_found);
  return std::move(found->front());
}

Result<CalendarConnection> CalendarConnections::get(const Actor& actor, ConnectionId id) {
  return transactions_.reading([&](Transaction& transaction) { return find(transaction, actor, id); });
}

Result<CalendarConnection> CalendarConnections::update(const Actor& actor, ConnectionId id,
                                                       const ConnectionPatch& patch) {
  return transactions_.in_transaction([&](Transaction& transaction) -> Result<CalendarConnection> {
    auto connection = find(transaction, actor, id);
    if (!connection) return connection;
    if (auto checked = check_choices(*connection, patch.calendars); !checked) return fail(std::move(checked.error()));
    const Instant now = clock_.now();
    CalendarRepository& repository = transaction.calendars();
    if (auto chosen = repository.choose(id, connection->user, patch.calendars); !chosen)
      return fail(std::move(chosen.error()));
    // Saved with who invites: what was chosen is read soon.
    if (auto saved = repository.save_invites(id, patch.invites.value_or(connection->invites), now); !saved)
      return fail(std::move(saved.error()));
    if (std::ranges::any_of(patch.calendars, &CalendarChoice::writes_meetings))
      if (auto wanted = repository.want_upcoming(connection->user, now); !wanted)
        return fail(std::move(wanted.error()));
    return find(transaction, actor, id);
  });
}

Done CalendarConnections::remove(const Actor& actor, ConnectionId id) {
  auto connection = get(actor, id);
  if (!connection) return fail(std::move(connection.error()));
  push_.end(id);
  auto tokens = transactions_.in_transaction([&](Transaction& transaction) -> Result<std::optional<StoredTokens>> {
    auto last = transaction.calendars().tokens_for_update(id);
    if (!last) return last;
    if (auto removed = transaction.calendars().remove(id); !removed) return fail(std::move(removed.error()));
    return last;
  });
  if (!tokens) return fail(std::move(tokens.error()));
  if (!*tokens) return fail(Code::not_found);
  // Forgotten first: a provider that is away does not keep the user connected.
  CalendarProvider* const provider = providers_.find(connection->provider);
  auto secret = access_.opened((*tokens)->refresh ? *(*tokens)->refresh : (*tokens)->access, id);
  if (provider && secret) provider->revoke(*secret);
  return {};
}

}  // namespace scheduling
