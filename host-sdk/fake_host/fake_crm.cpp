#include "fake_host/fake_crm.hpp"

#include <algorithm>
#include <sstream>

namespace crm::app {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

bool is_name(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// Empty when `pattern` does not match; else one letter for each segment, 'l' sorting before 'n'.
std::string match(std::string_view pattern, std::string_view path, std::vector<sdk::Field>& params) {
  const auto wanted = segments_of(pattern);
  const auto given = segments_of(path);
  if (wanted.size() != given.size()) return {};
  std::string kinds;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (is_name(wanted[i]) && !given[i].empty()) {
      kinds += 'n';
      params.push_back({wanted[i].substr(1, wanted[i].size() - 2), given[i]});
    } else if (wanted[i] == given[i]) {
      kinds += 'l';
    } else {
      return {};
    }
  }
  return kinds;
}

}  // namespace

FakeCrm::~FakeCrm() {
  (void)unload();
}

sdk::Done FakeCrm::load(const std::string& folder) {
  auto manifest = read_manifest(folder);
  if (!manifest) return sdk::fail(manifest.error());
  manifest_ = std::move(*manifest);
  std::ostringstream defaults;
  manifest_.settings.with_defaults(Poco::JSON::Object())->stringify(defaults);
  settings.text = defaults.str();
  const sdk::Services services{database, clock, log, users, records, mailer, settings, secrets, site, jobs};
  auto loaded = LoadedModule::load(folder, manifest_, services, copy_folder_);
  if (!loaded) return sdk::fail(loaded.error());
  module_ = std::move(*loaded);
  return module_->start();
}

sdk::Done FakeCrm::unload() {
  if (!module_) return {};
  auto done = module_->unload();
  module_.reset();
  return done;
}

sdk::Response FakeCrm::call(const Call& call) {
  const sdk::Route* best = nullptr;
  std::string best_kinds;
  std::vector<sdk::Field> best_params;
  for (const sdk::Route& route : module_->registrations().routes) {
    std::vector<sdk::Field> params;
    const std::string kinds = route.method == call.method ? match(route.pattern, call.path, params) : std::string();
    if (kinds.empty() || (best != nullptr && best_kinds <= kinds)) continue;
    best = &route;
    best_kinds = kinds;
    best_params = params;
  }
  if (best == nullptr) return sdk::to_response(sdk::Problem{404, "not_found", "Not Found", "", {}, {}});
  sdk::Request request;
  request.method = call.method;
  request.path = call.path;
  request.target = call.path;
  request.params = best_params;
  for (const auto& [name, value] : call.query) request.query.push_back({name, value});
  request.body = call.body;
  request.client_address = "127.0.0.1";
  request.request_id = "fake";
  request.principal = call.principal;
  return best->handler(request);
}

sdk::Outcome<sdk::JobReport> FakeCrm::run_job(std::string_view name) {
  for (const sdk::Job& job : module_->registrations().jobs)
    if (job.name == name) return job.body(std::stop_token{});
  return sdk::fail(sdk::FailureKind::not_found, "no such job");
}

std::vector<HealthLine> FakeCrm::health() {
  return HealthBoard(module_->registrations().health).ask();
}

std::vector<ShownPanel> FakeCrm::panels(const sdk::Record& record, const sdk::Principal& reader) {
  auto session = database.acquire();
  if (!session) return {};
  return PanelBoard(module_->registrations().record_panels).show(**session, record, reader, log);
}

sdk::Done FakeCrm::change(const std::string& record_module, const sdk::RecordChange& change) {
  auto session = database.acquire();
  if (!session) return sdk::fail(session.error());
  for (const auto& one : module_->registrations().after_hooks) {
    if (one.record_module != record_module || one.event != change.event) continue;
    if (auto done = one.hook(**session, change); !done) return done;
  }
  return {};
}

}  // namespace crm::app
