#pragma once
/// A module and what it registers. The smallest complete one stands in `host-sdk/sample_module/`.
///
/// Life of a module, all on one thread of the CRM:
///   1. the CRM reads manifest.json, checks its ABI facts, loads a private copy of the library,
///      compares CrmModuleEntry::abi with its own, and only then calls anything;
///   2. create() → load(loader, services): registrations are collected, nothing runs yet;
///   3. the CRM compares them with the manifest and migrates the database; routes, hooks and jobs go live;
///   4. disabling: routing stops, requests, hooks and jobs in flight finish, then stop(): join your
///      threads, drop your caches; then destroy(), and the library is unloaded.
/// Nothing of the module may stay behind after destroy(): no thread, no thread_local with a
/// destructor, no object handed to the CRM.
/// Since: SDK 1.0
#include <memory>
#include <string>

#include "crm/sdk/abi.h"
#include "crm/sdk/checklist.hpp"
#include "crm/sdk/health.hpp"
#include "crm/sdk/http.hpp"
#include "crm/sdk/jobs.hpp"
#include "crm/sdk/panel.hpp"
#include "crm/sdk/records.hpp"
#include "crm/sdk/services.hpp"

namespace crm::sdk {

/// Files below the module's folder, served under a URL prefix with caching by content hash.
///
/// "x.js.br" and "x.js.gz" beside "x.js" are sent in its place to clients that take them. Files whose name a build
/// made from their content, below a folder "built" ("built/settings-DiwrgTda.js"), are cached for ever.
struct AssetFolder {
  std::string url_prefix;  ///< "/schedule/assets"
  std::string folder;      ///< relative to the module's folder: "assets"
};

/// A link in the CRM's navigation, such as "Scheduling" to "/settings/scheduling". Users who may not open the
/// path do not see it; it leaves when the module is switched off.
struct Navigation {
  std::string label;
  std::string path;  ///< one of the module's own routes
  Access access = Access::user;
};

/// Takes registrations during Module::load(), and only then. Each returns a failure `conflict` when
/// the name or pattern is taken, `invalid` when it is malformed; the CRM then refuses the module.
class Loader {
 public:
  virtual ~Loader() = default;
  virtual Done register_route(Route route) noexcept = 0;
  virtual Done register_before_hook(std::string record_module, RecordEvent event, BeforeRecordHook hook) noexcept = 0;
  virtual Done register_after_hook(std::string record_module, RecordEvent event, AfterRecordHook hook) noexcept = 0;
  virtual Done register_user_hook(UserEvent event, AfterUserHook hook) noexcept = 0;
  virtual Done register_job(Job job) noexcept = 0;
  virtual Done register_assets(AssetFolder folder) noexcept = 0;
  virtual Done register_navigation(Navigation entry) noexcept = 0;
  virtual Done register_record_panel(RecordPanel panel) noexcept = 0;
  /// An OpenAPI 3.1 document (JSON) whose paths and components join the CRM's.
  virtual Done register_openapi(std::string document) noexcept = 0;
  /// Not part of the manifest.
  virtual Done register_health(HealthSource source) noexcept = 0;
  /// Not part of the manifest. A CRM without a start page leaves it as it is: then nobody is asked.
  virtual Done register_checklist(ChecklistFunction) noexcept { return {}; }
};

class Module {
 public:
  virtual ~Module() = default;
  /// `folder`: where the module's own files lie (templates, migrations, assets).
  virtual Done load(Loader& loader, const Services& services, const std::string& folder) noexcept = 0;
  /// After load() and after migrations, before the first call of a handler.
  virtual Done start() noexcept = 0;
  /// The last call before destruction. Idempotent.
  virtual void stop() noexcept = 0;
};

}  // namespace crm::sdk

extern "C" {

/// The one exported symbol: `extern "C" const CrmModuleEntry crm_module_entry`.
struct CrmModuleEntry {
  CrmAbiBlock abi;                              ///< first, and compared before the rest is read
  const char* id;                               ///< same as the manifest's
  const char* version;                          ///< same as the manifest's
  crm::sdk::Module* (*create)() noexcept;       ///< null on failure
  void (*destroy)(crm::sdk::Module*) noexcept;  ///< frees what create() made
};

}  // extern "C"

/// Defines the entry in exactly one source file of the module.
#define CRM_SDK_MODULE(ID, VERSION, CREATE, DESTROY)                                       \
  extern "C" __attribute__((visibility("default"))) const CrmModuleEntry crm_module_entry; \
  extern "C" const CrmModuleEntry crm_module_entry = {CRM_SDK_ABI_BLOCK, ID, VERSION, CREATE, DESTROY}
