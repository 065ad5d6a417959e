#include "reference_host/instance/instance.hpp"

#include <Poco/Net/ServerSocket.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "reference_host/auth/accounts.hpp"
#include "reference_host/auth/auth_routes.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/first_admin.hpp"
#include "reference_host/auth/password_hasher.hpp"
#include "reference_host/auth/user_routes.hpp"
#include "reference_host/database/migrator.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/embedded_postgres/embedded_postgres.hpp"
#include "reference_host/http/http_server.hpp"
#include "reference_host/instance/database_watch.hpp"
#include "reference_host/instance/health_routes.hpp"
#include "reference_host/instance/openapi_route.hpp"
#include "reference_host/instance/public_site.hpp"
#include "reference_host/jobs/crm_jobs.hpp"
#include "reference_host/jobs/job_runner.hpp"
#include "reference_host/jobs/operation_routes.hpp"
#include "reference_host/mail/smtp_mailer.hpp"
#include "reference_host/modules/module_registrar.hpp"
#include "reference_host/modules/module_registry.hpp"
#include "reference_host/modules/module_routes.hpp"
#include "reference_host/pages/page_routes.hpp"
#include "reference_host/records/hook_table.hpp"
#include "reference_host/records/record_book.hpp"
#include "reference_host/records/record_routes.hpp"
#include "reference_host/system/adjustable_clock.hpp"
#include "reference_host/system/crm_services.hpp"
#include "reference_host/system/json_log.hpp"
#include "reference_host/system/secret_box.hpp"

