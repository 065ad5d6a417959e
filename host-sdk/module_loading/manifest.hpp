#pragma once
/// manifest.json: what a module says it offers.
///
/// Errors: `invalid` with the place and the rule it breaks, as host-sdk/manifest.schema.json states it.
/// Thread: pure, apart from reading the file.
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/module.hpp"
#include "module_loading/settings_schema.hpp"

namespace crm::app {

/// The schema's text; the same file ships with the SDK.
extern const char* const k_manifest_schema;

struct SdkVersion {
  int major = 0;
  int minor = 0;
  friend auto operator<=>(const SdkVersion&, const SdkVersion&) = default;
};

struct Manifest {
  struct Route {
    sdk::Method method = sdk::Method::get;
    std::string path;
    sdk::Access access = sdk::Access::user;
    sdk::RateClass rate = sdk::RateClass::normal;
  };
  struct Hook {
    std::string on;
    std::string event;
    std::string when;
  };
  struct Job {
    std::string name;
    std::chrono::seconds interval{};
    sdk::RunsOn runs_on = sdk::RunsOn::one_instance;
  };

  std::string id;
  std::string name;
  std::string description;
  std::string version;
  SdkVersion sdk_min;
  SdkVersion sdk_max;
  std::string library;
  std::vector<std::string> permissions;
  std::vector<Route> routes;
  std::vector<Hook> hooks;
  std::vector<Job> jobs;
  SettingsSchema settings;
  std::string settings_json = "{}";  ///< the schema as it stands in the file, for administration pages
  std::vector<sdk::Navigation> navigation;
  struct RecordPanel {
    std::string on;
    std::string title;
  };
  std::vector<RecordPanel> record_panels;
  std::vector<sdk::AssetFolder> assets;
  std::string migrations;                    ///< folder name, or empty
  std::map<std::string, std::uint32_t> abi;  ///< empty: the manifest was not built
};

sdk::Outcome<Manifest> parse_manifest(const std::string& text);
/// Reads `folder`/manifest.json.
sdk::Outcome<Manifest> read_manifest(const std::string& folder);

std::string_view to_string(sdk::Access access);
std::string_view to_string(sdk::RateClass rate);
std::string_view to_string(sdk::RecordEvent event);
std::string_view to_string(sdk::UserEvent event);

}  // namespace crm::app
