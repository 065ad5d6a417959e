#pragma once
/// A CRM in memory that loads a real module library: for contract tests of modules, without HTTP and
/// without a database.
///
/// Thread: one at a time.
#include <memory>
#include <string>
#include <vector>

#include "fake_host/fake_services.hpp"
#include "module_loading/health_board.hpp"
#include "module_loading/loaded_module.hpp"
#include "module_loading/panel_board.hpp"

namespace crm::app {

class FakeCrm {
 public:
  /// `copy_folder`: where private copies of libraries go.
  explicit FakeCrm(std::string copy_folder) : copy_folder_(std::move(copy_folder)) {}
  ~FakeCrm();

  /// Reads manifest.json of `folder`, loads and starts the module. Settings get the manifest's defaults.
  sdk::Done load(const std::string& folder);
  /// Stops and unloads; `broken` when the image stayed mapped.
  sdk::Done unload();

  const Manifest& manifest() const { return manifest_; }
  LoadedModule& module() { return *module_; }

  struct Call {
    sdk::Method method = sdk::Method::get;
    std::string path;  ///< decoded
    std::vector<std::pair<std::string, std::string>> query;
    std::string body;
    std::optional<sdk::Principal> principal;
  };
  /// Finds the route as a CRM does (literals win) and calls its handler; 404 when none matches.
  /// Access and rate are not checked.
  sdk::Response call(const Call& call);
  /// `not_found` for an unknown name.
  sdk::Outcome<sdk::JobReport> run_job(std::string_view name);
  /// What the module says of itself, as an administrator would read it.
  std::vector<HealthLine> health();
  /// What the module shows on the record's page.
  std::vector<ShownPanel> panels(const sdk::Record& record, const sdk::Principal& reader);
  /// Calls the module's after-hooks for the event, in a session of the fake database.
  sdk::Done change(const std::string& record_module, const sdk::RecordChange& change);

  FakeDatabase database;
  FakeClock clock;
  FakeLog log;
  FakeUsers users;
  FakeRecords records;
  FakeMailer mailer;
  FakeSettings settings;
  FakeSecrets secrets;
  FakeSite site;
  FakeJobs jobs;

 private:
  std::string copy_folder_;
  Manifest manifest_;
  std::unique_ptr<LoadedModule> module_;
};

}  // namespace crm::app
