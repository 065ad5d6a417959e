#pragma once
/// Titles and descriptions of events, with placeholders: "{{meeting_type}} with {{attendee_name}}".
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

/// What a placeholder may stand for; the member's name is the placeholder's.
struct EventFacts {
  std::string_view attendee_name;
  std::string_view attendee_email;
  std::string_view host_name;
  std::string_view meeting_type;
  std::string_view page_name;
  std::string_view company_name;
  std::string_view location;
};

/// As in placeholders.hpp, with the names of EventFacts.
std::optional<std::string> unknown_placeholder(std::string_view text);
std::string render_event_text(std::string_view text, const EventFacts& facts);
std::string placeholder_list();

}  // namespace scheduling
