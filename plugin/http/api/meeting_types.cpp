#include "plugin/http/api/meeting_types.hpp"

#include "crm/sdk/responses.hpp"
#include "plugin/http/api/meeting_type_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

namespace {

crm::sdk::Expected<std::optional<PageId>, Response> page_of_query(const Request& request) {
  const auto text = request.query_value("scheduling_page_id");
  if (!text) return std::optional<PageId>{};
  const auto id = parse_id(*text);
  if (!id) return crm::sdk::unexpected(invalid_query("scheduling_page_id", "invalid_format", "The id of a page"));
  return std::optional(PageId{*id});
}

MeetingTypeRepository::ListPosition position_of(const ListQuery& query) {
  if (query.cursor.empty()) return {};
  const auto in_range = [](std::int64_t value) { return std::min<std::int64_t>(value, 2147483647); };
  return {PageId{in_range(query.cursor[0])}, static_cast<std::int32_t>(in_range(query.cursor[1])),
          MeetingTypeId{in_range(query.cursor[2])}};
}

}  // namespace

Response MeetingTypes::list(const Request& request) {
  auto query = read_list_query(request, 3);
  if (!query) return query.error();
  auto page = page_of_query(request);
  if (!page) return page.error();
  auto types = service_.list_types(actor_of(request), *page, position_of(*query), query->fetch());
  if (!types) return to_response(types.error(), log_, request);
  return list_response(*types, *query, write_meeting_type, [](const MeetingType& type) {
    return std::vector<std::int64_t>{type.page.value, type.content.display_order, type.id.value};
  });
}

Response MeetingTypes::create(const Request& request) {
  auto patch = decode_meeting_type(request, Verb::create);
  if (!patch) return patch.error();
  auto type = service_.create_type(actor_of(request), *patch);
  if (!type) return to_response(type.error(), log_, request);
  Response response = one_answer(201, *type, write_meeting_type);
  response.headers.push_back({"Location", "/api/v1/scheduling/meeting-types/" + std::to_string(type->id.value)});
  return response;
}

Response MeetingTypes::get(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto type = service_.get_type(actor_of(request), MeetingTypeId{*id});
  return type ? one_answer(200, *type, write_meeting_type) : to_response(type.error(), log_, request);
}

Response MeetingTypes::update(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto patch = decode_meeting_type(request, Verb::update);
  if (!patch) return patch.error();
  auto type = service_.update_type(actor_of(request), MeetingTypeId{*id}, *patch);
  return type ? one_answer(200, *type, write_meeting_type) : to_response(type.error(), log_, request);
}

Response MeetingTypes::remove(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto done = service_.archive_type(actor_of(request), MeetingTypeId{*id});
  return done ? Response::no_content() : to_response(done.error(), log_, request);
}

}  // namespace scheduling
