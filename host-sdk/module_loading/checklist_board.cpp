#include "module_loading/checklist_board.hpp"

#include <mutex>

#include "crm/sdk/guard.hpp"

namespace crm::app {
namespace {

using Steps = std::vector<sdk::ChecklistStep>;

Steps ask_one(const sdk::ChecklistFunction& function, const sdk::Principal& reader, sdk::Log& log) {
  auto steps = sdk::guarded(
      log, "checklist", [&] { return function(reader); },
      [] { return sdk::Outcome<Steps>(sdk::fail(sdk::FailureKind::broken, "it threw")); });
  if (!steps) {
    log.error("checklist.failed", {{"what", steps.error().message}});
    return {};
  }
  if (steps->size() > sdk::k_checklist_steps_max) steps->resize(sdk::k_checklist_steps_max);
  for (sdk::ChecklistStep& step : *steps)
    if (!is_own_path(step.path)) step.path.clear();
  return std::move(*steps);
}

}  // namespace

bool is_own_path(const std::string& url) {
  return url.starts_with('/') && !url.starts_with("//") && url.find('\\') == std::string::npos;
}

Steps ChecklistBoard::ask(const sdk::Principal& reader, sdk::Log& log) noexcept {
  const std::shared_lock lock(mutex_);
  Steps all;
  for (const sdk::ChecklistFunction& function : functions_)
    for (sdk::ChecklistStep& step : ask_one(function, reader, log)) all.push_back(std::move(step));
  return all;
}

void ChecklistBoard::close() noexcept {
  const std::unique_lock lock(mutex_);
  functions_.clear();
}

}  // namespace crm::app
