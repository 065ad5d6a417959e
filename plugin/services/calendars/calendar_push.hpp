#pragma once
/// Has providers tell when calendars change, and takes their word as a hint: the connection is read soon. Polling stays
/// the truth, so that lost, late, repeated and invented words change nothing.
///
/// Thread: any. Source: behaviour B-9; ADR-0036.
#include <map>
#include <mutex>
#include <string_view>

#include "plugin/ports/crm/site.hpp"
#include "plugin/ports/storage/calendars/push_repository.hpp"
#include "plugin/services/calendars/calendar_access.hpp"

namespace scheduling {

class CalendarPush {
 public:
  CalendarPush(Transactions& transactions, CalendarAccess& access, TokenVault& vault, const Site& site,
               const Clock& clock)
      : transactions_(transactions), access_(access), vault_(vault), site_(site), clock_(clock) {}

  /// Opens a channel for each calendar that is used, and another one before a channel ends. What fails is tried again
  /// later; nothing depends on it.
  void keep(const CalendarConnection& connection);
  /// Stops them all: the account is disconnected.
  void end(ConnectionId connection);

  enum class Word : std::uint8_t {
    changed,  ///< something is new
    ended,    ///< the provider ended the channel, too
  };
  /// A channel that nobody knows and a secret that is wrong are no errors: whoever asks learns nothing.
  void heard(std::string_view provider, std::string_view channel, std::string_view secret, Word word);

 private:
  void open(const CalendarConnection& connection, const ConnectedCalendar& calendar,
            const std::optional<StoredChannel>& before);
  bool may_try(CalendarId calendar);
  void note_failure(CalendarId calendar);

  Transactions& transactions_;
  CalendarAccess& access_;
  TokenVault& vault_;
  const Site& site_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<CalendarId, Instant> failed_;  ///< until when it is not tried again
};

}  // namespace scheduling
