#include "reference_host/instance/health_routes.hpp"

#include "crm/sdk/problem.hpp"

namespace crm::app {
namespace {

/// Who asks whether we are ready wants to hear within a second.
constexpr std::chrono::milliseconds k_answer_max{800};

sdk::Response not_ready(const char* code, const char* title) {
  sdk::Problem problem;
  problem.status = 503;
  problem.code = code;
  problem.title = title;
  sdk::Response response = to_response(problem);
  response.headers.push_back({"Retry-After", "1"});
  return response;
}

sdk::Response readiness(PgDatabase& database, const std::atomic<bool>& modules_ready) {
  if (!database.answers(k_answer_max)) return not_ready("database_unavailable", "The database does not answer");
  if (!modules_ready) return not_ready("modules_loading", "Modules are still loading");
  return sdk::Response::json(200, R"({"status":"ready"})");
}

}  // namespace

std::vector<sdk::Route> health_routes(PgDatabase& database, const std::atomic<bool>& modules_ready) {
  using sdk::Access, sdk::Method, sdk::RateClass, sdk::Request, sdk::Response;
  std::vector<sdk::Route> routes;
  routes.push_back({Method::get, "/healthz", Access::open, RateClass::none,
                    [](const Request&) { return Response::json(200, R"({"status":"ok"})"); }});
  routes.push_back({Method::get, "/readyz", Access::open, RateClass::none,
                    [&](const Request&) { return readiness(database, modules_ready); }});
  return routes;
}

}  // namespace crm::app
