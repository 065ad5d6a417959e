#pragma once
/// A page's own words in its mails, as they are stored.
#include <optional>
#include <string_view>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/mail/mail_template.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

class MailTemplateRepository {
 public:
  virtual ~MailTemplateRepository() = default;
  virtual Result<std::optional<MailTemplate>> find(PageId page, MeetingEvent meeting_event,
                                                   std::string_view language) = 0;
  /// By occasion and language.
  virtual Result<std::vector<MailTemplate>> list(PageId page) = 0;
  virtual Done save(PageId page, const MailTemplate& words, Instant now) = 0;
  /// `not_found` when there was none.
  virtual Done remove(PageId page, MeetingEvent meeting_event, std::string_view language) = 0;
};

}  // namespace scheduling
