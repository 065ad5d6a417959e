#pragma once
/// Mail templates of a page: reads, saves, removes, previews and sends a test.
///
/// Thread: any. Errors: not_found for what is not the actor's, invalid_input naming occasion, language, subject, body.
#include <optional>
#include <string>
#include <vector>

#include "plugin/ports/presentation/message_catalog.hpp"
#include "plugin/ports/storage/mail_template_repository.hpp"
#include "plugin/services/actor.hpp"
#include "plugin/services/mail/mail_composer.hpp"

namespace scheduling {

class MailTemplateService {
 public:
  struct Parts {
    Transactions& transactions;
    const MailComposer& composer;
    const MessageCatalog& catalog;
    Mailer& mailer;
    const Site& site;
    const Clock& clock;
  };
  explicit MailTemplateService(const Parts& parts) : parts_(parts) {}

  const std::vector<std::string>& languages() const { return parts_.catalog.languages(); }
  Result<std::vector<MailTemplate>> list(const Actor& actor, PageId page);
  Result<MailTemplate> save(const Actor& actor, PageId page, const MailTemplateDraft& draft);
  Done remove(const Actor& actor, PageId page, const MailTemplateDraft& which);

  /// The mail an attendee of an example meeting would get. Without subject and body: as it would be sent today.
  Result<Mail> preview(const Actor& actor, PageId page, const MailTemplateDraft& draft);
  /// Sends that mail to the actor. `provider_unavailable` and `provider_refused` with the server's words in `detail`.
  Done send_test(const Actor& actor, PageId page, const MailTemplateDraft& draft);

 private:
  struct Example {
    MailSpec spec;
    MailData data;
  };
  Result<Example> example(Transaction& transaction, const Actor& actor, PageId page,
                          const MailTemplateDraft& draft) const;
  Result<MeetingDetails> example_details(Transaction& transaction, SchedulingPage page) const;
  Result<std::optional<MailTemplate>> texts_of(Transaction& transaction, PageId page,
                                               const MailTemplateDraft& draft) const;
  void add_links(Example& example) const;

  Parts parts_;
};

}  // namespace scheduling
