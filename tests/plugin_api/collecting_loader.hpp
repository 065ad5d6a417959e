#pragma once
/// Keeps what a module registers, and answers requests from it.
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "crm/sdk/module.hpp"

namespace scheduling::test {

class CollectingLoader final : public crm::sdk::Loader {
 public:
  crm::sdk::Done register_route(crm::sdk::Route route) noexcept override {
    routes.push_back(std::move(route));
    return {};
  }
  crm::sdk::Done register_before_hook(std::string, crm::sdk::RecordEvent,
                                      crm::sdk::BeforeRecordHook) noexcept override {
    return crm::sdk::fail(crm::sdk::FailureKind::invalid, "this module registers no veto");
  }
  crm::sdk::Done register_after_hook(std::string module, crm::sdk::RecordEvent event,
                                     crm::sdk::AfterRecordHook hook) noexcept override {
    record_hooks[{module, event}] = std::move(hook);
    return {};
  }
  crm::sdk::Done register_user_hook(crm::sdk::UserEvent event, crm::sdk::AfterUserHook hook) noexcept override {
    user_hooks[event] = std::move(hook);
    return {};
  }
  crm::sdk::Done register_job(crm::sdk::Job job) noexcept override {
    jobs.push_back(std::move(job));
    return {};
  }
  crm::sdk::Done register_assets(crm::sdk::AssetFolder folder) noexcept override {
    assets.push_back(std::move(folder));
    return {};
  }
  crm::sdk::Done register_navigation(crm::sdk::Navigation entry) noexcept override {
    navigation.push_back(std::move(entry));
    return {};
  }
  crm::sdk::Done register_record_panel(crm::sdk::RecordPanel panel) noexcept override {
    panels.push_back(std::move(panel));
    return {};
  }
  crm::sdk::Done register_openapi(std::string document) noexcept override {
    documents.push_back(std::move(document));
    return {};
  }

  crm::sdk::Done register_health(crm::sdk::HealthSource source) noexcept override {
    health.push_back(std::move(source));
    return {};
  }

  crm::sdk::Response handle(crm::sdk::Request& request) const;
  const crm::sdk::Job& job(std::string_view name) const {
    for (const crm::sdk::Job& one : jobs)
      if (one.name == name) return one;
    throw std::runtime_error("no such job: " + std::string(name));
  }
  const crm::sdk::AfterRecordHook& record_hook(const std::string& module, crm::sdk::RecordEvent event) const {
    return record_hooks.at({module, event});
  }
  const crm::sdk::AfterUserHook& user_hook(crm::sdk::UserEvent event) const { return user_hooks.at(event); }

  std::vector<crm::sdk::Route> routes;
  std::vector<crm::sdk::Job> jobs;
  std::vector<crm::sdk::AssetFolder> assets;
  std::vector<crm::sdk::Navigation> navigation;
  std::vector<crm::sdk::RecordPanel> panels;
  std::vector<std::string> documents;
  std::vector<crm::sdk::HealthSource> health;
  std::map<std::pair<std::string, crm::sdk::RecordEvent>, crm::sdk::AfterRecordHook> record_hooks;
  std::map<crm::sdk::UserEvent, crm::sdk::AfterUserHook> user_hooks;
};

}  // namespace scheduling::test
