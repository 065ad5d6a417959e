#pragma once
/// What services ask of a calendar provider. Differences between providers end here.
///
/// Thread: any. Blocks: never call it in a transaction that holds a host's lock.
/// Source: behaviour B-9; ADR-0032.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/core/calendar/calendar_connection.hpp"
#include "plugin/core/calendar/remote_event.hpp"
#include "plugin/ports/calendar/provider_trouble.hpp"

namespace scheduling {

struct LogInQuestion {
  std::string state{};
  std::string challenge{};  ///< PKCE, S256
  std::string redirect_uri{};
};

struct ProviderTokens {
  std::string access{};
  std::optional<std::string> refresh{};
  std::chrono::seconds lifetime{0};
};

struct RemoteCalendar {
  std::string id{};
  std::string name{};
  std::string timezone{};
  bool is_primary = false;
  bool can_write = false;
};

struct RemoteCalendars {
  std::string account{};
  std::vector<RemoteCalendar> calendars{};
};

/// Where a reading goes on: in the middle of a list, behind the last change, or (both empty) at the beginning.
struct ReadingPlace {
  std::string page{};
  std::string sync_token{};
  Instant from{};           ///< of a reading from the beginning
  Instant until{};          ///< as above
  bool is_primary = false;  ///< the account's own calendar
};

struct ChangePage {
  std::vector<RemoteEvent> events{};
  std::string next_page{};   ///< empty: this was the last page, and
  std::string sync_token{};  ///< this is the next place
  /// Objects that were read as a whole: occurrences of theirs (ids that go on with "#") which `events` does not hold
  /// are gone.
  std::vector<std::string> replaced{};
  bool is_emptied = false;  ///< it lists nothing, and was full
};

/// The room that the event's own provider makes with it.
enum class EventRoom : std::uint8_t { none, google_meet, teams };

struct EventDraft {
  std::string id{};    ///< chosen by us, the same for each try; of an event that stands, the provider's
  std::string mark{};  ///< the meeting's UID
  Instant start{};
  Instant end{};
  std::string zone{};
  std::string summary{};
  std::string description{};
  std::string location{};
  bool tells_attendees = false;                                  ///< the provider invites, and tells of changes
  std::vector<std::pair<std::string, std::string>> attendees{};  ///< address and name
  bool replaces_attendees = false;   ///< an update writes them too: they are others than before. Answers are forgotten
  EventRoom room = EventRoom::none;  ///< what is to be made; one that the event has already stays
  std::string room_request{};        ///< names the wish: asked twice, it is one room
  bool keeps_body = false;           ///< the provider wrote its room into the text, which therefore stays
};

/// That a provider shall tell when a calendar changes. `secret` comes back with each word of it.
struct PushWish {
  std::string id{};  ///< for a provider that lets us name the channel
  std::string secret{};
  std::string address{};
  std::string calendar{};
  bool is_primary = false;
  Instant now{};
};

struct PushChannel {
  std::string id{};
  std::string resource{};
  Instant expires_at{};
};

class CalendarProvider {
 public:
  virtual ~CalendarProvider() = default;
  virtual std::string_view name() const noexcept = 0;
  virtual bool is_configured() const = 0;
  /// Whether people are led to it to give their consent.
  virtual bool takes_consent() const noexcept { return true; }
  /// Of a new connection.
  virtual Invites invites_at_first() const noexcept { return Invites::provider; }
  virtual std::string log_in_url(const LogInQuestion& question) const = 0;
  /// `scope_missing` when the user granted less than is needed.
  virtual Told<ProviderTokens> exchange(std::string_view code, std::string_view verifier,
                                        std::string_view redirect_uri) = 0;
  virtual Told<ProviderTokens> refresh(std::string_view refresh_token) = 0;
  /// As good as it goes: what cannot be revoked expires.
  virtual void revoke(std::string_view token) = 0;
  virtual Told<RemoteCalendars> calendars(std::string_view access) = 0;
  virtual Told<ChangePage> changes(std::string_view access, std::string_view calendar, const ReadingPlace& place) = 0;
  virtual Told<RemoteEvent> find_event(std::string_view access, std::string_view calendar, std::string_view id) = 0;
  /// What an earlier try to insert that draft made; `not_found`: it did not arrive.
  virtual Told<RemoteEvent> find_inserted(std::string_view access, std::string_view calendar, const EventDraft& draft) {
    return find_event(access, calendar, draft.id);
  }
  /// The event with that mark, should its owner have given it another id; `not_found` where ids stay what they are.
  virtual Told<RemoteEvent> find_marked(std::string_view, std::string_view, std::string_view) {
    return ProviderError{ProviderTrouble::not_found, {}, {}};
  }
  /// The answer's id is the one under which it is found from then on.
  virtual Told<RemoteEvent> insert_event(std::string_view access, std::string_view calendar,
                                         const EventDraft& draft) = 0;
  /// `changed` when the event is no longer the one with that etag.
  virtual Told<RemoteEvent> update_event(std::string_view access, std::string_view calendar, const EventDraft& draft,
                                         std::string_view etag) = 0;
  /// What is gone already is `not_found`.
  virtual Told<bool> delete_event(std::string_view access, std::string_view calendar, std::string_view id,
                                  bool tells_attendees) = 0;
  /// `refused` by a provider that tells of nothing. How long the channel lives is the provider's to say.
  virtual Told<PushChannel> watch(std::string_view, const PushWish&) {
    return ProviderError{ProviderTrouble::refused, "no push", {}};
  }
  /// As good as it goes: what is not stopped expires.
  virtual void unwatch(std::string_view, const PushChannel&) {}
};

class CalendarProviders {
 public:
  virtual ~CalendarProviders() = default;
  virtual CalendarProvider* find(std::string_view name) const noexcept = 0;
};

}  // namespace scheduling
