#include "plugin/adapters/postgres/pg_meeting_type_repository.hpp"

#include "plugin/adapters/postgres/pg_page_repository.hpp"
#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/adapters/postgres/table_row.hpp"
#include "plugin/json/meeting_type_json.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::meeting_type_repository;

Result<OwnedMeetingType> read_type(crm::sdk::RowReader& row) {
  using Column = columns::meeting_types;
  const TableRow<Column> type(row);
  const UserId owner{row.next<std::int64_t>()};
  const MeetingTypeId id{type.get<std::int64_t>(Column::id)};
  const PageId page{type.get<std::int64_t>(Column::scheduling_page_id)};
  MeetingTypeDraft draft;
  draft.name = type.get<std::string>(Column::name);
  draft.slug = type.get<std::string>(Column::slug);
  draft.duration_minutes = type.get<std::int64_t>(Column::duration_minutes);
  draft.description = type.get_or_null<std::string>(Column::description);
  draft.location_type = type.get_or_null<std::string>(Column::location_type);
  draft.location_details = type.get_or_null<std::string>(Column::location_details);
  draft.color = type.get_or_null<std::string>(Column::color);
  draft.is_active = type.get<bool>(Column::is_active);
  auto questions = parse_questions(type.get<std::string_view>(Column::questions));
  if (!questions) return fail(std::move(questions.error()));
  draft.questions = std::move(*questions);
  auto settings = parse_settings(type.get<std::string_view>(Column::settings));
  if (!settings) return fail(std::move(settings.error()));
  draft.settings = std::move(*settings);
  draft.display_order = type.get<std::int64_t>(Column::display_order);
  Result<MeetingTypeContent> content = MeetingTypeContent::make(draft);
  if (!content) return fail(Code::broken, "stored meeting type " + std::to_string(id.value) + " breaks a rule");
  return OwnedMeetingType{MeetingType{id, page, std::move(*content), std::nullopt}, owner};
}

struct TypeColumns {
  explicit TypeColumns(const MeetingTypeContent& content) {
    JsonText questions_json;
    write_questions(questions_json, content.questions);
    questions = questions_json.take();
    JsonText settings_json;
    write_settings(settings_json, content.settings);
    settings = settings_json.take();
    if (content.location_type) location_type = name_of(*content.location_type);
  }
  std::string questions;
  std::string settings;
  std::optional<std::string_view> location_type;
};

}  // namespace

Result<std::vector<OwnedMeetingType>> PgMeetingTypeRepository::list(std::optional<UserId> owner,
                                                                    std::optional<PageId> page,
                                                                    const ListPosition& after, int count) {
  return session_.all<OwnedMeetingType>(
      owner ? session_.run(query::list_of_owner,
                           {owner->value, id_param(page), after.page.value, after.display_order, after.id.value, count})
            : session_.run(query::list_all,
                           {id_param(page), after.page.value, after.display_order, after.id.value, count}),
      read_type);
}

Result<std::vector<MeetingType>> PgMeetingTypeRepository::list_active(PageId page) {
  return session_.all<MeetingType>(session_.run(query::list_of_page, {page.value}),
                                   [](crm::sdk::RowReader& row) -> Result<MeetingType> {
                                     return read_type(row).map([](OwnedMeetingType&& owned) { return owned.type; });
                                   });
}

Result<std::optional<OwnedMeetingType>> PgMeetingTypeRepository::find(MeetingTypeId id, Lock lock) {
  return session_.one<OwnedMeetingType>(
      session_.run(lock == Lock::none ? query::find : query::find_for_update, {id.value}), read_type);
}

Result<std::optional<OwnedMeetingType>> PgMeetingTypeRepository::find_with_archived(MeetingTypeId id) {
  return session_.one<OwnedMeetingType>(session_.run(query::find_with_archived, {id.value}), read_type);
}

Result<std::optional<BookingTarget>> PgMeetingTypeRepository::find_target(std::string_view page_slug,
                                                                          std::string_view type_slug) {
  const auto page_ticket = session_.post(scheduling::sql::page_repository::find_by_slug, {page_slug});
  const auto type_ticket = session_.post(query::find_by_slugs, {page_slug, type_slug});
  auto target =
      session_.one<BookingTarget>(session_.collect(page_ticket), [](crm::sdk::RowReader& row) -> Result<BookingTarget> {
        auto page = read_page(row);
        if (!page) return fail(std::move(page.error()));
        const auto version = row.next<std::int64_t>();
        return BookingTarget{std::move(*page), std::nullopt, version, row.next<std::string>()};
      });
  auto type = session_.one<OwnedMeetingType>(session_.collect(type_ticket), read_type);
  if (!target) return target;
  if (!type) return fail(std::move(type.error()));
  if (*target && *type) (*target)->type = std::move((*type)->type);
  return target;
}

Result<std::vector<std::string>> PgMeetingTypeRepository::slugs_like(PageId page, std::string_view prefix) {
  return session_.all<std::string>(
      session_.run(query::slugs_like, {page.value, prefix}),
      [](crm::sdk::RowReader& row) -> Result<std::string> { return row.next<std::string>(); });
}

Result<MeetingTypeId> PgMeetingTypeRepository::insert(PageId page, const MeetingTypeContent& c) {
  const TypeColumns columns(c);
  auto rows = session_.run(query::insert, {page.value, c.name, c.slug.text(), std::int64_t{c.duration.count()},
                                           c.description, columns.location_type, c.location_details, c.color,
                                           c.is_active, columns.questions, columns.settings, c.display_order});
  if (!rows) return fail(std::move(rows.error()));
  if ((*rows)->size() == 0) return fail(slug_taken());
  return MeetingTypeId{crm::sdk::RowReader(**rows, 0).next<std::int64_t>()};
}

Done PgMeetingTypeRepository::update(MeetingTypeId id, const MeetingTypeContent& c) {
  const TypeColumns columns(c);
  auto rows = session_.run(query::update, {id.value, c.name, c.slug.text(), std::int64_t{c.duration.count()},
                                           c.description, columns.location_type, c.location_details, c.color,
                                           c.is_active, columns.questions, columns.settings, c.display_order});
  if (!rows) return fail(rows.error().code == Code::conflict ? slug_taken() : std::move(rows.error()));
  if ((*rows)->size() == 0) return fail(Code::not_found);
  return {};
}

Done PgMeetingTypeRepository::remember_slug(PageId page, MeetingTypeId id, std::string_view former_slug, Instant now) {
  return session_.execute(query::remember_slug, {page.value, former_slug, id.value, now});
}

Done PgMeetingTypeRepository::archive(MeetingTypeId id, Instant now) {
  auto rows = session_.run(query::archive, {id.value, now});
  if (!rows) return fail(std::move(rows.error()));
  if ((*rows)->size() == 0) return fail(Code::not_found);
  return {};
}

}  // namespace scheduling
