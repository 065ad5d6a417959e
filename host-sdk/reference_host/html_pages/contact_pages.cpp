#include "crm/sdk/form.hpp"
#include "crm/sdk/instant_text.hpp"
#include "reference_host/auth/accounts.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/html_pages/data_fields.hpp"
#include "reference_host/html_pages/html_page_routes.hpp"
#include "reference_host/html_pages/local_time.hpp"
#include "reference_host/records/list_query.hpp"
#include "reference_host/records/record_access.hpp"
#include "reference_host/records/record_book.hpp"

namespace crm::app {
namespace {

using sdk::Record;
using sdk::Request;
using sdk::Response;

constexpr int k_page_size = 50;
constexpr std::string_view k_contacts = "contacts";

std::string display_name(const Record& record) {
  if (!is_readable(record.data_json)) return "Contact " + std::to_string(record.id.value) + " (cannot be read)";
  std::string name = text_member(record.data_json, "name");
  if (name.empty()) name = text_member(record.data_json, "email");
  return name.empty() ? "Contact " + std::to_string(record.id.value) : name;
}

std::int64_t number_from_query(const Request& request, std::string_view name) {
  return positive_number(request.query_value(name).value_or(""), std::numeric_limits<std::int64_t>::max()).value_or(0);
}

PageData contact_row(const Record& record, const std::string& zone) {
  PageData row;
  row.set("id", std::to_string(record.id.value));
  row.set("name", display_name(record));
  row.set("email", text_member(record.data_json, "email"));
  row.set("phone", text_member(record.data_json, "phone"));
  row.set("since", local_time_text(record.created_at, zone));
  return row;
}

Response list(const PageServices& services, const Request& request) {
  const std::string words(request.query_value("q").value_or("").substr(0, 400));
  const RecordFilter filter{k_contacts, {}, words, narrowed_to(*request.principal)};
  auto session = services.crm.database.acquire();
  if (!session) return failure_page(services, request, session.error());
  auto records = services.crm.records.search(**session, filter, number_from_query(request, "before"), k_page_size + 1);
  if (!records) return failure_page(services, request, records.error());
  PageData data;
  const bool more = std::ssize(*records) > k_page_size;
  if (more) {
    records->pop_back();
    data.set("before", std::to_string(records->back().id.value));
  }
  PageData rows = page_list();
  for (const Record& record : *records) rows << contact_row(record, request.principal->timezone);
  data.set("contacts", rows);
  data.set("has_contacts", !records->empty());
  data.set("more", more);
  data.set("q", words);
  data.set("q_given", !words.empty());
  data.set("q_encoded", sdk::url_encoded(words));
  return render_page(services, request, 200, "contacts", "Contacts", data);
}

PageData activity_entry(const Activity& activity, const std::string& zone) {
  PageData entry;
  entry.set("kind", activity.kind);
  entry.set("subject", activity.subject);
  entry.set("instant", sdk::instant_text(activity.occurs_at));
  entry.set("when", local_time_text(activity.occurs_at, zone));
  entry.set("noted", local_time_text(activity.created_at, zone));
  PageData fields = data_fields(activity.data_json, zone);
  entry.set("has_fields", fields.is_non_empty_list());
  entry.set("fields", fields);
  return entry;
}

PageData panel_entry(const ShownPanel& panel) {
  PageData entry;
  entry.set("title", panel.title);
  PageData lines = page_list();
  for (const sdk::PanelLine& line : panel.content.lines) {
    PageData one;
    one.set("text", line.text);
    one.set("url", line.url);
    one.set("is_link", !line.url.empty());
    lines << one;
  }
  entry.set("lines", lines);
  PageData actions = page_list();
  for (const sdk::PanelAction& action : panel.content.actions) {
    PageData one;
    one.set("label", action.label);
    one.set("path", action.path);
    one.set("is_button", action.method != sdk::Method::get);
    actions << one;
  }
  entry.set("actions", actions);
  return entry;
}

PageData panel_entries(const PageServices& services, sdk::Session& session, const Record& record,
                       const sdk::Principal& reader) {
  PageData entries = page_list();
  for (const ShownPanel& panel : services.modules.panels(session, record, reader)) entries << panel_entry(panel);
  return entries;
}

/// Links in earlier mails name a contact that was merged since; its page is that of the one that stayed.
Response moved_contact(const Record& standing) {
  Response response;
  response.status = 308;
  response.headers.push_back({"Location", "/contacts/" + std::to_string(standing.id.value)});
  return response;
}

Response show(const PageServices& services, const Request& request) {
  const auto id = path_id(request);
  if (!id) return error_page(services, request, 404, "Not found", "There is no such contact.");
  auto session = services.crm.database.acquire();
  if (!session) return failure_page(services, request, session.error());
  const auto record =
      services.crm.records.find_standing(**session, sdk::Viewer::of(*request.principal), sdk::RecordId{*id});
  const bool is_unknown = record ? record->module != k_contacts : record.error().kind == sdk::FailureKind::not_found;
  if (is_unknown) return error_page(services, request, 404, "Not found", "There is no such contact.");
  if (!record) return failure_page(services, request, record.error());
  if (record->id.value != *id) return moved_contact(*record);
  auto activities =
      services.crm.records.activities(**session, record->id, number_from_query(request, "cursor"), k_page_size + 1);
  if (!activities) return failure_page(services, request, activities.error());
  const auto owner = services.crm.accounts.find(**session, record->owner);
  const std::string& zone = request.principal->timezone;
  PageData data;
  data.set("id", std::to_string(*id));
  data.set("name", display_name(*record));
  data.set("fields", data_fields(record->data_json, zone));
  data.set("owner", owner ? owner->name : std::string("nobody"));
  data.set("since", local_time_text(record->created_at, zone));
  data.set("zone", zone);
  const bool more = std::ssize(*activities) > k_page_size;
  if (more) {
    activities->pop_back();
    data.set("cursor", std::to_string(activities->back().id));
  }
  PageData entries = page_list();
  for (const Activity& activity : *activities) entries << activity_entry(activity, zone);
  data.set("activities", entries);
  data.set("has_activities", !activities->empty());
  data.set("more", more);
  // Last: whatever a module did to the session, nothing of ours comes after it.
  data.set("panels", panel_entries(services, **session, *record, *request.principal));
  return render_page(services, request, 200, "contact", display_name(*record), data);
}

}  // namespace

void add_contact_pages(const PageServices& services, std::vector<sdk::Route>& routes) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  routes.push_back({get, "/contacts", Access::user, RateClass::normal, page_handler(services, list), 0});
  routes.push_back({get, "/contacts/{id}", Access::user, RateClass::normal, page_handler(services, show), 0});
}

}  // namespace crm::app
