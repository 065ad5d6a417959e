#pragma once
/// Pages inside of other websites: "?embed=1".
///
/// A page that was asked for in this way may be framed by the origins that its owner named, and by nobody else; without
/// it by nobody at all. Every link, redirect and form of such a page keeps `embed=1`, so that the whole booking goes on
/// in the frame, up to the meeting's own page. That page is framed by the same rule: its address holds the meeting's
/// token, so only who booked can have opened it there, and no cookie is needed. Addresses in mails hold no `embed=1`.
#include <optional>
#include <string>

#include "crm/sdk/http.hpp"
#include "plugin/core/catalog/scheduling_page.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"

namespace scheduling {

inline constexpr const char* k_embed = "embed";

bool is_embedded(const crm::sdk::Request& request);

/// The address with `embed=1` when `request` had it. An empty address stays empty.
std::string keep_embedded(std::string address, const crm::sdk::Request& request);

/// `embed_origins` for the templates, which give them to the page's script; empty unless the request is embedded and
/// the page names some.
View embed_view(const crm::sdk::Request& request, const std::optional<SchedulingPage>& page);

/// Lets the page's origins frame the response to an embedded request.
crm::sdk::Response framed(crm::sdk::Response response, const crm::sdk::Request& request,
                          const std::optional<SchedulingPage>& page);

}  // namespace scheduling
