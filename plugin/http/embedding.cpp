#include "plugin/http/embedding.hpp"

#include <algorithm>

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

bool is_embedded(const Request& request) {
  return request.query_value(k_embed) == std::string_view("1");
}

std::string keep_embedded(std::string address, const Request& request) {
  if (address.empty() || !is_embedded(request)) return address;
  const std::size_t fragment = std::min(address.find('#'), address.size());
  const bool has_query = address.find('?') < fragment;
  return address.insert(fragment, std::string(has_query ? "&" : "?") + k_embed + "=1");
}

View embed_view(const Request& request, const std::optional<SchedulingPage>& page) {
  std::string origins;
  if (page && is_embedded(request))
    for (const std::string& origin : page->content.embed_origins) origins += (origins.empty() ? "" : " ") + origin;
  return View().text("embed_origins", std::move(origins));
}

Response framed(Response response, const Request& request, const std::optional<SchedulingPage>& page) {
  if (page && is_embedded(request)) response.frame_policy.origins = page->content.embed_origins;
  return response;
}

}  // namespace scheduling
