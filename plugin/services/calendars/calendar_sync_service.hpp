#pragma once
/// Keeps the busy store in step with the calendars that block, and follows what hosts do to our events in them.
///
/// Thread: any; one reader of a connection at a time, on whichever instance. Nothing that somebody who books waits for
/// is held while a provider is asked. Source: behaviour B-9; ADR-0032.
#include <stop_token>
#include <string>
#include <vector>

#include "plugin/ports/zone_source.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/calendars/calendar_access.hpp"
#include "plugin/services/calendars/calendar_push.hpp"
#include "plugin/services/calendars/host_edits.hpp"

namespace scheduling {

struct SyncRound {
  int synced = 0;
  int failed = 0;
  bool more = false;
};

class CalendarSyncService {
 public:
  CalendarSyncService(Transactions& transactions, CalendarAccess& access, HostEdits& edits, CalendarPush& push,
                      const ZoneSource& zones, const Clock& clock)
      : transactions_(transactions), access_(access), edits_(edits), push_(push), zones_(zones), clock_(clock) {}

  /// Reads what is due, at most `count` connections.
  Result<SyncRound> sync_due(std::stop_token stop, int count);
  /// Reads now, after whoever reads already. How it ended stands in the connection.
  Done sync_now(ConnectionId id);

 private:
  /// One reading of one calendar, from its first page to its last.
  struct Reading {
    const CalendarConnection& connection;
    const ConnectedCalendar& calendar;
    ReadingPlace place{};
    bool is_whole = false;                ///< not only what changed
    std::vector<std::string> blocking{};  ///< of a whole one: ids that stay
    std::vector<std::string> own{};       ///< events of ours that it named
    std::size_t events = 0;
  };
  /// What is ours in a result page.
  struct Own {
    std::vector<WrittenEvent> events{};
    std::vector<std::string> marks{};
  };
  void sync_connection(ConnectionId id);
  std::string zone_of_schedule(UserId user);
  Result<Own> own_in(const Reading& reading, const ChangePage& page);
  Done follow(Reading& reading, const RemoteEvent& event, const Own& own, std::vector<HostDeletion>& deleted);
  Done follow_missing(Reading& reading, std::vector<HostDeletion>& deleted);
  std::optional<ProviderError> sync_calendars(const CalendarConnection& connection, std::vector<HostDeletion>& deleted);
  std::optional<ProviderError> sync_calendar(const CalendarConnection& connection, const ConnectedCalendar& calendar,
                                             std::vector<HostDeletion>& deleted);
  std::optional<ProviderError> read_pages(Reading& reading, std::vector<HostDeletion>& deleted);
  Done store(Reading& reading, const ChangePage& page, std::vector<HostDeletion>& deleted);
  Reading begin(const CalendarConnection& connection, const ConnectedCalendar& calendar, bool is_whole) const;
  std::optional<ProviderError> refresh_list(const CalendarConnection& connection);
  void settle(const CalendarConnection& connection, const std::optional<ProviderError>& error);

  Transactions& transactions_;
  CalendarAccess& access_;
  HostEdits& edits_;
  CalendarPush& push_;
  const ZoneSource& zones_;
  const Clock& clock_;
};

}  // namespace scheduling
