#pragma once
/// Connects accounts of users, shows and changes what they chose, and forgets them.
///
/// Thread: any. Errors: not_found for what is not the actor's; provider_refused and provider_unavailable with what the
/// provider said in `detail`. Source: behaviour B-9, B-13.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/ports/calendar/password_log_in.hpp"
#include "plugin/ports/crm/site.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/calendars/calendar_access.hpp"
#include "plugin/services/calendars/calendar_push.hpp"

namespace scheduling {

struct ConnectionPatch {
  std::vector<CalendarChoice> calendars{};  ///< the others stay
  std::optional<Invites> invites{};
};

class CalendarConnections {
 public:
  CalendarConnections(Transactions& transactions, const CalendarProviders& providers, PasswordLogIn& caldav,
                      CalendarAccess& access, CalendarPush& push, TokenVault& vault, const Site& site,
                      const Clock& clock)
      : transactions_(transactions),
        providers_(providers),
        caldav_(caldav),
        access_(access),
        push_(push),
        vault_(vault),
        site_(site),
        clock_(clock) {}

  /// Whether there is such a provider, to which people are led for their consent.
  bool is_known(std::string_view provider) const;
  bool is_configured(std::string_view provider) const;
  /// Where the user's browser goes to give their consent.
  Result<std::string> begin_log_in(const Actor& actor, std::string_view provider);
  /// What came back: `state` of that user's log-in, once. `too_late`: it is not, or no longer. `not_yours`: the user
  /// granted less than is needed.
  Result<ConnectionId> finish_log_in(const Actor& actor, std::string_view provider, std::string_view code,
                                     std::string_view state);
  /// With a password, at a CalDAV server. Errors: invalid_input naming `url`, `username` or `password`.
  Result<ConnectionId> connect_caldav(const Actor& actor, const PasswordQuestion& question);
  /// The provider sent the user back without a code; the state is used up.
  void give_up_log_in(const Actor& actor, std::string_view provider, std::string_view state);

  /// Of one user, or everybody's.
  Result<std::vector<CalendarConnection>> list(std::optional<UserId> user);
  Result<CalendarConnection> get(const Actor& actor, ConnectionId id);
  Result<CalendarConnection> update(const Actor& actor, ConnectionId id, const ConnectionPatch& patch);
  Done remove(const Actor& actor, ConnectionId id);

 private:
  std::string redirect_uri(std::string_view provider) const;
  Result<std::string> take_verifier(const Actor& actor, std::string_view provider, std::string_view state);
  Result<ConnectionId> save(const Actor& actor, std::string_view provider, const ProviderTokens& tokens,
                            const RemoteCalendars& calendars);
  static Result<CalendarConnection> find(Transaction& transaction, const Actor& actor, ConnectionId id);

  Transactions& transactions_;
  const CalendarProviders& providers_;
  PasswordLogIn& caldav_;
  CalendarAccess& access_;
  CalendarPush& push_;
  TokenVault& vault_;
  const Site& site_;
  const Clock& clock_;
};

/// A provider's trouble as the module's own error.
Error to_error(const ProviderError& error);

}  // namespace scheduling
