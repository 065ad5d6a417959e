#pragma once
/// What a mail about a meeting says: subject, text and HTML in the recipient's language and zone.
///
/// Thread: any; nothing is kept between calls. Source: behaviour B-5 (no link that will not work), B-11.
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/mail/mail_template.hpp"
#include "plugin/core/mail/meeting_event.hpp"
#include "plugin/core/time/instant.hpp"
#include "plugin/core/time/zone_id.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"
#include "plugin/services/meeting/meeting_details.hpp"
#include "plugin/services/wording/localized_location.hpp"
#include "plugin/services/wording/localized_time.hpp"

namespace scheduling {

/// To whom about what; an outbox row.
struct MailSpec {
  MeetingEvent meeting_event = MeetingEvent::booked;
  MailRole role = MailRole::attendee;
  std::string recipient{};                       ///< an e-mail address
  ZoneId zone = ZoneId::utc();                   ///< the recipient's
  std::string locale{};                          ///< BCP 47; empty or unknown: English
  std::int32_t sequence = 0;                     ///< iCalendar SEQUENCE of the state that is told
  std::optional<Instant> previous_start{};       ///< the time that the reader knew, where it is another
  std::optional<std::string> reason{};           ///< of a cancellation or refusal
  std::optional<std::chrono::minutes> offset{};  ///< as in MeetingMail::reminder_offset
};

/// One line of the contact's timeline, for the host.
struct PastActivity {
  std::string subject;
  Instant occurs_at{};
};

/// What else the mail may tell. Links are whole; an empty one is not shown.
struct MailData {
  MeetingDetails details;
  Instant now{};
  std::string manage_url{};  ///< the attendee's, while cancelling or moving is still allowed
  bool may_cancel = false;
  bool may_reschedule = false;
  std::string approval_url{};           ///< where the host of a pending meeting confirms or declines
  std::string outcome_url{};            ///< where the host says what came of a meeting that is over
  std::string verification_url{};       ///< where the attendee proves that the address is theirs
  std::string meeting_url{};            ///< where the host sees the meeting in the CRM
  std::string contact_url{};            ///< where the host sees the contact in the CRM
  std::string book_again_url{};         ///< where the attendee of a meeting that will not be books another time
  std::optional<Instant> confirm_by{};  ///< until when the host of a pending meeting must answer
  std::vector<PastActivity> history{};  ///< latest first
  bool provider_invites = false;        ///< the reader's invitation comes from the host's calendar, not with this mail
  int no_shows = 0;                     ///< earlier meetings of this contact that it missed
  /// The rep's own words for attendee and guests. Used when occasion and language are this mail's; what a mail must
  /// say (the facts, that a meeting is not final, links) stays around them.
  std::optional<MailTemplate> custom_template{};
};

struct RenderedMail {
  std::string subject;  ///< one line
  std::string text;     ///< text/plain, LF line ends
  std::string html;     ///< a whole document, styles inlined
};

class MailRenderer {
 public:
  /// The templates are "mail" (HTML) and "mail_text".
  MailRenderer(const HtmlRenderer& renderer, const MessageCatalog& messages, const LocalizedTime& times,
               const LocalizedLocation& places)
      : renderer_(renderer), messages_(messages), times_(times), places_(places) {}

  RenderedMail compose(const MailSpec& spec, const MailData& data) const;

 private:
  const HtmlRenderer& renderer_;
  const MessageCatalog& messages_;
  const LocalizedTime& times_;
  const LocalizedLocation& places_;
};

}  // namespace scheduling