namespace crm::app {
namespace {

constexpr auto k_database_wait = std::chrono::seconds(60);  // a server that is starting or failing over

HttpServerConfig server_config(const Options& options) {
  HttpServerConfig config;
  config.bind_address = options.bind_address;
  config.port = options.port;
  config.workers = options.workers;
  config.trusted_proxies = options.trusted_proxies;
  config.public_url = options.public_url;
  config.login_path = "/login";
  config.rate_limits = options.rate_limits;
  return config;
}

/// --port 0: chosen before anything is built, because links are written with it.
sdk::Done choose_port(Options& options) {
  if (options.port != 0) return {};
  try {
    const Poco::Net::ServerSocket probe(Poco::Net::SocketAddress(options.bind_address, 0));
    options.port = probe.address().port();
  } catch (const Poco::Exception& why) {
    return sdk::fail({sdk::FailureKind::invalid, "--bind: " + why.displayText(), {}, {}, "--bind"});
  }
  if (options.public_url.empty()) options.public_url = "http://127.0.0.1:" + std::to_string(options.port);
  return {};
}

std::string read_file(const std::string& name) {
  std::ifstream file(name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Migrates the CRM's own tables; waits for a database that is not ready yet.
sdk::Done migrate_crm(PgDatabase& database, AdjustableClock& clock, sdk::Log& log) {
  const auto until = std::chrono::steady_clock::now() + k_database_wait;
  for (;;) {
    const auto applied = migrate(database, clock, log, "host", share_folder() + "/migrations");
    if (applied) return {};
    if (applied.error().kind != sdk::FailureKind::unavailable || std::chrono::steady_clock::now() > until)
      return sdk::fail(applied.error());
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
}

}  // namespace

std::string share_folder() {
  const char* elsewhere = std::getenv("CRM_HOST_SHARE");
  return elsewhere != nullptr ? elsewhere : CRM_HOST_SHARE_DEFAULT;
}

/// Members are built in this order and destroyed in reverse: whoever uses something stands below it.
struct Instance::Parts {
  Parts(const Options& chosen, SecretKey key)
      : options(chosen), clock(chosen.fixed_now), secret_key(std::move(key)), secrets(secret_key.secrets_for("host")) {}

  sdk::Done open_database();
  void build_crm(SmtpSettings mail);
  sdk::Done add_routes();
  sdk::Done add_all(std::vector<sdk::Route> found);
  sdk::Done serve();

  Options options;
  JsonLog log;
  AdjustableClock clock;
  SecretKey secret_key;
  std::unique_ptr<sdk::Secrets> secrets;
  std::unique_ptr<EmbeddedPostgres> postgres;
  std::unique_ptr<PgDatabase> database;
  std::unique_ptr<DatabaseWatch> watch;
  std::unique_ptr<sdk::Mailer> mailer;
  std::unique_ptr<HookTable> hooks;
  std::unique_ptr<JobRunner> jobs;
  std::unique_ptr<PgRecordBook> records;
  std::unique_ptr<PasswordHasher> hasher;
  std::unique_ptr<Accounts> accounts;
  std::unique_ptr<Credentials> credentials;
  std::unique_ptr<CrmServices> crm;
  RouteTable routes;
  std::unique_ptr<PublicSite> site;
  std::unique_ptr<ModuleRegistrar> registrar;
  std::unique_ptr<ModuleRegistry> modules;
  std::unique_ptr<HttpServer> server;
  std::optional<std::string> setup_link;
};

sdk::Done Instance::Parts::open_database() {
  std::string url = options.database_url;
  if (url.empty()) {
    auto started = EmbeddedPostgres::start(options.data_dir, log);
    if (!started) return sdk::fail(started.error());
    postgres = std::move(*started);
    watch = std::make_unique<DatabaseWatch>(*postgres, log);
    url = postgres->url();
  }
  database = std::make_unique<PgDatabase>(url, PoolLimits{}, log);
  return migrate_crm(*database, clock, log);
}

void Instance::Parts::build_crm(SmtpSettings mail) {
  mailer = make_smtp_mailer(std::move(mail), log);
  hooks = std::make_unique<HookTable>(log);
  jobs = std::make_unique<JobRunner>(*database, clock, log);
  records = std::make_unique<PgRecordBook>(*hooks, clock);
  hasher = std::make_unique<PasswordHasher>(*secrets);
  accounts = std::make_unique<Accounts>(*hooks, *hasher, clock);
  credentials = std::make_unique<Credentials>(*database, *accounts, *hasher, clock, *secrets, log);
  crm = std::unique_ptr<CrmServices>(new CrmServices{*database, clock, log, *secrets, options, *hooks, *jobs, *mailer,
                                                     *records, *hasher, *credentials, *accounts});
  site = std::make_unique<PublicSite>(options.public_url, options.demo, options.rate_limits);
  registrar = std::make_unique<ModuleRegistrar>(*database, clock, log, routes, *hooks, *jobs);
  modules = std::make_unique<ModuleRegistry>(
      ModuleRegistry::Surroundings{*database, clock, log, *accounts, *records, *mailer, *site, *jobs,
                                   [this](std::string_view id) { return secret_key.secrets_for(id); }, *registrar,
                                   options.plugin_dir, options.data_dir + "/module-copies"});
}

sdk::Done Instance::Parts::add_all(std::vector<sdk::Route> found) {
  for (sdk::Route& route : found) {
    const std::string pattern = route.pattern;
    if (auto added = routes.add("host", std::move(route)); !added) {
      sdk::Failure failure = added.error();
      failure.message = "route " + pattern + ": " + failure.message;
      return sdk::fail(failure);
    }
  }
  return {};
}

sdk::Done Instance::Parts::add_routes() {
  if (auto added = add_all(health_routes(*database, modules->ready_flag())); !added) return added;
  if (auto added = add_all(auth_routes(*crm)); !added) return added;
  if (auto added = add_all(user_routes(*crm)); !added) return added;
  if (auto added = add_all(record_routes({*database, *accounts, log, *records})); !added) return added;
  if (auto added = add_all(operation_routes(*crm)); !added) return added;
  if (auto added = add_all(module_routes(*modules, log)); !added) return added;
  if (auto added = add_all(page_routes({*crm, *modules})); !added) return added;
  std::vector<std::string> own;
  if (options.development) own.push_back(read_file(share_folder() + "/openapi_development.json"));
  const auto documents = [this, own] {
    std::vector<std::string> all = own;
    for (std::string& document : modules->documents()) all.push_back(std::move(document));
    return all;
  };
  return routes.add("host", openapi_route(read_file(share_folder() + "/openapi.json"), documents, options.public_url));
}

sdk::Done Instance::Parts::serve() {
  for (sdk::Job& job : crm_jobs(*crm)) {
    if (auto added = jobs->add("host", std::move(job)); !added) return added;
  }
  if (auto started = modules->start(); !started) return started;
  server = std::make_unique<HttpServer>(server_config(options), routes, *credentials, log,
                                        [this](std::string_view line) { log.write_line(line); });
  if (auto started = server->start(); !started) return started;
  jobs->start();
  return {};
}

Instance::Instance() = default;

/// A database that goes away while we start is like one that is not there yet: wait for it.
sdk::Outcome<std::unique_ptr<Instance>> Instance::start(const Options& options) {
  const auto until = std::chrono::steady_clock::now() + k_database_wait;
  for (;;) {
    auto instance = start_once(options);
    const bool may_pass = !instance && instance.error().kind == sdk::FailureKind::unavailable;
    if (!may_pass || std::chrono::steady_clock::now() > until) return instance;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
}

sdk::Outcome<std::unique_ptr<Instance>> Instance::start_once(const Options& chosen) {
  Options options = chosen;
  if (auto port = choose_port(options); !port) return sdk::fail(port.error());
  auto mail = smtp_settings(options.smtp_url);
  if (!mail) return sdk::fail(mail.error());
  std::error_code error;
  std::filesystem::create_directories(options.data_dir, error);
  if (error) return sdk::fail(sdk::FailureKind::invalid, "--data-dir " + options.data_dir + ": " + error.message());
  auto key = SecretKey::load(options.secret_file);
  if (!key) return sdk::fail(key.error());

  std::unique_ptr<Instance> instance(new Instance);
  instance->parts_ = std::make_unique<Parts>(options, std::move(*key));
  Parts& parts = *instance->parts_;
  if (auto done = parts.open_database(); !done) return sdk::fail(done.error());
  parts.build_crm(std::move(*mail));
  if (options.demo) {
    if (auto done = seed_demo_users(*parts.crm); !done) return sdk::fail(done.error());
  }
  if (auto done = parts.add_routes(); !done) return sdk::fail(done.error());
  if (auto done = parts.serve(); !done) return sdk::fail(done.error());
  auto link = first_admin_link(*parts.crm);
  if (!link) return sdk::fail(link.error());
  parts.setup_link = *link;
  parts.log.info("host.ready", {{"port", std::to_string(instance->port())}});
  return instance;
}

Instance::~Instance() {
  if (!parts_) return;
  if (parts_->server) parts_->server->stop();
  if (parts_->modules) parts_->modules->stop();
  if (parts_->jobs) parts_->jobs->stop();
  parts_->watch.reset();
  parts_->log.info("host.stopped");
}

int Instance::port() const {
  return parts_->server ? parts_->server->port() : 0;
}

std::string Instance::greeting() const {
  const std::string& url = parts_->options.public_url;
  std::string text = "The CRM is ready at " + url + "/\n";
  if (parts_->setup_link) text += "Make the first admin here (works once): " + *parts_->setup_link + "\n";
  if (parts_->options.demo) {
    text += "  a booking page      " + url +
            "/schedule/demo\n"
            "  as a sales rep      " +
            url +
            "/login   rep@example.test / rep-demo\n"
            "  as an admin         " +
            url + "/login   admin@example.test / admin-demo\n";
  }
  return text;
}

}  // namespace crm::app
