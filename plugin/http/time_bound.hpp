#pragma once
/// `from` and `to` of lists: dates on the reader's clock, or instants.
#include "crm/sdk/http.hpp"
#include "plugin/core/time/zone_rules.hpp"

namespace scheduling {

enum class Bound { from, to };

/// An instant, or a date on the reader's clock; `to` takes its whole day in. The error is the answer: 422 naming it.
crm::sdk::Expected<Instant, crm::sdk::Response> read_bound(const crm::sdk::Request& request, Bound bound,
                                                           const ZoneRules& rules, Instant fallback);

}  // namespace scheduling
