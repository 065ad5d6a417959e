#pragma once
/// Titles and descriptions with placeholders: "{{meeting_type}} with {{attendee_name}}".
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

/// The first placeholder that does not exist, or "{{" when one is not closed. Empty: the text is sound.
std::optional<std::string> unknown_placeholder(std::string_view text);

/// Replaces each placeholder once; what is put in is never read again, so an attendee called
/// "{{host_name}}" stays that. The result is plain text: whoever writes it into HTML or a header escapes it.
std::string render_event_text(std::string_view text, const EventFacts& facts);

/// For refusals: "{{attendee_name}}, {{attendee_email}}, …".
std::string placeholder_list();

}  // namespace scheduling
