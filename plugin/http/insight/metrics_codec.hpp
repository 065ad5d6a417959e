#pragma once
/// The JSON and CSV shapes of the figures.
#include <string>

#include "plugin/json/json_text.hpp"
#include "plugin/services/insight/metrics_service.hpp"

namespace scheduling {

void write_metrics(JsonText& out, const Metrics& metrics);
/// One row for each group; without groups one row with the key "total".
std::string metrics_csv(const Metrics& metrics, bool is_grouped);

}  // namespace scheduling
