#pragma once
/// Google Calendar behind the port: its OAuth, its lists and its errors.
#include "plugin/adapters/web_api/web_api.hpp"
#include "plugin/ports/calendar/calendar_provider.hpp"
#include "plugin/ports/calendar/http_client.hpp"
#include "plugin/ports/crm/module_settings.hpp"

namespace scheduling {

class GoogleCalendar final : public CalendarProvider {
 public:
  GoogleCalendar(HttpClient& http, const SettingsSource& settings) : http_(http), settings_(settings) {}
  std::string_view name() const noexcept override { return "google"; }
  bool is_configured() const override;
  std::string log_in_url(const LogInQuestion& question) const override;
  Told<ProviderTokens> exchange(std::string_view code, std::string_view verifier,
                                std::string_view redirect_uri) override;
  Told<ProviderTokens> refresh(std::string_view refresh_token) override;
  void revoke(std::string_view token) override;
  Told<RemoteCalendars> calendars(std::string_view access) override;
  Told<ChangePage> changes(std::string_view access, std::string_view calendar, const ReadingPlace& place) override;
  Told<RemoteEvent> find_event(std::string_view access, std::string_view calendar, std::string_view id) override;
  Told<RemoteEvent> find_marked(std::string_view access, std::string_view calendar, std::string_view mark) override;
  Told<RemoteEvent> insert_event(std::string_view access, std::string_view calendar, const EventDraft& draft) override;
  Told<RemoteEvent> update_event(std::string_view access, std::string_view calendar, const EventDraft& draft,
                                 std::string_view etag) override;
  Told<bool> delete_event(std::string_view access, std::string_view calendar, std::string_view id,
                          bool tells_attendees) override;
  Told<PushChannel> watch(std::string_view access, const PushWish& wish) override;
  void unwatch(std::string_view access, const PushChannel& channel) override;

 private:
  Told<ProviderTokens> ask_for_tokens(const web_api::Form& form);
  HttpCall api_call(std::string method, std::string_view access, const std::string& path) const;

  HttpClient& http_;
  const SettingsSource& settings_;
};

}  // namespace scheduling
