/// The yardstick for whole bookings: one INSERT under the same exclusion constraint, behind the same
/// HTTP server, pool and access log as crm-host. Arguments: port, database URL.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "reference_host/database/pg_database.hpp"
#include "reference_host/http/http_server.hpp"
#include "reference_host/system/json_log.hpp"

namespace {

constexpr crm::sdk::Statement k_insert{
    "bare_insert",
    "INSERT INTO bare_meetings (user_id, start_time, end_time, is_live) "
    "VALUES ($1, to_timestamp($2::bigint), to_timestamp($2::bigint + 900), true) ON CONFLICT DO NOTHING RETURNING id"};
constexpr crm::sdk::Statement k_create{
    "bare_create",
    "CREATE TABLE IF NOT EXISTS bare_meetings (id bigserial PRIMARY KEY, user_id integer NOT NULL REFERENCES "
    "users(id), "
    "start_time timestamptz NOT NULL, end_time timestamptz NOT NULL, is_live boolean NOT NULL, "
    "EXCLUDE USING gist (user_id WITH =, tstzrange(start_time, end_time) WITH &&) WHERE (is_live))"};

class Nobody final : public crm::app::Authenticator {
 public:
  crm::app::Identity identify(const crm::sdk::Request&) noexcept override { return {}; }
};

crm::sdk::Response insert(crm::app::PgDatabase& database, std::int64_t first_user, const crm::sdk::Request& request) {
  const std::int64_t host = std::atoll(std::string(request.query_value("host").value_or("0")).c_str());
  const std::int64_t start = std::atoll(std::string(request.query_value("start").value_or("0")).c_str());
  auto session = database.acquire();
  if (!session) return crm::sdk::Response::json(503, "{}");
  auto rows = (*session)->run(k_insert, {first_user + host - 1, start});
  if (!rows) return crm::sdk::Response::json(500, "{}");
  return crm::sdk::Response::json((*rows)->size() == 1 ? 201 : 409, "{}");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  crm::app::JsonLog log;
  crm::app::PgDatabase database(argv[2], crm::app::PoolLimits{}, log);
  crm::app::RouteTable routes;
  Nobody nobody;
  std::int64_t first_user = 0;
  {
    auto session = database.acquire();
    if (!session || !(*session)->run(k_create)) return 1;
    auto rows = (*session)->run({"bare_first", "SELECT min(id) FROM users WHERE email LIKE 'bench%'"});
    if (!rows) return 1;
    first_user = crm::sdk::RowReader(**rows, 0).next<std::int64_t>();
  }
  crm::sdk::Route route;
  route.method = crm::sdk::Method::post;
  route.pattern = "/bare-insert";
  route.access = crm::sdk::Access::open;
  route.rate = crm::sdk::RateClass::none;
  route.handler = [&](const crm::sdk::Request& request) { return insert(database, first_user, request); };
  if (!routes.add("host", std::move(route))) return 1;
  crm::app::HttpServerConfig config;
  config.port = std::atoi(argv[1]);
  crm::app::HttpServer server(config, routes, nobody, log, [&log](std::string_view line) { log.write_line(line); });
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  if (!server.start()) return 1;
  int got = 0;
  sigwait(&signals, &got);
  server.stop();
  return 0;
}
