#include "plugin/adapters/postgres/pg_page_repository.hpp"

#include "plugin/adapters/postgres/array_text.hpp"
#include "plugin/adapters/postgres/queries.hpp"
#include "plugin/adapters/postgres/table_row.hpp"
#include "plugin/json/page_json.hpp"

namespace scheduling {
namespace {

namespace query = scheduling::sql::page_repository;

/// Twelve months; a leap day more for nobody's links to break on.
constexpr std::chrono::days k_slug_reserved{366};

std::string branding_text(const Branding& branding) {
  JsonText json;
  write_branding(json, branding);
  return json.take();
}

std::string embed_origins_text(const EmbedOrigins& origins) {
  JsonText json;
  write_embed_origins(json, origins);
  return json.take();
}

/// As the list of columns writes them: five numbers each.
PageMembers members_in(std::string_view text) {
  const std::vector<std::int64_t> numbers = numbers_in(text);
  PageMembers members;
  for (std::size_t i = 0; i + 4 < numbers.size(); i += 5)
    members.push_back({UserId{numbers[i]}, numbers[i + 1], numbers[i + 2], numbers[i + 3] != 0, numbers[i + 4] != 0});
  return members;
}

template <class Value>
std::string column_of(const PageMembers& members, Value value) {
  return array_text_of(members, [&](const PageMember& member) { return std::to_string(value(member)); });
}

}  // namespace

Error slug_taken() {
  Error error = make_error(Code::conflict, "slug");
  error.fields.push_back({"slug", "slug_taken", "This slug is already in use"});
  return error;
}

Result<SchedulingPage> read_page(crm::sdk::RowReader& row) {
  using Column = columns::scheduling_pages;
  const TableRow<Column> page(row);
  const PageId id{page.get<std::int64_t>(Column::id)};
  const UserId owner{page.get<std::int64_t>(Column::user_id)};
  PageDraft draft;
  draft.slug = page.get<std::string>(Column::slug);
  draft.name = page.get<std::string>(Column::name);
  draft.description = page.get_or_null<std::string>(Column::description);
  draft.is_active = page.get<bool>(Column::is_active);
  draft.timezone = page.get<std::string>(Column::timezone);
  Result<Branding> branding = parse_branding(page.get<std::string_view>(Column::branding));
  if (!branding) return fail(std::move(branding.error()));
  draft.branding = std::move(*branding);
  draft.assignment = page.get<std::string>(Column::assignment);
  draft.privacy = {page.get_or_null<std::string>(Column::privacy_text),
                   page.get_or_null<std::string>(Column::privacy_url)};
  Result<EmbedOrigins> origins = parse_embed_origins(page.get<std::string_view>(Column::embed_origins));
  if (!origins) return fail(std::move(origins.error()));
  draft.embed_origins = std::move(*origins);
  // Rows that a page still has from when it was a team's count for nothing.
  if (draft.assignment != name_of(Assignment::personal))
    draft.members = members_in(page.get_or_null<std::string_view>(Column::members).value_or(""));
  draft.rotation.owner_bookings_count = page.get<bool>(Column::owner_bookings_count);
  draft.show_hosts = page.get<bool>(Column::show_hosts);
  const Instant created_at = page.get<Instant>(Column::created_at);
  const Instant updated_at = page.get<Instant>(Column::updated_at);
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

Result<bool> PgPageRepository::slug_is_reserved(std::string_view slug, UserId owner, Instant now) {
  auto rows = session_.run(query::slug_is_reserved, {slug, owner.value, now - k_slug_reserved});
  if (!rows) return fail(std::move(rows.error()));
  return crm::sdk::RowReader(**rows, 0).next<bool>();
}

Result<bool> PgPageRepository::release_slug(std::string_view slug, Instant now) {
  auto rows = session_.run(query::release_slug, {slug, now});
  if (!rows) return fail(std::move(rows.error()));
  return crm::sdk::RowReader(**rows, 0).next<std::int64_t>() > 0;
}

Result<std::vector<std::string>> PgPageRepository::slugs_like(std::string_view prefix, UserId owner, Instant now) {
  return session_.all<std::string>(
      session_.run(query::slugs_like, {prefix, owner.value, now - k_slug_reserved}),
      [](crm::sdk::RowReader& row) -> Result<std::string> { return row.next<std::string>(); });
}

Result<SchedulingPage> PgPageRepository::insert(UserId owner, const PageContent& content, Instant now) {
  const std::string branding = branding_text(content.branding);
  auto page = session_.one<SchedulingPage>(
      session_.run(query::insert,
                   {owner.value, content.slug.text(), content.name, content.description, content.is_active,
                    content.timezone.name(), branding, name_of(content.assignment), now, content.privacy.text,
                    content.privacy.url, embed_origins_text(content.embed_origins),
                    content.rotation.owner_bookings_count, content.show_hosts}),
      read_page);
  if (!page) return fail(std::move(page.error()));
  if (!*page) return fail(slug_taken());
  return std::move(**page);
}

Result<SchedulingPage> PgPageRepository::update(PageId id, const PageContent& content, Instant now) {
  const std::string branding = branding_text(content.branding);
  auto page = session_.one<SchedulingPage>(
      session_.run(query::update, {id.value, content.slug.text(), content.name, content.description, content.is_active,
                                   content.timezone.name(), branding, name_of(content.assignment), now,
                                   content.privacy.text, content.privacy.url, embed_origins_text(content.embed_origins),
                                   content.rotation.owner_bookings_count, content.show_hosts}),
      read_page);
  if (!page) return fail(page.error().code == Code::conflict ? slug_taken() : std::move(page.error()));
  if (!*page) return fail(Code::not_found);
  return std::move(**page);
}

Done PgPageRepository::replace_members(PageId id, const PageMembers& members) {
  return session_.execute(
      query::replace_members,
      {id.value, column_of(members, [](const PageMember& member) { return member.user.value; }),
       column_of(members, [](const PageMember& member) { return member.weight; }),
       column_of(members, [](const PageMember& member) { return member.priority; }),
       array_text_of(members, [](const PageMember& member) { return std::string(member.is_active ? "t" : "f"); })});
}

Done PgPageRepository::set_membership(PageId id, UserId member, bool is_active) {
  return session_.execute(query::set_membership, {id.value, member.value, is_active});
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

Done PgPageRepository::reopen_of_owner(UserId owner, Instant now) {
  return session_.execute(query::reopen_of_owner, {owner.value, now});
}

}  // namespace scheduling
