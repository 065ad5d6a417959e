#include "plugin/http/insight/metrics.hpp"

#include "plugin/http/error_response.hpp"
#include "plugin/http/insight/csv_text.hpp"
#include "plugin/http/insight/metrics_codec.hpp"
#include "plugin/http/list_query.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;
using crm::sdk::Response;

constexpr std::pair<std::string_view, MetricsGroup> k_groups[] = {{"month", MetricsGroup::month},
                                                                  {"page", MetricsGroup::page},
                                                                  {"meeting_type", MetricsGroup::meeting_type},
                                                                  {"host", MetricsGroup::host},
                                                                  {"source", MetricsGroup::source}};

crm::sdk::Expected<std::optional<LocalDate>, Response> date_in(const Request& request, const char* name) {
  const auto text = request.query_value(name);
  if (!text || text->empty()) return std::optional<LocalDate>{};
  if (const auto date = LocalDate::parse(*text)) return date;
  return crm::sdk::unexpected(invalid_query(name, "invalid_format", "A date such as 2025-01-15"));
}

/// `user_id` narrows every list of an admin; here the host has a name of its own too.
crm::sdk::Expected<std::optional<UserId>, Response> host_in(const Request& request) {
  for (const char* name : {"host_user_id", "user_id"}) {
    const auto text = request.query_value(name);
    if (!text || text->empty()) continue;
    if (const auto id = parse_id(*text)) return std::optional(UserId{*id});
    return crm::sdk::unexpected(invalid_query(name, "invalid_format", "An id"));
  }
  return std::optional<UserId>{};
}

crm::sdk::Expected<MetricsRequest, Response> decode(const Request& request) {
  MetricsRequest metrics;
  auto from = date_in(request, "from");
  if (!from) return crm::sdk::unexpected(std::move(from.error()));
  auto to = date_in(request, "to");
  if (!to) return crm::sdk::unexpected(std::move(to.error()));
  auto host = host_in(request);
  if (!host) return crm::sdk::unexpected(std::move(host.error()));
  metrics.from = *from;
  metrics.to = *to;
  metrics.host = *host;
  const auto text = request.query_value("group_by");
  if (!text || text->empty()) return metrics;
  for (const auto& [word, group] : k_groups)
    if (*text == word) metrics.group = group;
  if (!metrics.group)
    return crm::sdk::unexpected(
        invalid_query("group_by", "invalid_option", "month, page, meeting_type, host or source"));
  return metrics;
}

}  // namespace

Response MetricsRoutes::get(const Request& request) {
  auto asked = decode(request);
  if (!asked) return asked.error();
  auto metrics = service_.metrics(actor_of(request), *asked);
  if (!metrics) return to_response(metrics.error(), log_, request);
  if (wants_csv(request)) return csv_response(metrics_csv(*metrics, asked->group.has_value()), "metrics");
  return one_answer(200, *metrics, write_metrics);
}

}  // namespace scheduling
