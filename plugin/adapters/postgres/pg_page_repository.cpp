#include "plugin/adapters/postgres/pg_page_repository.hpp"

#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/json/page_json.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::page_repository;

std::string branding_text(const Branding& branding) {
  JsonText json;
  write_branding(json, branding);
  return json.take();
}

}  // namespace

Error slug_taken() {
  Error error = make_error(Code::conflict, "slug");
  error.fields.push_back({"slug", "slug_taken", "This slug is already in use"});
  return error;
}

Result<SchedulingPage> read_page(crm::sdk::RowReader& row) {
  const PageId id{row.next<std::int64_t>()};
  const UserId owner{row.next<std::int64_t>()};
  PageDraft draft;
  draft.slug = row.next<std::string>();
  draft.name = row.next<std::string>();
  draft.description = row.next_or_null<std::string>();
  draft.is_active = row.next<bool>();
  draft.timezone = row.next<std::string>();
  Result<Branding> branding = parse_branding(row.next<std::string_view>());
  if (!branding) return fail(std::move(branding.error()));
  draft.branding = std::move(*branding);
  draft.assignment = row.next<std::string>();
  const Instant created_at = row.next<Instant>();
  const Instant updated_at = row.next<Instant>();
  Result<PageContent> content = PageContent::make(draft);
  if (!content) return fail(Code::broken, "stored page " + std::to_string(id.value) + " breaks a rule");
  return SchedulingPage{id, owner, std::move(*content), created_at, updated_at, std::nullopt};
}

Result<std::vector<SchedulingPage>> PgPageRepository::list(std::optional<UserId> owner, PageId after, int count) {
  return session_.all<SchedulingPage>(owner ? session_.run(query::list_of_owner, {owner->value, after.value, count})
                                            : session_.run(query::list_all, {after.value, count}),
                                      read_page);
}

Result<std::optional<SchedulingPage>> PgPageRepository::find(PageId id, Lock lock) {
  return session_.one<SchedulingPage>(
      session_.run(lock == Lock::none ? query::find : query::find_for_update, {id.value}), read_page);
}

Result<std::optional<SchedulingPage>> PgPageRepository::find_by_slug(std::string_view slug) {
  return session_.one<SchedulingPage>(session_.run(query::find_by_slug, {slug}), read_page);
}

Result<std::vector<std::string>> PgPageRepository::slugs_like(std::string_view prefix) {
  return session_.all<std::string>(
      session_.run(query::slugs_like, {prefix}),
      [](crm::sdk::RowReader& row) -> Result<std::string> { return row.next<std::string>(); });
}

Result<SchedulingPage> PgPageRepository::insert(UserId owner, const PageContent& content, Instant now) {
  const std::string branding = branding_text(content.branding);
  auto page = session_.one<SchedulingPage>(
      session_.run(query::insert,
                   {owner.value, content.slug.text(), content.name, content.description, content.is_active,
                    content.timezone.name(), branding, name_of(content.assignment), now}),
      read_page);
  if (!page) return fail(std::move(page.error()));
  if (!*page) return fail(slug_taken());
  return std::move(**page);
}

Result<SchedulingPage> PgPageRepository::update(PageId id, const PageContent& content, Instant now) {
  const std::string branding = branding_text(content.branding);
  auto page = session_.one<SchedulingPage>(
      session_.run(query::update, {id.value, content.slug.text(), content.name, content.description, content.is_active,
                                   content.timezone.name(), branding, name_of(content.assignment), now}),
      read_page);
  if (!page) return fail(page.error().code == Code::conflict ? slug_taken() : std::move(page.error()));
  if (!*page) return fail(Code::not_found);
  return std::move(**page);
}

Done PgPageRepository::remember_slug(PageId id, std::string_view former_slug, Instant now) {
  return session_.execute(query::remember_slug, {former_slug, id.value, now});
}

Done PgPageRepository::archive(PageId id, Instant now) {
  auto rows = session_.run(query::archive, {id.value, now});
  if (!rows) return fail(std::move(rows.error()));
  if ((*rows)->size() == 0) return fail(Code::not_found);
  return {};
}

Done PgPageRepository::close_of_owner(UserId owner, Instant now) {
  return session_.execute(query::close_of_owner, {owner.value, now});
}

}  // namespace scheduling
