#pragma once
/// Which modules there are, which are on, and with what settings.
///
/// The table `modules` decides for all instances of one database; each instance follows it within `follow`.
/// A module that is refused stays off on this instance, the reason is shown, and it is tried again every 30 s.
///
/// Thread: any. Owner: everything in Surroundings must outlive the registry.
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crm/sdk/problem.hpp"
#include "reference_host/modules/module_admin.hpp"
#include "reference_host/modules/registration_target.hpp"

namespace crm::app {

class ModuleRegistry final : public ModuleAdmin {
 public:
  struct Surroundings {
    sdk::Database& database;
    sdk::Clock& clock;
    sdk::Log& log;
    sdk::Users& users;
    sdk::RecordBook& records;
    sdk::Mailer& mailer;
    sdk::Site& site;
    sdk::Jobs& jobs;
    std::function<std::unique_ptr<sdk::Secrets>(std::string_view module_id)> secrets_for;
    RegistrationTarget& target;
    std::string plugin_dir;                  ///< one folder per module
    std::string copy_folder;                 ///< private copies of libraries: data_dir/module-copies
    std::chrono::milliseconds follow{2000};  ///< how often the table is read for changes of other instances
  };

  explicit ModuleRegistry(Surroundings surroundings);
  ~ModuleRegistry() override;  ///< stops

  /// Finds the modules, records new ones as enabled, brings the enabled ones up, and follows the table.
  /// A refused module is no failure of start(): see modules() and is_ready().
  sdk::Done start();
  /// Switches every module off on this instance (the table stays) and unloads it.
  void stop();
  /// Whether every enabled module is live. Cheap.
  bool is_ready() const { return is_ready_; }
  const std::atomic<bool>& ready_flag() const { return is_ready_; }

  std::vector<ModuleListing> modules() override;
  sdk::Outcome<ModuleSettings> settings(std::string_view id) override;
  /// `invalid` with the reason when the module is refused; it is then off as before.
  sdk::Done enable(std::string_view id) override;
  /// Returns when running requests, hooks and jobs are finished and the library is unloaded.
  sdk::Done disable(std::string_view id) override;
  sdk::Outcome<ModuleParts> parts(std::string_view id) override;
  sdk::Outcome<std::vector<sdk::FieldError>> save_settings(std::string_view id, std::string_view values_json) override;
  std::vector<sdk::Navigation> navigation() override;
  std::vector<sdk::ChecklistStep> checklist(const sdk::Principal& reader) override;
  std::vector<ShownPanel> panels(sdk::Session& session, const sdk::Record& record,
                                 const sdk::Principal& reader) override;

  /// As settings(), but secrets appear: "set" or null.
  sdk::Outcome<std::string> shown_settings(std::string_view id);
  /// As save_settings(); every broken rule comes back. "set" for a secret leaves it as it is.
  sdk::Outcome<std::vector<sdk::FieldError>> change_settings(std::string_view id, const Poco::JSON::Object& changes);
  /// OpenAPI documents of the live modules.
  std::vector<std::string> documents();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::atomic<bool> is_ready_{false};
};

}  // namespace crm::app
