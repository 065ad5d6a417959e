#pragma once
/// The record panels of one live module, called safely.
///
/// Thread: any, several at once. Owner: holds functions of the module until close(), which must come before
/// unloading.
#include <shared_mutex>
#include <string>
#include <vector>

#include "crm/sdk/panel.hpp"
#include "crm/sdk/services.hpp"

namespace crm::app {

struct ShownPanel {
  std::string title;
  sdk::PanelContent content;
};

class PanelBoard {
 public:
  explicit PanelBoard(std::vector<sdk::RecordPanel> panels) : panels_(std::move(panels)) {}
  /// In the order of registration, without empty ones. Too many lines and addresses that lead nowhere are left
  /// out. A panel that fails is logged and says so.
  std::vector<ShownPanel> show(sdk::Session& session, const sdk::Record& record, const sdk::Principal& reader,
                               sdk::Log& log) noexcept;
  /// Waits for calls that are under way, and lets the functions go. Afterwards there is nothing to show.
  void close() noexcept;

 private:
  std::shared_mutex mutex_;  ///< shared: a panel is being shown
  std::vector<sdk::RecordPanel> panels_;
};

}  // namespace crm::app
