// The smallest module that uses one of each: a route, a job, a hook, a navigation entry, a panel on a contact's page
// and a health note. It greets, and counts how many contacts it met.
#include <atomic>
#include <new>
#include <string>

#include "crm/sdk/guard.hpp"
#include "crm/sdk/module.hpp"

namespace {

using namespace crm::sdk;

class Sample final : public Module {
 public:
  Done load(Loader& loader, const Services& services, const std::string&) noexcept override {
    return guarded(
        services.log, "load", [&] { return register_all(loader, services); },
        [] { return Done(fail(FailureKind::broken, "load() threw")); });
  }
  Done start() noexcept override { return {}; }
  void stop() noexcept override {}

 private:
  Done register_all(Loader& loader, const Services& services) {
    Route greet{Method::get, "/sample/{name}", Access::open, RateClass::page,
                guard_handler(services.log, "greet", [this](const Request& request) { return greeting(request); })};
    if (auto done = loader.register_route(std::move(greet)); !done) return done;
    Job tick{"SampleTickJob", std::chrono::seconds(60), guard_job(services.log, "tick", [this](std::stop_token) {
               return Outcome<JobReport>({met_, false, "contacts met"});
             })};
    if (auto done = loader.register_job(std::move(tick)); !done) return done;
    HealthSource people{"People", guard_health(services.log, "people", [this] {
                          return std::vector<HealthNote>{{HealthLevel::ok, std::to_string(met_) + " contacts met."}};
                        })};
    if (auto done = loader.register_health(std::move(people)); !done) return done;
    if (auto done = loader.register_navigation({"Greeting", "/sample/you", Access::open}); !done) return done;
    RecordPanel panel{
        "contacts", "Sample", [this](Session&, const Record&, const Principal& reader) {
          return Outcome<PanelContent>({{{reader.name + ", we met " + std::to_string(met_) + " contacts."}},
                                        {{"Greet", "/sample/" + std::to_string(reader.id.value)}}});
        }};
    if (auto done = loader.register_record_panel(std::move(panel)); !done) return done;
    return loader.register_after_hook("contacts", RecordEvent::created,
                                      guard_after_hook(services.log, "met", [this](Session&, const RecordChange&) {
                                        ++met_;
                                        return Done();
                                      }));
  }

  Response greeting(const Request& request) const {
    std::string body = "{\"data\":{\"greeting\":";
    append_json_string(body, "Hello, " + std::string(request.param("name")));
    return Response::json(200, body + ",\"met\":" + std::to_string(met_) + "}}");
  }

  std::atomic<std::int64_t> met_{0};
};

Module* create() noexcept {
  return new (std::nothrow) Sample;
}
void destroy(Module* module) noexcept {
  delete module;
}

}  // namespace

CRM_SDK_MODULE("sample", "1.0.0", create, destroy);
