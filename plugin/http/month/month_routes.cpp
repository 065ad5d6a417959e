// The months that scripts ask for: to book a meeting, and to move one.
#include "plugin/http/error_response.hpp"
#include "plugin/http/from_memory.hpp"
#include "plugin/http/month/month_json.hpp"
#include "plugin/http/private_response.hpp"
#include "plugin/http/public/manage.hpp"
#include "plugin/http/public/public_booking.hpp"
#include "plugin/http/public/public_query.hpp"
#include "plugin/http/public/tidy_links.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

Response PublicBooking::month(const Request& request) {
  const FromMemory from_memory(parts_.availability);
  auto found = asked_type(request);
  if (!found) return to_response(found.error(), parts_.log, request);
  if (auto moved = moved_type(*found, request, "/month")) return std::move(*moved);
  const PublicViews views = parts_.pages.views(request);
  const auto query = read_month_query(request, views.texts(), found->page.content.timezone);
  if (!query) return query.error();
  const auto invited = open_invited(*found, invite_in(request));
  if (!invited) return to_response(invited.error(), parts_.log, request);
  auto month = month_response(views.texts(), *query, parts_.clock.now(), slots_for(*found, *invited));
  if (!month) return to_response(month.error(), parts_.log, request);
  month->headers.push_back({"Cache-Control", "no-store"});
  month->headers.push_back({"Vary", "Accept-Language"});
  month->may_compress = brings_nothing_private(request);
  from_memory.mark(*month);
  return std::move(*month);
}

/// Free for this meeting, whose own time does not stand in its way.
SlotsIn Manage::slots_for(const MeetingDetails& details) const {
  return [this, &details](TimeRange window) {
    return parts_.availability.move_slots(details.type, hosts_of(details.meeting), successors_of(details), window,
                                          details.meeting.id);
  };
}

/// As the page on which the meeting is moved, and with its errors.
Response Manage::month(const Request& request) {
  if (auto moved = to_tidy_token(request)) return std::move(*moved);
  auto managed = parts_.booking.find_by_link(request.param("token"));
  if (!managed) return secret(to_response(managed.error(), parts_.log, request));
  if (!managed->may_reschedule) return secret(to_response(managed->may_reschedule.error(), parts_.log, request));
  const MeetingDetails& details = managed->details;
  const PublicViews views = this->views(request, *managed);
  const PublicTexts& texts = views.texts();
  auto query = read_month_query(request, texts, details.meeting.timezone);
  if (!query) return secret(std::move(query.error()));
  query->present = details.meeting.time.start();
  auto month = month_response(texts, *query, parts_.clock.now(), slots_for(details));
  return secret(month ? std::move(*month) : to_response(month.error(), parts_.log, request));
}

}  // namespace scheduling
