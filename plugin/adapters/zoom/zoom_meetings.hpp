#pragma once
/// Zoom behind the ports: log-in of users, the CRM's own account, and meetings as rooms.
///
/// Thread: any. It is a calendar provider without calendars, so that accounts are connected in one way.
#include <mutex>

#include "plugin/adapters/web_api/web_api.hpp"
#include "plugin/ports/calendar/calendar_provider.hpp"
#include "plugin/ports/calendar/http_client.hpp"
#include "plugin/ports/calendar/room_provider.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"

namespace scheduling {

class ZoomMeetings final : public CalendarProvider, public RoomProvider {
 public:
  ZoomMeetings(HttpClient& http, const SettingsSource& settings, const Clock& clock)
      : http_(http), settings_(settings), clock_(clock) {}
  std::string_view name() const noexcept override { return "zoom"; }

  /// Users connect only where the CRM has no account of its own.
  bool is_configured() const override;
  std::string log_in_url(const LogInQuestion& question) const override;
  Told<ProviderTokens> exchange(std::string_view code, std::string_view verifier,
                                std::string_view redirect_uri) override;
  Told<ProviderTokens> refresh(std::string_view refresh_token) override;
  void revoke(std::string_view token) override;
  Told<RemoteCalendars> calendars(std::string_view access) override;
  Told<ChangePage> changes(std::string_view, std::string_view, const ReadingPlace&) override { return no_calendar(); }
  Told<RemoteEvent> find_event(std::string_view, std::string_view, std::string_view) override { return no_calendar(); }
  Told<RemoteEvent> insert_event(std::string_view, std::string_view, const EventDraft&) override {
    return no_calendar();
  }
  Told<RemoteEvent> update_event(std::string_view, std::string_view, const EventDraft&, std::string_view) override {
    return no_calendar();
  }
  Told<bool> delete_event(std::string_view, std::string_view, std::string_view, bool) override { return no_calendar(); }

  bool makes_rooms() const override;
  bool has_own_account() const override;
  Told<std::string> own_access(std::string_view refused) override;
  Told<MadeRoom> create_room(std::string_view access, std::string_view owner, const RoomDraft& draft) override;
  Told<MadeRoom> find_room(std::string_view access, std::string_view owner, const RoomDraft& draft) override;
  Told<bool> update_room(std::string_view access, std::string_view id, const RoomDraft& draft) override;
  Told<bool> delete_room(std::string_view access, std::string_view id) override;

 private:
  static ProviderError no_calendar() { return {ProviderTrouble::refused, "Zoom has no calendars", {}}; }
  Told<web_api::TokenAnswer> ask_for_tokens(const web_api::Form& form);
  HttpCall api_call(std::string method, std::string_view access, const std::string& path) const;

  HttpClient& http_;
  const SettingsSource& settings_;
  const Clock& clock_;
  std::mutex mutex_;
  std::string own_token_;
  std::string own_client_;  ///< whose token that is: settings change
  Instant own_until_{};
};

}  // namespace scheduling
