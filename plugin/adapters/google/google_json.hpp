#pragma once
/// Google's JSON (Calendar API v3) as the port's types, and back.
#include <optional>
#include <string>
#include <string_view>

#include "plugin/ports/calendar/calendar_provider.hpp"

namespace scheduling {

/// None for what is no such JSON.
std::optional<RemoteEvent> read_google_event(const std::string& json);
std::optional<std::vector<RemoteEvent>> read_google_events(const std::string& json);
std::optional<ChangePage> read_google_changes(const std::string& json);
/// One result page of calendarList.list; `next_page` gets what follows.
bool read_google_calendars(const std::string& json, RemoteCalendars& calendars, std::string& next_page);

/// The first reason of an API answer; empty when there is none.
std::string google_error_reason(const std::string& json);

enum class GoogleWrite { insert, patch };
/// A patch leaves out the attendees, whose answers would be forgotten otherwise, unless they are others than before.
std::string write_google_event(const EventDraft& draft, GoogleWrite write);

std::string write_google_watch(const PushWish& wish);
std::string write_google_stop(const PushChannel& channel);
std::optional<PushChannel> read_google_channel(const std::string& json);

/// The mark of our events, visible to this account's copy alone.
inline constexpr const char* k_google_mark = "meetingScheduler";

}  // namespace scheduling
