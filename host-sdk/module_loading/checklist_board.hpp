#pragma once
/// The checklist functions of one live module, called safely.
///
/// Thread: any, several at once. Owner: holds functions of the module until close(), which must come before
/// unloading.
#include <shared_mutex>
#include <vector>

#include "crm/sdk/checklist.hpp"
#include "crm/sdk/services.hpp"

namespace crm::app {

/// Whether `url` is a path of the CRM itself: "//example.com" and "/\example.com" lead out of it.
bool is_own_path(const std::string& url);

class ChecklistBoard {
 public:
  explicit ChecklistBoard(std::vector<sdk::ChecklistFunction> functions) : functions_(std::move(functions)) {}
  /// In the order of registration. Too many steps and paths that lead elsewhere are left out; a function that fails is
  /// logged.
  std::vector<sdk::ChecklistStep> ask(const sdk::Principal& reader, sdk::Log& log) noexcept;
  /// Waits for calls that are under way, and lets the functions go. Afterwards there are no steps.
  void close() noexcept;

 private:
  std::shared_mutex mutex_;  ///< shared: a function is being asked
  std::vector<sdk::ChecklistFunction> functions_;
};

}  // namespace crm::app
