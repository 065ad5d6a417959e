// The border: the one symbol this library exports, and the object behind it. Nothing thrown passes.
#include <fstream>
#include <memory>
#include <sstream>

#include "crm/sdk/guard.hpp"
#include "crm/sdk/module.hpp"
#include "plugin/surface/demo_page.hpp"
#include "plugin/surface/surface.hpp"
#include "plugin/surface/wiring.hpp"

namespace scheduling {
namespace {

using crm::sdk::Done;
using crm::sdk::FailureKind;

/// The build merges plugin/openapi/ into one document. The CRM serves it as part of /api/v1/openapi.json.
Done register_document(crm::sdk::Loader& loader, const std::string& folder) {
  std::ifstream file(folder + "/openapi.json");
  if (!file) return crm::sdk::fail(FailureKind::broken, "openapi.json is missing from the module's folder");
  std::ostringstream text;
  text << file.rdbuf();
  return loader.register_openapi(text.str());
}

class MeetingScheduler final : public crm::sdk::Module {
 public:
  Done load(crm::sdk::Loader& loader, const crm::sdk::Services& services, const std::string& folder) noexcept override {
    const auto body = [&]() -> Done {
      wiring_ = std::make_unique<Wiring>(services, folder);
      if (auto done = register_surface(loader, *wiring_); !done) return done;
      return register_document(loader, folder);
    };
    return crm::sdk::guarded(services.log, "load", body, []() -> Done {
      return crm::sdk::fail(FailureKind::broken, "the module could not be built; see the log");
    });
  }

  Done start() noexcept override {
    if (!wiring_) return crm::sdk::fail(FailureKind::broken, "start() before load()");
    const auto body = [&]() -> Done {
      wiring_->jobs.check_zone_rules.log_findings();
      if (wiring_->crm.site.is_demonstration()) create_demo_page(*wiring_);
      return {};
    };
    return crm::sdk::guarded(wiring_->crm.log, "start", body, []() -> Done {
      return crm::sdk::fail(FailureKind::broken, "the module could not start; see the log");
    });
  }

  void stop() noexcept override {}

 private:
  std::unique_ptr<Wiring> wiring_;
};

crm::sdk::Module* create() noexcept {
  return new (std::nothrow) MeetingScheduler;
}
void destroy(crm::sdk::Module* module) noexcept {
  delete module;
}

}  // namespace
}  // namespace scheduling

CRM_SDK_MODULE("meeting_scheduler", SCHEDULING_VERSION, scheduling::create, scheduling::destroy);
