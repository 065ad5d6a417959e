// One source for many modules: the build defines what shall be wrong with each.
#include <boost/version.hpp>
#include <new>

#include "crm/sdk/module.hpp"

#ifndef TINY_ABI_CHANGE
#define TINY_ABI_CHANGE
#endif
#ifndef TINY_ANSWER
#define TINY_ANSWER "one"
#endif
#ifndef TINY_PATH
#define TINY_PATH "/tiny"
#endif
#ifndef TINY_VERSION
#define TINY_VERSION "1.0.0"
#endif

/// An inline static of a template: STB_GNU_UNIQUE, and so never unmapped, without the right flags.
template <class T>
struct Counted {
  [[gnu::used]] inline static T count = 0;
};

namespace {

using namespace crm::sdk;

class Tiny final : public Module {
 public:
  Done load(Loader& loader, const Services&, const std::string&) noexcept override {
    ++Counted<int>::count;
    if (auto done = register_health(loader); !done) return done;
    if (auto done = register_jobs(loader); !done) return done;
    return loader.register_route({Method::get, TINY_PATH, Access::open, RateClass::none,
                                  [](const Request&) { return Response::json(200, TINY_ANSWER); }});
  }
  Done start() noexcept override { return {}; }
  void stop() noexcept override {}

 private:
  Done register_health([[maybe_unused]] Loader& loader) {
#ifdef TINY_HEALTH
    const auto calm = [] { return std::vector<HealthNote>{{HealthLevel::warn, TINY_HEALTH}}; };
    const auto loud = []() -> std::vector<HealthNote> { throw 42; };
    const auto chatty = [] {
      std::string text = "a";  // so that the bound falls into the middle of a character
      for (int i = 0; i < 400; ++i) text += "é";
      return std::vector<HealthNote>(100, {HealthLevel::ok, text});
    };
    if (auto done = loader.register_health({"Calm", calm}); !done) return done;
    if (auto done = loader.register_health({"Loud", loud}); !done) return done;
    if (auto done = loader.register_health({"Chatty", chatty}); !done) return done;
    if (loader.register_health({"Calm", calm})) return fail(FailureKind::broken, "one name, two functions");
    if (loader.register_health({"", calm})) return fail(FailureKind::broken, "a function without a name");
#endif
    return {};
  }
  Done register_jobs([[maybe_unused]] Loader& loader) {
#ifdef TINY_JOB_EVERYWHERE
    Job job{"TinyJob", std::chrono::seconds(1),
            [](std::stop_token) {
              return Outcome<JobReport>({5, false, ""});
            },
            RunsOn::every_instance};
    if (auto done = loader.register_job(job); !done) return done;
    job.runs_on = RunsOn::one_instance;
    if (loader.register_job(job)) return fail(FailureKind::broken, "one name, two jobs");
    if (loader.register_job({"Other", {}, job.body})) return fail(FailureKind::broken, "a job without an interval");
#endif
    return {};
  }
};

Module* create() noexcept {
  return new (std::nothrow) Tiny;
}
void destroy(Module* module) noexcept {
  delete module;
}

constexpr CrmAbiBlock changed() {
  CrmAbiBlock block = CRM_SDK_ABI_BLOCK;
  TINY_ABI_CHANGE;
  return block;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const CrmModuleEntry crm_module_entry;
extern "C" const CrmModuleEntry crm_module_entry = {changed(), "tiny", TINY_VERSION, create, destroy};
