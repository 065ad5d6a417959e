#include "module_loading/panel_board.hpp"

#include <mutex>

#include "crm/sdk/guard.hpp"
#include "module_loading/checklist_board.hpp"

namespace crm::app {
namespace {

bool is_link(const std::string& url) {
  return is_own_path(url) || url.starts_with("https://") || url.starts_with("http://");
}

sdk::PanelContent checked(sdk::PanelContent content) {
  if (content.lines.size() > sdk::k_panel_lines_max) content.lines.resize(sdk::k_panel_lines_max);
  for (sdk::PanelLine& line : content.lines)
    if (!is_link(line.url)) line.url.clear();
  std::erase_if(content.actions, [](const sdk::PanelAction& action) { return !is_own_path(action.path); });
  if (content.actions.size() > sdk::k_panel_actions_max) content.actions.resize(sdk::k_panel_actions_max);
  return content;
}

sdk::PanelContent show_one(const sdk::RecordPanel& panel, sdk::Session& session, const sdk::Record& record,
                           const sdk::Principal& reader, sdk::Log& log) {
  auto content = sdk::guarded(
      log, panel.title, [&] { return panel.show(session, record, reader); },
      [] { return sdk::Outcome<sdk::PanelContent>(sdk::fail(sdk::FailureKind::broken, "it threw")); });
  if (session.in_transaction()) session.rollback();
  if (content) return checked(std::move(*content));
  log.error("panel.failed", {{"panel", panel.title}, {"what", content.error().message}});
  return {{{"This could not be shown."}}, {}};
}

}  // namespace

std::vector<ShownPanel> PanelBoard::show(sdk::Session& session, const sdk::Record& record, const sdk::Principal& reader,
                                         sdk::Log& log) noexcept {
  const std::shared_lock lock(mutex_);
  std::vector<ShownPanel> shown;
  for (const sdk::RecordPanel& panel : panels_) {
    if (panel.record_module != record.module) continue;
    sdk::PanelContent content = show_one(panel, session, record, reader, log);
    if (!content.lines.empty() || !content.actions.empty()) shown.push_back({panel.title, std::move(content)});
  }
  return shown;
}

void PanelBoard::close() noexcept {
  const std::unique_lock lock(mutex_);
  panels_.clear();
}

}  // namespace crm::app
