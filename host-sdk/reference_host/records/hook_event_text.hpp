#pragma once
/// Hook events as rows of `hook_events`: names of events, and what a hook was told, as JSON.
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/records.hpp"

namespace crm::app {

std::string_view event_name(sdk::RecordEvent event);
std::string_view event_name(sdk::UserEvent event);
std::optional<sdk::RecordEvent> record_event(std::string_view name);
std::optional<sdk::UserEvent> user_event(std::string_view name);

/// A RecordChange that owns what it shows.
struct StoredChange {
  sdk::RecordEvent event = sdk::RecordEvent::created;
  std::optional<sdk::Record> before;
  std::optional<sdk::Record> after;
  sdk::Cause cause;
  sdk::RecordChange view(sdk::Occurrence occurrence) const {
    return {event, before ? &*before : nullptr, after ? &*after : nullptr, &cause, occurrence};
  }
};

/// A UserChange that owns what it shows.
struct StoredUserChange {
  sdk::UserEvent event = sdk::UserEvent::deactivated;
  sdk::User user;
  sdk::Cause cause;
  sdk::UserChange view(sdk::Occurrence occurrence) const { return {event, &user, &cause, occurrence}; }
};

std::string change_json(const sdk::RecordChange& change);
std::string change_json(const sdk::UserChange& change);
/// `broken` when the text is not of our making.
sdk::Outcome<StoredChange> parse_change(sdk::RecordEvent event, std::string_view json);
sdk::Outcome<StoredUserChange> parse_user_change(sdk::UserEvent event, std::string_view json);

}  // namespace crm::app
