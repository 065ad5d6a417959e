#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/storage/mail_template_repository.hpp"

namespace scheduling {

class PgMailTemplateRepository final : public MailTemplateRepository {
 public:
  explicit PgMailTemplateRepository(PgSession& session) : session_(session) {}
  Result<std::optional<MailTemplate>> find(PageId page, MeetingEvent meeting_event, std::string_view language) override;
  Result<std::vector<MailTemplate>> list(PageId page) override;
  Done save(PageId page, const MailTemplate& words, Instant now) override;
  Done remove(PageId page, MeetingEvent meeting_event, std::string_view language) override;

 private:
  PgSession& session_;
};

}  // namespace scheduling
