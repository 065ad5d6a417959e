#pragma once
/// What every html page of the CRM has: head, navigation, notice, and headers that let it load nothing but our
/// stylesheet and icon.
#include <kainjow/mustache.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/http.hpp"
#include "crm/sdk/problem.hpp"
#include "reference_host/modules/module_admin.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

struct PageServices {
  CrmServices& crm;
  ModuleAdmin& modules;
};

using PageData = kainjow::mustache::data;

/// A list to fill with push_back().
inline PageData page_list() {
  return PageData(PageData::type::list);
}

/// Renders templates/{name}.html inside the layout. `csrf_token` and `title` are set in `data` here.
/// Everything is escaped; templates use {{{…}}} for nothing but rendered content.
sdk::Response render_page(const PageServices& services, const sdk::Request& request, int status, std::string_view name,
                          const std::string& title, PageData data);

/// The page for something that went wrong; problem+json for programs.
sdk::Response error_page(const PageServices& services, const sdk::Request& request, int status,
                         const std::string& title, const std::string& words);
/// The page for a Failure; what is ours is logged and shows the request's id.
sdk::Response failure_page(const PageServices& services, const sdk::Request& request, const sdk::Failure& failure);

/// Errors of a form: each under data["error_{field}"], all in data["errors"].
void set_errors(PageData& data, const std::vector<sdk::FieldError>& errors);

/// A list of {name, text, level, word} for a list of the class `health`.
PageData health_entries(const std::vector<HealthLine>& lines);

/// Named by their content's hash, so that they may be cached for ever.
const std::string& stylesheet_path();
const std::string& icon_path();
sdk::Response page_asset(const sdk::Request& request);

using PageHandler = sdk::Response (*)(const PageServices&, const sdk::Request&);
inline sdk::Handler page_handler(const PageServices& services, PageHandler handler) {
  return [services, handler](const sdk::Request& request) { return handler(services, request); };
}

}  // namespace crm::app
