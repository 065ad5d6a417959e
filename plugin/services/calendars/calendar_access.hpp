#pragma once
/// Opens a provider's door for a connection: finds its token, renews it once for everybody, and notes when the user's
/// consent is gone.
///
/// Thread: any. Blocks while the provider is asked; a renewal holds the connection's row, which nobody who books needs.
/// Source: behaviour B-9.
#include <string>
#include <utility>

#include "plugin/ports/calendar/calendar_provider.hpp"
#include "plugin/ports/calendar/token_vault.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/storage/calendar_repository.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

class CalendarAccess {
 public:
  CalendarAccess(Transactions& transactions, const CalendarProviders& providers, TokenVault& vault, const Clock& clock)
      : transactions_(transactions), providers_(providers), vault_(vault), clock_(clock) {}

  /// `work(CalendarProvider&, const std::string& access) -> Told<T>`; once more with another token when the provider
  /// does not take the first.
  template <class Work>
  auto call(ConnectionId connection, Work&& work)
      -> decltype(work(std::declval<CalendarProvider&>(), std::declval<const std::string&>())) {
    std::string refused;
    for (bool is_second = false;; is_second = true) {
      auto door = open(connection, refused);
      if (!door) return door.error();
      auto told = work(*door->provider, std::as_const(door->token));
      if (is_second || !told.is(ProviderTrouble::token_refused)) return told;
      refused = std::move(door->token);
    }
  }

  /// Sealed for that connection, with the time at which they expire.
  Result<StoredTokens> sealed(const ProviderTokens& tokens, ConnectionId connection, std::string_view provider) const;
  Result<std::string> opened(std::string_view sealed, ConnectionId connection) const {
    return vault_.open(sealed, connection);
  }

 private:
  struct Door {
    CalendarProvider* provider = nullptr;
    std::string token{};
  };
  /// `refused`: a token that the provider does not take.
  Told<Door> open(ConnectionId connection, const std::string& refused);
  Told<Door> renew(ConnectionId connection, const std::string& refused);
  Result<std::optional<std::string>> usable(const StoredTokens& tokens, ConnectionId connection,
                                            const std::string& refused) const;
  void note_broken(ConnectionId connection);

  Transactions& transactions_;
  const CalendarProviders& providers_;
  TokenVault& vault_;
  const Clock& clock_;
};

}  // namespace scheduling
