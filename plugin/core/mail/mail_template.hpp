#pragma once
/// A rep's own subject and body for one kind of mail in one language.
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/catalog/placeholders.hpp"
#include "plugin/core/mail/meeting_event.hpp"
#include "plugin/core/result.hpp"

namespace scheduling {

inline constexpr std::size_t k_mail_subject_length_max = 200;
inline constexpr std::size_t k_mail_body_length_max = 4000;

/// The names a subject or body may use, in the order in which help texts list them. What a meeting does not
/// have (a reason, a previous time) is put in as nothing.
inline constexpr std::array<std::string_view, 14> k_mail_placeholders = {
    "attendee_name", "attendee_email", "host_name", "meeting_type", "page_name",     "company_name",  "location",
    "date",          "time",           "timezone",  "duration",     "previous_date", "previous_time", "reason"};

struct MailTemplateDraft {
  std::string meeting_event;
  std::string language;
  std::string subject;
  std::string body;
};

/// Valid by construction.
struct MailTemplate {
  MeetingEvent meeting_event = MeetingEvent::booked;
  std::string language;  ///< "de", "pt-BR"
  std::string subject;   ///< one line
  std::string body;      ///< plain text; blank lines part paragraphs
  friend bool operator==(const MailTemplate&, const MailTemplate&) = default;

  /// All field errors at once: occasion, language, subject, body. An unknown or unclosed placeholder is
  /// `invalid_option` on its field. `languages`: those there are texts for; none given: any well-formed tag, so
  /// that what was stored outlives a language that is taken away.
  static Result<MailTemplate> make(const MailTemplateDraft& draft, const std::vector<std::string>& languages = {});
};

MailTemplateDraft to_draft(const MailTemplate& text);

}  // namespace scheduling
