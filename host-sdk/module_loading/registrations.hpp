#pragma once
/// What a module registered during load(), and the Loader that collects it.
#include <string>
#include <vector>

#include "crm/sdk/module.hpp"

namespace crm::app {

struct Registrations {
  struct Before {
    std::string record_module;
    sdk::RecordEvent event;
    sdk::BeforeRecordHook hook;
  };
  struct After {
    std::string record_module;
    sdk::RecordEvent event;
    sdk::AfterRecordHook hook;
  };
  struct User {
    sdk::UserEvent event;
    sdk::AfterUserHook hook;
  };

  std::vector<sdk::Route> routes;
  std::vector<Before> before_hooks;
  std::vector<After> after_hooks;
  std::vector<User> user_hooks;
  std::vector<sdk::Job> jobs;
  std::vector<sdk::AssetFolder> assets;
  std::vector<sdk::Navigation> navigation;
  std::vector<sdk::RecordPanel> record_panels;
  std::vector<std::string> openapi;
  std::vector<sdk::HealthSource> health;
  std::vector<sdk::ChecklistFunction> checklists;
};

/// Refuses what is malformed or registered twice, and everything once it is closed.
class CollectingLoader final : public sdk::Loader {
 public:
  explicit CollectingLoader(Registrations& into) : into_(into) {}
  void close() { is_closed_ = true; }

  sdk::Done register_route(sdk::Route route) noexcept override;
  sdk::Done register_before_hook(std::string record_module, sdk::RecordEvent event,
                                 sdk::BeforeRecordHook hook) noexcept override;
  sdk::Done register_after_hook(std::string record_module, sdk::RecordEvent event,
                                sdk::AfterRecordHook hook) noexcept override;
  sdk::Done register_user_hook(sdk::UserEvent event, sdk::AfterUserHook hook) noexcept override;
  sdk::Done register_job(sdk::Job job) noexcept override;
  sdk::Done register_assets(sdk::AssetFolder folder) noexcept override;
  sdk::Done register_navigation(sdk::Navigation entry) noexcept override;
  sdk::Done register_record_panel(sdk::RecordPanel panel) noexcept override;
  sdk::Done register_openapi(std::string document) noexcept override;
  sdk::Done register_health(sdk::HealthSource source) noexcept override;
  sdk::Done register_checklist(sdk::ChecklistFunction ask) noexcept override;

 private:
  Registrations& into_;
  bool is_closed_ = false;
};

}  // namespace crm::app
