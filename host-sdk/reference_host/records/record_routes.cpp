#include "reference_host/records/record_routes.hpp"

#include "crm/sdk/instant_text.hpp"
#include "crm/sdk/json_input.hpp"
#include "reference_host/records/list_query.hpp"
#include "reference_host/records/record_access.hpp"
#include "reference_host/records/record_data.hpp"

namespace crm::app {
namespace {

using sdk::append_json_string;
using sdk::Failure;
using sdk::FailureKind;
using sdk::Outcome;
using sdk::Record;
using sdk::RecordId;
using sdk::Request;
using sdk::Response;
using sdk::Session;

constexpr std::int64_t k_id_max = std::numeric_limits<std::int32_t>::max();

void append_owner(std::string& out, sdk::UserId owner) {
  out += owner ? std::to_string(owner.value) : "null";
}

/// What cannot be read is marked, and does not take the rest of a list along.
void append_data(std::string& out, std::string_view data_json) {
  const std::string data = sdk::published_json(data_json);
  out += ",\"data\":" + (data.empty() ? "{},\"unreadable\":true" : data);
}

void append_record(std::string& out, const Record& record) {
  out += "{\"id\":" + std::to_string(record.id.value) + ",\"module\":";
  append_json_string(out, record.module);
  append_data(out, record.data_json);
  out += ",\"owner_user_id\":";
  append_owner(out, record.owner);
  out += ",\"created_at\":\"" + sdk::instant_text(record.created_at);
  out += "\",\"updated_at\":\"" + sdk::instant_text(record.updated_at) + "\"}";
}

Response record_response(int status, const Record& record) {
  std::string json;
  append_record(json, record);
  return data_response(status, json);
}

void append_activity(std::string& out, const Activity& activity) {
  out += "{\"id\":" + std::to_string(activity.id) + ",\"kind\":";
  append_json_string(out, activity.kind);
  out += ",\"subject\":";
  append_json_string(out, activity.subject);
  out += ",\"occurs_at\":\"" + sdk::instant_text(activity.occurs_at) + "\"";
  append_data(out, activity.data_json);
  out += ",\"user_id\":";
  append_owner(out, activity.user);
  out += ",\"created_at\":\"" + sdk::instant_text(activity.created_at) + "\"}";
}

bool is_module_name(std::string_view name) {
  if (name.empty() || name.size() > 40 || name.front() < 'a' || name.front() > 'z') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// What a request wants to write; `data_json` is empty when it says nothing about data.
struct RecordInput {
  std::string module;
  std::optional<std::string> data_json;
  std::optional<sdk::UserId> owner;
};

void read_owner(sdk::JsonInput& input, const sdk::Principal& who, RecordInput& out) {
  if (input.is_null("owner_user_id")) out.owner = sdk::UserId{};
  if (const auto owner = input.integer("owner_user_id", 1, k_id_max)) out.owner = sdk::UserId{*owner};
  if (out.owner && !may_own(who, *out.owner))
    input.note("owner_user_id", "not_allowed", "Only an admin hands records over to others.");
}

void read_data(sdk::JsonInput& input, RecordInput& out) {
  auto data = input.object("data");
  if (!data) return;
  check_record_data(*data);
  if (!input.clean()) return;
  out.data_json = sdk::json_text(*input.anything("data"));
}

Outcome<Record> locked_for(const RecordServices& crm, Session& session, const Request& request, RecordId id) {
  auto record = crm.records.lock(session, id);
  if (record && !may_see(sdk::Viewer::of(*request.principal), *record))
    return sdk::fail(FailureKind::not_found, "not theirs");
  return record;
}

/// An owner must be there and active.
sdk::Done check_owner(const RecordServices& crm, Session& session, std::optional<sdk::UserId> owner) {
  if (!owner || !*owner) return {};
  const auto user = crm.users.find(session, *owner);
  if (user && user->is_active) return {};
  if (!user && user.error().kind != FailureKind::not_found) return sdk::fail(user.error());
  return sdk::fail(Failure{FailureKind::invalid, "There is no such active user.", {}, {}, "owner_user_id"});
}

Response failure_response_for(const RecordServices& crm, const Failure& failure, const Request& request) {
  if (failure.kind == FailureKind::conflict)
    return sdk::refuse(409, "in_use", "Something else still refers to this record");
  if (failure.kind == FailureKind::invalid && failure.field == "owner_user_id")
    return sdk::validation_failed(failure.field, "unknown_user", failure.message);
  return sdk::failure_response(failure, crm.log, request.request_id);
}

Response list(const RecordServices& crm, const Request& request) {
  const auto query = list_query(request);
  if (!query) return query.error();
  RecordFilter filter;
  filter.module = request.query_value("module").value_or("");
  filter.for_user = narrowed_to(*request.principal);
  if (const auto email = request.query_value("email")) {
    filter.email = *email;
    if (sdk::detail::is_blank(*email)) return list_response("", std::nullopt);
  }
  auto session = crm.database.acquire();
  if (!session) return failure_response_for(crm, session.error(), request);
  auto records = crm.records.list(**session, filter, query->after, query->limit + 1);
  if (!records) return failure_response_for(crm, records.error(), request);
  std::optional<std::int64_t> next;
  if (std::ssize(*records) > query->limit) {
    records->pop_back();
    next = records->back().id.value;
  }
  std::string items;
  for (const Record& record : *records) {
    if (!items.empty()) items += ',';
    append_record(items, record);
  }
  return list_response(items, next);
}

Response create(const RecordServices& crm, const Request& request) {
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  RecordInput wanted;
  wanted.owner = request.principal->id;
  read_owner(*input, *request.principal, wanted);
  wanted.module = input->text("module").value_or("");
  input->require("module");
  if (!wanted.module.empty() && !is_module_name(wanted.module))
    input->note("module", "invalid_module", "Lower-case letters, digits and '_' only, at most 40.");
  input->require("data");
  read_data(*input, wanted);
  if (auto refusal = input->refusal()) return *refusal;
  const auto made = sdk::in_transaction(crm.database, [&](Session& session) -> Outcome<Record> {
    if (auto good = check_owner(crm, session, wanted.owner); !good) return sdk::fail(good.error());
    const auto id = crm.records.create(session, {wanted.module, *wanted.data_json, *wanted.owner}, cause_of(request));
    if (!id) return sdk::fail(id.error());
    return crm.records.find(session, sdk::k_system_viewer, *id);
  });
  return made ? record_response(201, *made) : failure_response_for(crm, made.error(), request);
}

/// Links that were written before a merge lead to the record that stayed, for whoever may see that one. Only reading
/// follows: a change that was meant for a record which is no more is refused.
Response moved_record(const Record& standing, std::string_view below) {
  Response response;
  response.status = 308;
  response.headers.push_back({"Location", "/api/v1/records/" + std::to_string(standing.id.value) + std::string(below)});
  return response;
}

Response show(const RecordServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  auto session = crm.database.acquire();
  if (!session) return failure_response_for(crm, session.error(), request);
  const auto record = crm.records.find_standing(**session, sdk::Viewer::of(*request.principal), RecordId{*id});
  if (!record) return failure_response_for(crm, record.error(), request);
  return record->id.value == *id ? record_response(200, *record) : moved_record(*record, "");
}

Response update(const RecordServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  RecordInput wanted;
  read_owner(*input, *request.principal, wanted);
  read_data(*input, wanted);
  input->ignore({"id", "module", "created_at", "updated_at"});
  auto refusal = input->refusal();
  const auto changed = sdk::in_transaction(crm.database, [&](Session& session) -> Outcome<Record> {
    auto before = locked_for(crm, session, request, RecordId{*id});
    if (!before || refusal) return before;  // whoever may not see it does not learn what is wrong with the wish
    if (auto good = check_owner(crm, session, wanted.owner); !good) return sdk::fail(good.error());
    RecordEdit edit{std::nullopt, wanted.owner};
    if (wanted.data_json) {
      auto data = changed_data(before->data_json, *wanted.data_json);
      if (!data) return sdk::fail(data.error());
      edit.data_json = std::move(*data);
    }
    if (!edit.data_json && !edit.owner) return before;
    return crm.records.change(session, *before, edit, cause_of(request));
  });
  if (!changed) return failure_response_for(crm, changed.error(), request);
  return refusal ? *refusal : record_response(200, *changed);
}

Response remove(const RecordServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  const auto gone = sdk::in_transaction(crm.database, [&](Session& session) -> sdk::Done {
    const auto record = locked_for(crm, session, request, RecordId{*id});
    if (!record) return sdk::fail(record.error());
    return crm.records.remove(session, *record, cause_of(request));
  });
  return gone ? Response::no_content() : failure_response_for(crm, gone.error(), request);
}

Outcome<Record> merge_both(const RecordServices& crm, Session& session, const Request& request, RecordId from,
                           RecordId into) {
  // In one order, whoever merges what into what: so two merges wait for each other and never deadlock.
  auto first = locked_for(crm, session, request, std::min(from, into));
  if (!first) return first;
  auto second = locked_for(crm, session, request, std::max(from, into));
  if (!second) return second;
  const Record& leaving = first->id == from ? *first : *second;
  const Record& surviving = first->id == from ? *second : *first;
  if (leaving.module != surviving.module)
    return sdk::fail(Failure{FailureKind::invalid, "Both records must be of one module.", {}, {}, "into"});
  return crm.records.merge(session, leaving, surviving, cause_of(request));
}

Response merge(const RecordServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  auto input = sdk::JsonInput::from_body(request);
  if (!input) return input.error();
  const auto into = input->integer("into", 1, k_id_max);
  input->require("into");
  if (into == id) input->note("into", "same_record", "A record cannot be merged into itself.");
  if (auto refusal = input->refusal()) return *refusal;
  const auto merged = sdk::in_transaction(crm.database, [&](Session& session) {
    return merge_both(crm, session, request, RecordId{*id}, RecordId{*into});
  });
  return merged ? record_response(200, *merged) : failure_response_for(crm, merged.error(), request);
}

Response list_activities(const RecordServices& crm, const Request& request) {
  const auto id = path_id(request);
  if (!id) return sdk::not_found();
  const auto query = list_query(request);
  if (!query) return query.error();
  auto session = crm.database.acquire();
  if (!session) return failure_response_for(crm, session.error(), request);
  const auto record = crm.records.find_standing(**session, sdk::Viewer::of(*request.principal), RecordId{*id});
  if (!record) return failure_response_for(crm, record.error(), request);
  if (record->id.value != *id) return moved_record(*record, "/activities");
  auto activities = crm.records.activities(**session, record->id, query->after, query->limit + 1);
  if (!activities) return failure_response_for(crm, activities.error(), request);
  std::optional<std::int64_t> next;
  if (std::ssize(*activities) > query->limit) {
    activities->pop_back();
    next = activities->back().id;
  }
  std::string items;
  for (const Activity& activity : *activities) {
    if (!items.empty()) items += ',';
    append_activity(items, activity);
  }
  return list_response(items, next);
}

}  // namespace

std::vector<sdk::Route> record_routes(const RecordServices& services) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  const auto bind = [services](Response (*handler)(const RecordServices&, const Request&)) {
    return [services, handler](const Request& request) { return handler(services, request); };
  };
  return {
      {get, "/api/v1/records", Access::user, RateClass::normal, bind(list), 0},
      {post, "/api/v1/records", Access::user, RateClass::normal, bind(create)},
      {get, "/api/v1/records/{id}", Access::user, RateClass::normal, bind(show), 0},
      {put, "/api/v1/records/{id}", Access::user, RateClass::normal, bind(update)},
      {del, "/api/v1/records/{id}", Access::user, RateClass::normal, bind(remove), 0},
      {post, "/api/v1/records/{id}/merge", Access::user, RateClass::normal, bind(merge)},
      {get, "/api/v1/records/{id}/activities", Access::user, RateClass::normal, bind(list_activities), 0},
  };
}

}  // namespace crm::app
