#pragma once
/// Outlook's calendars behind the port: Microsoft's OAuth, and Graph's lists, changes and errors.
#include "plugin/adapters/outlook/mailbox_turns.hpp"
#include "plugin/adapters/web_api/web_api.hpp"
#include "plugin/ports/calendar/calendar_provider.hpp"
#include "plugin/ports/calendar/http_client.hpp"
#include "plugin/ports/calendar/windows_zones.hpp"
#include "plugin/ports/crm/module_settings.hpp"

namespace scheduling {

class OutlookCalendar final : public CalendarProvider {
 public:
  OutlookCalendar(HttpClient& http, const SettingsSource& settings, const WindowsZones& zones)
      : http_(http), settings_(settings), zones_(zones) {}
  std::string_view name() const noexcept override { return "outlook"; }
  bool is_configured() const override;
  std::string log_in_url(const LogInQuestion& question) const override;
  Told<ProviderTokens> exchange(std::string_view code, std::string_view verifier,
                                std::string_view redirect_uri) override;
  Told<ProviderTokens> refresh(std::string_view refresh_token) override;
  /// Microsoft has no address where an app gives a token back: it is forgotten, and expires.
  void revoke(std::string_view) override {}
  Told<RemoteCalendars> calendars(std::string_view access) override;
  Told<ChangePage> changes(std::string_view access, std::string_view calendar, const ReadingPlace& place) override;
  Told<RemoteEvent> find_event(std::string_view access, std::string_view calendar, std::string_view id) override;
  Told<RemoteEvent> find_inserted(std::string_view access, std::string_view calendar, const EventDraft& draft) override;
  Told<RemoteEvent> find_marked(std::string_view access, std::string_view calendar, std::string_view mark) override;
  Told<RemoteEvent> insert_event(std::string_view access, std::string_view calendar, const EventDraft& draft) override;
  Told<RemoteEvent> update_event(std::string_view access, std::string_view calendar, const EventDraft& draft,
                                 std::string_view etag) override;
  Told<bool> delete_event(std::string_view access, std::string_view calendar, std::string_view id,
                          bool tells_attendees) override;
  Told<PushChannel> watch(std::string_view access, const PushWish& wish) override;
  void unwatch(std::string_view access, const PushChannel& channel) override;

 private:
  Told<ProviderTokens> ask_for_tokens(web_api::Form& form, bool is_first);
  HttpCall api_call(std::string method, std::string_view access, const std::string& path) const;
  /// A link that Graph gave is followed as it is, but only to Graph: the token goes with it.
  HttpCall linked_call(std::string_view access, const std::string& link) const;
  /// In the mailbox's turn.
  HttpAnswer send(std::string_view access, const HttpCall& call);
  bool is_graph(const std::string& link) const;
  Told<RemoteEvent> event_in(const HttpAnswer& answer, web_api::Asked asked) const;
  Told<RemoteEvent> first_with(std::string_view access, std::string_view calendar, const char* property,
                               const std::string& value);
  Told<std::string> mailbox_zone(std::string_view access);
  Told<EventDraft> possible(std::string_view access, std::string_view calendar, const EventDraft& draft);

  HttpClient& http_;
  MailboxTurns turns_;
  const SettingsSource& settings_;
  const WindowsZones& zones_;
};

}  // namespace scheduling
