#pragma once
/// What an admin may turn in the module's settings.
#include <chrono>

#include "plugin/core/booking/admission.hpp"

namespace scheduling {

struct ModuleSettings {
  int manage_link_days = 30;                   ///< how long a manage link works after its meeting
  bool remind_hosts = false;                   ///< hosts get the reminders too
  std::chrono::seconds memory_while_away{60};  ///< how long free times are told without the database
  AbuseLimits limits{};                        ///< what the settings say, else the defaults where the CRM wants them
};

class SettingsSource {
 public:
  virtual ~SettingsSource() = default;
  /// As they are now; a change takes effect with the next call. Thread: any.
  virtual ModuleSettings current() const = 0;
};

}  // namespace scheduling
