#include "plugin/http/api/availability.hpp"

#include "plugin/http/api/availability_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

Response Availability::get(const Request& request) {
  auto schedule = service_.get(actor_of(request));
  return schedule ? one_answer(200, *schedule, write_availability) : to_response(schedule.error(), log_, request);
}

Response Availability::save(const Request& request) {
  auto patch = decode_availability(request);
  if (!patch) return patch.error();
  auto schedule = service_.save(actor_of(request), *patch);
  return schedule ? one_answer(200, *schedule, write_availability) : to_response(schedule.error(), log_, request);
}

}  // namespace scheduling
