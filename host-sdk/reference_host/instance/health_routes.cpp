#include "reference_host/instance/health_routes.hpp"

#include "crm/sdk/problem.hpp"

namespace crm::app {
namespace {

constexpr sdk::Statement k_ping{"host_ping", "SELECT 1"};

sdk::Response not_ready(const char* code, const char* title) {
  sdk::Problem problem;
  problem.status = 503;
  problem.code = code;
  problem.title = title;
  sdk::Response response = to_response(problem);
  response.headers.push_back({"Retry-After", "1"});
  return response;
}

sdk::Response readiness(sdk::Database& database, const std::atomic<bool>& modules_ready) {
  auto session = database.acquire(std::chrono::seconds(1));
  if (!session || !(*session)->run(k_ping)) return not_ready("database_unavailable", "The database does not answer");
  if (!modules_ready) return not_ready("modules_loading", "Modules are still loading");
  return sdk::Response::json(200, R"({"status":"ready"})");
}

}  // namespace

std::vector<sdk::Route> health_routes(sdk::Database& database, const std::atomic<bool>& modules_ready) {
  using sdk::Access, sdk::Method, sdk::RateClass, sdk::Request, sdk::Response;
  std::vector<sdk::Route> routes;
  routes.push_back({Method::get, "/healthz", Access::open, RateClass::none,
                    [](const Request&) { return Response::json(200, R"({"status":"ok"})"); }});
  routes.push_back({Method::get, "/readyz", Access::open, RateClass::none,
                    [&](const Request&) { return readiness(database, modules_ready); }});
  return routes;
}

}  // namespace crm::app
