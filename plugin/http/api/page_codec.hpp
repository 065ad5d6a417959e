#pragma once
#include "crm/sdk/http.hpp"
#include "plugin/core/catalog/scheduling_page.hpp"
#include "plugin/json/json_text.hpp"

namespace scheduling {

/// The error is the answer.
crm::sdk::Expected<PagePatch, crm::sdk::Response> decode_page(const crm::sdk::Request& request);
/// The colours that follow from a branding's colour, on light pages.
void write_brand_colors(JsonText& out, const std::string& color);
void write_page(JsonText& out, const SchedulingPage& page, const std::string& site_url);

}  // namespace scheduling
