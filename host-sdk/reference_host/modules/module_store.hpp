#pragma once
/// The table `modules`.
#include <functional>
#include <string>
#include <vector>

#include "crm/sdk/database.hpp"
#include "crm/sdk/services.hpp"

namespace crm::app {

class ModuleStore {
 public:
  ModuleStore(sdk::Database& database, sdk::Clock& clock) : database_(database), clock_(clock) {}

  struct Row {
    std::string id;
    bool is_enabled = false;
    std::string settings;  ///< stored form
  };
  sdk::Outcome<std::vector<Row>> all();
  /// Adds an unknown module as enabled, or notes a known one's new version.
  sdk::Done note(const std::string& id, const std::string& version);
  sdk::Done set_enabled(const std::string& id, bool is_enabled);
  /// `change` gets the stored settings, under a row lock, and gives the new ones.
  sdk::Outcome<std::string> change_settings(const std::string& id,
                                            const std::function<sdk::Outcome<std::string>(const std::string&)>& change);

 private:
  sdk::Database& database_;
  sdk::Clock& clock_;
};

}  // namespace crm::app
