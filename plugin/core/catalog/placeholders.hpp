#pragma once
/// Texts that reps write with placeholders: "{{meeting_type}} with {{attendee_name}}".
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace scheduling {

struct NamedFact {
  std::string_view name;
  std::string_view value;
};

/// The first placeholder of `text` that `names` does not list, or "{{" when one is not closed. Empty: the
/// text is sound.
std::optional<std::string> unknown_placeholder(std::string_view text, std::span<const std::string_view> names);

/// Replaces each placeholder once; what is put in is never read again, so an attendee called
/// "{{host_name}}" stays that. The result is plain text: whoever writes it into HTML or a header escapes it.
std::string fill_placeholders(std::string_view text, std::span<const NamedFact> facts);

/// For refusals: "{{attendee_name}}, {{attendee_email}}, …".
std::string placeholder_list(std::span<const std::string_view> names);

}  // namespace scheduling
