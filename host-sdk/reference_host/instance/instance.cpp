#include "reference_host/instance/instance.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "reference_host/auth/accounts.hpp"
#include "reference_host/auth/auth_routes.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/first_admin.hpp"
#include "reference_host/auth/password_hasher.hpp"
#include "reference_host/auth/password_routes.hpp"
#include "reference_host/auth/user_routes.hpp"
#include "reference_host/database/first_contact.hpp"
#include "reference_host/database/migrator.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/embedded_postgres/embedded_postgres.hpp"
#include "reference_host/html_pages/html_page_routes.hpp"
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
#include "reference_host/network/starting_door.hpp"
#include "reference_host/records/hook_table.hpp"
#include "reference_host/records/record_book.hpp"
#include "reference_host/records/record_routes.hpp"
#include "reference_host/system/adjustable_clock.hpp"
#include "reference_host/system/crm_services.hpp"
#include "reference_host/system/json_log.hpp"
#include "reference_host/system/secret_box.hpp"

namespace crm::app {
namespace {

constexpr auto k_database_wait = std::chrono::seconds(60);  // a private server; another one is waited for longer

HttpServerConfig server_config(const Options& options) {
  HttpServerConfig config;
  config.bind_address = options.bind_address;
  config.port = options.port;
  config.workers = options.workers;
  config.trusted_proxies = options.trusted_proxies;
  config.public_url = options.public_url;
  config.login_path = "/login";
  config.rate_limits = options.rate_limits;
  config.look = {stylesheet_path(), icon_path(), config.login_path, options.demo};
  // The database, files and modules need descriptors too, however many connections there are.
  constexpr rlim_t k_others = 256;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
      limit.rlim_cur < static_cast<rlim_t>(config.connections_max) + k_others)
    config.connections_max = static_cast<int>(std::max<rlim_t>(limit.rlim_cur, k_others + 64) - k_others);
  return config;
}

std::string read_file(const std::string& name) {
  std::ifstream file(name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What else has to be there before a database is asked for anything.
sdk::Done check_surroundings(const Options& options) {
  const auto refused = [&](const std::string& why) {
    return sdk::fail({sdk::FailureKind::invalid, "--data-dir " + options.data_dir + ": " + why, {}, {}, "--data-dir"});
  };
  std::error_code error;
  std::filesystem::create_directories(options.data_dir, error);
  if (error) return refused(error.message());
  if (!std::filesystem::is_directory(options.data_dir, error)) return refused("is no folder");
  if (::access(options.data_dir.c_str(), W_OK | X_OK) != 0) return refused(std::strerror(errno));
  return {};
}

}  // namespace

std::string share_folder() {
  const char* elsewhere = std::getenv("CRM_HOST_SHARE");
  return elsewhere != nullptr ? elsewhere : CRM_HOST_SHARE_DEFAULT;
}

/// What a start knows before it asks a database for anything.
struct Instance::Plan {
  Options options;
  SecretKey key;
  SmtpSettings mail;
};

/// The port, until the server takes it over.
class Instance::Door {
 public:
  explicit Door(ListeningSocket socket)
      : socket_(std::move(socket)), address_(socket_.text()), answers_(std::make_unique<StartingDoor>(socket_)) {}
  const std::string& address() const { return address_; }
  /// For the server; nobody is told to wait any more.
  ListeningSocket open() {
    answers_.reset();
    return std::move(socket_);
  }

 private:
  ListeningSocket socket_;
  std::string address_;
  std::unique_ptr<StartingDoor> answers_;
};

/// Members are built in this order and destroyed in reverse: whoever uses something stands below it.
struct Instance::Parts {
  Parts(const Options& chosen, SecretKey key, StartWatch& starting)
      : options(chosen),
        watch_start(starting),
        clock(chosen.fixed_now),
        secret_key(std::move(key)),
        secrets(secret_key.secrets_for("host")) {}

  sdk::Done open_database();
  void build_crm(SmtpSettings mail);
  sdk::Done add_routes();
  sdk::Done add_all(std::vector<sdk::Route> found);
  sdk::Done load_modules();
  sdk::Done serve(Door& door);

  Options options;
  StartWatch& watch_start;
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
  std::string listens_on;
};

sdk::Done Instance::Parts::open_database() {
  std::string url = options.database_url;
  if (url.empty()) {
    auto started = EmbeddedPostgres::start(options.data_dir, log, &watch_start);
    if (!started) return sdk::fail(started.error());
    postgres = std::move(*started);
    watch = std::make_unique<DatabaseWatch>(*postgres, log);
    url = postgres->url();
  }
  database = std::make_unique<PgDatabase>(url, PoolLimits{}, log);
  watch_start.enter("migrating the database");
  const auto applied = migrate(*database, clock, log, "host", share_folder() + "/migrations");
  if (!applied) return sdk::fail(applied.error());
  return {};
}

void Instance::Parts::build_crm(SmtpSettings mail) {
  mailer = make_smtp_mailer(std::move(mail), log);
  hooks = std::make_unique<HookTable>(log);
  jobs = std::make_unique<JobRunner>(*database, clock, log);
  records = std::make_unique<PgRecordBook>(*hooks, clock);
  hasher = std::make_unique<PasswordHasher>(*secrets);
  accounts = std::make_unique<Accounts>(*hooks, *hasher, clock);
  credentials = std::make_unique<Credentials>(*database, *accounts, *hasher, clock, *secrets, log, options.rate_limits);
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
  if (auto added = add_all(password_routes(*crm)); !added) return added;
  if (auto added = add_all(record_routes({*database, *accounts, log, *records})); !added) return added;
  if (auto added = add_all(operation_routes(*crm)); !added) return added;
  if (auto added = add_all(module_routes(*modules, log)); !added) return added;
  if (auto added = add_all(html_page_routes({*crm, *modules})); !added) return added;
  std::vector<std::string> own;
  if (options.development) own.push_back(read_file(share_folder() + "/openapi_development.json"));
  const auto documents = [this, own] {
    std::vector<std::string> all = own;
    for (std::string& document : modules->documents()) all.push_back(std::move(document));
    return all;
  };
  return routes.add("host", openapi_route(read_file(share_folder() + "/openapi.json"), documents, options.public_url));
}

sdk::Done Instance::Parts::load_modules() {
  watch_start.enter("loading modules");
  for (sdk::Job& job : crm_jobs(*crm)) {
    if (auto added = jobs->add("host", std::move(job)); !added) return added;
  }
  return modules->start();
}

sdk::Done Instance::Parts::serve(Door& door) {
  server = std::make_unique<HttpServer>(server_config(options), routes, *credentials, log,
                                        [this](std::string_view line) { log.write_line(line); });
  if (auto started = server->start(door.open()); !started) return started;
  jobs->start();
  return {};
}

Instance::Instance() = default;

/// A database that goes away while we start is waited for, as one that fails over.
sdk::Outcome<std::unique_ptr<Instance>> Instance::start(const Options& chosen, StartWatch& watch) {
  Options options = chosen;
  auto socket = ListeningSocket::open(options.bind_address, options.port);
  if (!socket) return sdk::fail(socket.error());
  options.port = socket->port();
  if (options.public_url.empty()) options.public_url = local_url(options);
  Door door(std::move(*socket));
  if (auto fine = check_surroundings(options); !fine) return sdk::fail(fine.error());
  auto key = SecretKey::load(options.secret_file);
  if (!key) return sdk::fail(key.error());
  auto mail = smtp_settings(options.smtp_url);
  if (!mail) return sdk::fail(mail.error());
  if (!options.database_url.empty()) {
    const std::chrono::seconds patience(options.database_wait_seconds);
    if (auto there = first_contact(options.database_url, patience, watch); !there) return sdk::fail(there.error());
  }
  const auto until = std::chrono::steady_clock::now() + k_database_wait;
  for (;;) {
    auto instance = start_once({options, *key, *mail}, watch, door);
    const bool may_pass = !instance && instance.error().kind == sdk::FailureKind::unavailable;
    const bool is_own = options.database_url.empty();
    if (!may_pass || (is_own && std::chrono::steady_clock::now() > until)) return instance;
    watch.enter("waiting for the database, which went away during the start");
    if (!watch.pause(std::chrono::milliseconds(500))) return instance;
  }
}

sdk::Outcome<std::unique_ptr<Instance>> Instance::start_once(const Plan& plan, StartWatch& watch, Door& door) {
  const Options& options = plan.options;
  std::unique_ptr<Instance> instance(new Instance);
  instance->parts_ = std::make_unique<Parts>(options, plan.key, watch);
  Parts& parts = *instance->parts_;
  if (!plan.key.warning().empty()) parts.log.warning("secret.open", {{"what", plan.key.warning()}});
  const auto told_to_end = [&] { return watch.is_to_end(); };
  const auto ended = [] { return sdk::fail(sdk::FailureKind::broken, "told to end"); };
  if (auto done = parts.open_database(); !done) return sdk::fail(done.error());
  if (told_to_end()) return ended();
  parts.build_crm(plan.mail);
  if (auto done = check_demo_mark(*parts.crm); !done) return sdk::fail(done.error());
  if (options.demo) {
    if (auto done = seed_demo_users(*parts.crm); !done) return sdk::fail(done.error());
  }
  if (auto done = parts.add_routes(); !done) return sdk::fail(done.error());
  if (told_to_end()) return ended();
  if (auto done = parts.load_modules(); !done) return sdk::fail(done.error());
  if (told_to_end()) return ended();
  auto link = first_admin_link(*parts.crm);
  if (!link) return sdk::fail(link.error());
  parts.setup_link = *link;
  if (parts.mailer->is_configured() && !parts.mailer->has_sender())
    parts.log.warning("mail.no_sender", {{"sender", parts.mailer->sender()}, {"mend", "CRM_SMTP_FROM"}});
  if (auto done = parts.serve(door); !done) return sdk::fail(done.error());
  parts.log.info("host.ready", {{"port", std::to_string(instance->port())}, {"listens_on", door.address()}});
  parts.listens_on = door.address();
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
  if (url != local_url(parts_->options)) text += "It listens on " + parts_->listens_on + "\n";
  if (parts_->postgres && parts_->postgres->is_shared())
    text += "Another instance uses " + parts_->options.data_dir + " too: both share its database.\n";
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
