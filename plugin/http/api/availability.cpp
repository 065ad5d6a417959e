#include "plugin/http/api/availability.hpp"

#include "plugin/http/api/availability_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

Response Availability::answer(const Request& request, const HostSchedule& schedule) const {
  auto today = service_.today(schedule);
  if (!today) return to_response(today.error(), log_, request);
  return one_answer(200, schedule,
                    [&](JsonText& out, const HostSchedule& shown) { write_availability(out, shown, *today); });
}

Response Availability::get(const Request& request) {
  auto schedule = service_.get(actor_of(request));
  return schedule ? answer(request, *schedule) : to_response(schedule.error(), log_, request);
}

Response Availability::save(const Request& request) {
  auto patch = decode_availability(request);
  if (!patch) return patch.error();
  auto schedule = service_.save(actor_of(request), *patch);
  return schedule ? answer(request, *schedule) : to_response(schedule.error(), log_, request);
}

}  // namespace scheduling
