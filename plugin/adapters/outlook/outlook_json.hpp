#pragma once
/// Microsoft Graph's JSON (v1.0) as the port's types, and back.
#include <optional>
#include <string>
#include <string_view>

#include "plugin/ports/calendar/calendar_provider.hpp"
#include "plugin/ports/calendar/windows_zones.hpp"

namespace scheduling {

/// None for what is no such JSON.
std::optional<RemoteEvent> read_outlook_event(const std::string& json, const WindowsZones& zones);
/// One result page of a list of events or of its changes; what was removed comes first, because an event that a page
/// names twice, removed and live, is live.
std::optional<ChangePage> read_outlook_changes(const std::string& json, const WindowsZones& zones);
/// The first event of a list; a list without one is `is_empty`.
struct OutlookFinding {
  std::optional<RemoteEvent> event{};
  bool is_empty = false;
};
OutlookFinding read_outlook_finding(const std::string& json, const WindowsZones& zones);
/// One result page of the calendars; `next_page` gets what follows.
bool read_outlook_calendars(const std::string& json, RemoteCalendars& calendars, std::string& next_page);
/// The IANA name of the mailbox's zone.
std::optional<std::string> read_outlook_zone(const std::string& json, const WindowsZones& zones);
/// Whether the calendar's mailbox can make rooms in Teams.
bool allows_teams(const std::string& json);

/// The code of an error, in lower case: Graph writes some of them in several ways.
std::string outlook_error_code(const std::string& json);

enum class OutlookWrite { insert, patch };
/// A patch leaves out the attendees, whose answers would be forgotten otherwise, unless
/// they are others than before. Where Teams wrote its link into the
/// text of the event it leaves that out too (`keeps_body`).
std::string write_outlook_event(const EventDraft& draft, OutlookWrite write, bool keeps_body);

std::string write_outlook_subscription(const PushWish& wish, const std::string& resource);
std::optional<PushChannel> read_outlook_subscription(const std::string& json);

/// Our marks on an event, which nobody sees: the meeting's UID, and the id that we chose for the try.
inline constexpr const char* k_outlook_mark = "String {7d0a5c1e-3b55-4e0b-9f6e-2a4c8f1d9b31} Name meetingScheduler";
inline constexpr const char* k_outlook_try = "String {7d0a5c1e-3b55-4e0b-9f6e-2a4c8f1d9b31} Name meetingSchedulerTry";

}  // namespace scheduling
