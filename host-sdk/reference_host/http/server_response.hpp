#pragma once
/// Responses that the server itself gives: problem+json for programs, a small html page for people.
#include <string>
#include <string_view>

#include "crm/sdk/http.hpp"
#include "reference_host/http/http_server_config.hpp"
#include "reference_host/http/request_head.hpp"

namespace crm::app {

std::string_view reason_phrase(int status);

/// True when `accept` names text/html and gives it at least the weight of JSON: a browser, not a program.
bool prefers_html(std::string_view accept);

/// `as_page`: the friendly HTML page instead of problem+json. A 500 carries the request id.
sdk::Response server_response(const Refusal& refusal, bool as_page, std::string_view request_id = {},
                              const PageLook& look = {});

/// The page for a form that was sent to a module which is switched off: shows what was typed, and a button that sends
/// the same form again. `target` is where it was sent.
sdk::Response unsent_form_page(std::string_view target, std::string_view body, const PageLook& look);

/// Seconds after which another try makes sense, where the server answers 503.
constexpr int k_retry_after_seconds = 60;

}  // namespace crm::app
