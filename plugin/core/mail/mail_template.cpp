#include "plugin/core/mail/mail_template.hpp"

#include <algorithm>

#include "plugin/core/text/plain_text.hpp"

namespace scheduling {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// "de", "pt-BR", "zh-Hant": what a file of texts may be called.
bool is_language_tag(std::string_view tag) {
  const auto end = tag.find('-');
  const std::string_view language = tag.substr(0, end);
  const bool is_language = (language.size() == 2 || language.size() == 3) &&
                           std::ranges::all_of(language, [](char c) { return c >= 'a' && c <= 'z'; });
  if (!is_language || end == std::string_view::npos) return is_language;
  const std::string_view rest = tag.substr(end + 1);
  return rest.size() >= 2 && rest.size() <= 4 && std::ranges::all_of(rest, is_letter);
}

std::string checked_language(FieldErrors& errors, const std::string& draft, const std::vector<std::string>& known) {
  std::string language = check_text(errors, "language", draft, {.length_max = 8, .required = true});
  if (errors.names("language")) return {};
  if (!is_language_tag(language)) {
    errors.add("language", "invalid_format", "A language such as \"en\" or \"de\".");
  } else if (!known.empty() && std::ranges::find(known, language) == known.end()) {
    std::string list;
    for (const std::string& each : known) list += (list.empty() ? "" : ", ") + each;
    errors.add("language", "invalid_option", "There are no mails in this language; choose one of " + list + ".");
  }
  return language;
}

std::string checked_template(FieldErrors& errors, std::string_view field, const std::string& draft, TextRule rule) {
  std::string text = check_text(errors, field, draft, rule);
  if (const auto unknown = unknown_placeholder(text, k_mail_placeholders)) {
    const std::string allowed = "; use " + placeholder_list(k_mail_placeholders) + ".";
    errors.add(std::string(field), "invalid_option",
               *unknown == "{{" ? "A placeholder is not closed with }}" + allowed
                                : "There is no placeholder \"" + *unknown + "\"" + allowed);
  }
  return text;
}

/// Browsers send CR LF; mails and comparisons want one form.
std::string with_plain_line_ends(std::string text) {
  std::erase(text, '\r');
  return text;
}

}  // namespace

Result<MailTemplate> MailTemplate::make(const MailTemplateDraft& draft, const std::vector<std::string>& languages) {
  FieldErrors errors;
  MailTemplate text;
  if (const auto meeting_event = meeting_event_of(draft.meeting_event); meeting_event && is_rewordable(*meeting_event))
    text.meeting_event = *meeting_event;
  else
    errors.add("occasion", draft.meeting_event.empty() ? "required" : "invalid_option",
               "What the mail is about: booked, …");
  text.language = checked_language(errors, draft.language, languages);
  text.subject =
      checked_template(errors, "subject", draft.subject, {.length_max = k_mail_subject_length_max, .required = true});
  text.body = checked_template(errors, "body", with_plain_line_ends(draft.body),
                               {.length_max = k_mail_body_length_max, .lines = Lines::many, .required = true});
  if (!errors.empty()) return fail(std::move(errors).to_error());
  return text;
}

MailTemplateDraft to_draft(const MailTemplate& text) {
  return {std::string(name_of(text.meeting_event)), text.language, text.subject, text.body};
}

}  // namespace scheduling
