#include "plugin/http/api/pages.hpp"

#include "crm/sdk/responses.hpp"
#include "plugin/core/text/web_values.hpp"
#include "plugin/http/api/page_codec.hpp"
#include "plugin/http/error_response.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {

using crm::sdk::Request;
using crm::sdk::Response;

Response Pages::answer(int status, const SchedulingPage& page) const {
  return one_answer(status, page,
                    [&](JsonText& out, const SchedulingPage& one) { write_page(out, one, site_.public_url()); });
}

Response Pages::list(const Request& request) {
  auto query = read_list_query(request, 1);
  if (!query) return query.error();
  const PageId after{query->cursor.empty() ? 0 : query->cursor[0]};
  auto pages = service_.list_pages(actor_of(request), after, query->fetch());
  if (!pages) return to_response(pages.error(), log_, request);
  const std::string site_url = site_.public_url();
  return list_response(
      *pages, *query, [&](JsonText& out, const SchedulingPage& page) { write_page(out, page, site_url); },
      [](const SchedulingPage& page) { return std::vector{page.id.value}; });
}

Response Pages::create(const Request& request) {
  auto patch = decode_page(request);
  if (!patch) return patch.error();
  auto page = service_.create_page(actor_of(request), *patch);
  if (!page) return to_response(page.error(), log_, request);
  Response response = answer(201, *page);
  response.headers.push_back({"Location", "/api/v1/scheduling/pages/" + std::to_string(page->id.value)});
  return response;
}

Response Pages::get(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto page = service_.get_page(actor_of(request), PageId{*id});
  return page ? answer(200, *page) : to_response(page.error(), log_, request);
}

Response Pages::update(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto patch = decode_page(request);
  if (!patch) return patch.error();
  auto page = service_.update_page(actor_of(request), PageId{*id}, *patch);
  return page ? answer(200, *page) : to_response(page.error(), log_, request);
}

Response Pages::colors(const Request& request) {
  const auto color = parse_color(request.query_value("color").value_or(""));
  if (!color) return invalid_query("color", "invalid_color", "A colour such as #1a2b3c");
  return one_answer(200, *color, write_brand_colors);
}

Response Pages::release_slug(const Request& request) {
  auto done = service_.release_slug(request.param("slug"));
  return done ? Response::no_content() : to_response(done.error(), log_, request);
}

Response Pages::remove(const Request& request) {
  const auto id = id_in_path(request);
  if (!id) return crm::sdk::not_found();
  auto done = service_.archive_page(actor_of(request), PageId{*id});
  return done ? Response::no_content() : to_response(done.error(), log_, request);
}

}  // namespace scheduling
