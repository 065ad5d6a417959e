#pragma once
/// CalDAV servers behind the port. What each can do is asked of it, never read from its name.
///
/// An event's id is its object's path on the server (its URL when it lies on another one); occurrences of a series have
/// "#" and their first time behind it. The access token is the account: there is nothing to renew.
#include "plugin/adapters/caldav/dav_account.hpp"
#include "plugin/adapters/caldav/dav_client.hpp"
#include "plugin/adapters/caldav/dav_place.hpp"
#include "plugin/ports/calendar/calendar_objects.hpp"
#include "plugin/ports/calendar/password_log_in.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"

namespace scheduling {

class CalDavCalendar final : public CalendarProvider, public PasswordLogIn {
 public:
  CalDavCalendar(HttpClient& http, const CalendarObjects& objects, const SettingsSource& settings, const Clock& clock)
      : http_(http), objects_(objects), settings_(settings), clock_(clock) {}
  std::string_view name() const noexcept override { return "caldav"; }
  bool is_configured() const override { return true; }
  bool takes_consent() const noexcept override { return false; }
  Invites invites_at_first() const noexcept override { return Invites::scheduler; }
  Result<PasswordAccount> log_in(const PasswordQuestion& question) override;

  std::string log_in_url(const LogInQuestion&) const override { return {}; }
  Told<ProviderTokens> exchange(std::string_view, std::string_view, std::string_view) override;
  Told<ProviderTokens> refresh(std::string_view) override;
  void revoke(std::string_view) override {}

  Told<RemoteCalendars> calendars(std::string_view access) override;
  Told<ChangePage> changes(std::string_view access, std::string_view calendar, const ReadingPlace& place) override;
  Told<RemoteEvent> find_event(std::string_view access, std::string_view calendar, std::string_view id) override;
  Told<RemoteEvent> find_marked(std::string_view access, std::string_view calendar, std::string_view mark) override;
  Told<RemoteEvent> insert_event(std::string_view access, std::string_view calendar, const EventDraft& draft) override;
  Told<RemoteEvent> update_event(std::string_view access, std::string_view calendar, const EventDraft& draft,
                                 std::string_view etag) override;
  Told<bool> delete_event(std::string_view access, std::string_view calendar, std::string_view id,
                          bool tells_attendees) override;

 private:
  HttpClient& http_;
  const CalendarObjects& objects_;
  const SettingsSource& settings_;
  const Clock& clock_;
};

}  // namespace scheduling
