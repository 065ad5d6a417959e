#include "plugin/adapters/postgres/pg_mail_template_repository.hpp"

#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/adapters/postgres/table_row.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::mail_template_repository;
using crm::sdk::RowReader;

Result<MailTemplate> read_template(RowReader& row) {
  using Column = columns::mail_templates;
  const TableRow<Column> stored(row);
  MailTemplateDraft draft;
  draft.meeting_event = stored.get<std::string>(Column::occasion);
  draft.language = stored.get<std::string>(Column::language);
  draft.subject = stored.get<std::string>(Column::subject);
  draft.body = stored.get<std::string>(Column::body);
  auto words = MailTemplate::make(draft);
  if (!words) return fail(Code::broken, "stored words of a mail: " + words.error().fields.front().message);
  return words;
}

}  // namespace

Result<std::optional<MailTemplate>> PgMailTemplateRepository::find(PageId page, MeetingEvent meeting_event,
                                                                   std::string_view language) {
  return session_.one<MailTemplate>(session_.run(query::find, {page.value, name_of(meeting_event), language}),
                                    read_template);
}

Result<std::vector<MailTemplate>> PgMailTemplateRepository::list(PageId page) {
  return session_.all<MailTemplate>(session_.run(query::list, {page.value}), read_template);
}

Done PgMailTemplateRepository::save(PageId page, const MailTemplate& words, Instant now) {
  return session_.execute(query::save,
                          {page.value, name_of(words.meeting_event), words.language, words.subject, words.body, now});
}

Done PgMailTemplateRepository::remove(PageId page, MeetingEvent meeting_event, std::string_view language) {
  auto rows = session_.run(query::remove, {page.value, name_of(meeting_event), language});
  if (!rows) return fail(std::move(rows.error()));
  if ((*rows)->size() == 0) return fail(Code::not_found);
  return {};
}

}  // namespace scheduling
