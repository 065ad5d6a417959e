#include "plugin/services/calendars/calendar_access.hpp"

namespace scheduling {
namespace {

/// Who begins a call with a token must still be able to end it.
constexpr std::chrono::seconds k_spare{60};

ProviderError our_trouble(const Error& error) {
  return {ProviderTrouble::unavailable, std::string(name_of(error.code)) + ": " + error.detail, {}};
}

}  // namespace

Result<StoredTokens> CalendarAccess::sealed(const ProviderTokens& tokens, ConnectionId connection,
                                            std::string_view provider) const {
  StoredTokens stored;
  stored.provider = provider;
  auto access = vault_.seal(tokens.access, connection);
  if (!access) return fail(std::move(access.error()));
  stored.access = std::move(*access);
  if (tokens.refresh) {
    auto refresh = vault_.seal(*tokens.refresh, connection);
    if (!refresh) return fail(std::move(refresh.error()));
    stored.refresh = std::move(*refresh);
  }
  stored.expires_at = clock_.now() + tokens.lifetime;
  return stored;
}

Result<std::optional<std::string>> CalendarAccess::usable(const StoredTokens& tokens, ConnectionId connection,
                                                          const std::string& refused) const {
  if (tokens.expires_at && *tokens.expires_at < clock_.now() + k_spare) return std::optional<std::string>{};
  auto access = vault_.open(tokens.access, connection);
  if (!access) return fail(std::move(access.error()));
  if (*access == refused) return std::optional<std::string>{};
  return std::optional(std::move(*access));
}

Told<CalendarAccess::Door> CalendarAccess::open(ConnectionId connection, const std::string& refused) {
  auto tokens =
      transactions_.reading([&](Transaction& transaction) { return transaction.calendars().tokens(connection); });
  if (!tokens) return our_trouble(tokens.error());
  if (!*tokens) return ProviderError{ProviderTrouble::refused, "the connection was removed", {}};
  if (!(*tokens)->is_active) return ProviderError{ProviderTrouble::consent_gone, "the connection is broken", {}};
  CalendarProvider* const provider = providers_.find((*tokens)->provider);
  if (!provider) return ProviderError{ProviderTrouble::refused, "no such provider", {}};
  auto access = usable(**tokens, connection, refused);
  if (!access) return our_trouble(access.error());
  if (*access) return Door{provider, std::move(**access)};
  return renew(connection, refused);
}

/// The row's lock makes one refresher of all instances. Whoever waited finds the new token.
Told<CalendarAccess::Door> CalendarAccess::renew(ConnectionId connection, const std::string& refused) {
  Told<Door> told = ProviderError{};
  auto done = transactions_.once([&](Transaction& transaction) -> Done {
    auto tokens = transaction.calendars().tokens_for_update(connection);
    if (!tokens) return fail(std::move(tokens.error()));
    CalendarProvider* const provider = *tokens ? providers_.find((*tokens)->provider) : nullptr;
    if (!provider) return fail(Code::not_found, "the connection was removed");
    auto access = usable(**tokens, connection, refused);
    if (!access) return fail(std::move(access.error()));
    if (*access) {
      told = Door{provider, std::move(**access)};
      return {};
    }
    if (!(*tokens)->refresh) {
      told = ProviderError{ProviderTrouble::consent_gone, "there is no refresh token", {}};
      return {};
    }
    auto refresh = vault_.open(*(*tokens)->refresh, connection);
    if (!refresh) return fail(std::move(refresh.error()));
    auto fresh = provider->refresh(*refresh);
    if (!fresh) {
      told = fresh.error();
      // The administrator's settings are wrong perhaps; nothing is wrong with what was to be done.
      if (told.is(ProviderTrouble::refused))
        told = ProviderError{ProviderTrouble::unavailable, told.error().detail, {}};
      return {};
    }
    // Sealed anew each time, so that a key that was replaced is needed for an hour only.
    if (!fresh->refresh) fresh->refresh = std::move(*refresh);
    auto stored = sealed(*fresh, connection, (*tokens)->provider);
    if (!stored) return fail(std::move(stored.error()));
    told = Door{provider, std::move(fresh->access)};
    return transaction.calendars().save_tokens(connection, *stored, clock_.now());
  });
  if (!done) return our_trouble(done.error());
  if (told.is(ProviderTrouble::consent_gone) || told.is(ProviderTrouble::scope_missing)) note_broken(connection);
  return told;
}

void CalendarAccess::note_broken(ConnectionId connection) {
  const ConnectionError error{"consent_gone",
                              "The provider no longer lets the CRM into this calendar. Connect the account again.",
                              clock_.now()};
  // Whether this is stored or not, the provider's answer stays the same; the next call notes it then.
  static_cast<void>(transactions_.in_transaction(
      [&](Transaction& transaction) { return transaction.calendars().break_connection(connection, error); }));
}

}  // namespace scheduling
