#include "plugin/http/api/preview.hpp"

#include "plugin/http/api/preview_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

Response Preview::compare(const Request& request) {
  auto query = decode_preview(request);
  if (!query) return query.error();
  auto preview = service_.preview(actor_of(request), *query);
  return preview ? one_answer(200, *preview, write_preview) : to_response(preview.error(), log_, request);
}

}  // namespace scheduling
