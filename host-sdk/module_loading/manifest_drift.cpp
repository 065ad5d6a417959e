#include "module_loading/manifest_drift.hpp"

#include <set>

namespace crm::app {
namespace {

using Lines = std::set<std::string>;

std::string route_line(sdk::Method method, const std::string& path, sdk::Access access, sdk::RateClass rate) {
  return "route " + std::string(sdk::to_string(method)) + " " + path + " access " + std::string(to_string(access)) +
         " rate " + std::string(to_string(rate));
}

std::string hook_line(std::string_view when, std::string_view on, std::string_view event) {
  return "hook " + std::string(when) + " " + std::string(on) + " " + std::string(event);
}

std::string job_line(const std::string& name, std::chrono::seconds interval, sdk::RunsOn runs_on) {
  return "job " + name + " every " + std::to_string(interval.count()) + " s on " + std::string(to_string(runs_on));
}

Lines lines_of(const Manifest& manifest) {
  Lines lines;
  for (const auto& one : manifest.routes) lines.insert(route_line(one.method, one.path, one.access, one.rate));
  for (const auto& one : manifest.hooks) lines.insert(hook_line(one.when, one.on, one.event));
  for (const auto& one : manifest.jobs) lines.insert(job_line(one.name, one.interval, one.runs_on));
  for (const auto& one : manifest.assets) lines.insert("assets " + one.url_prefix + " from " + one.folder);
  for (const auto& one : manifest.navigation)
    lines.insert("navigation " + one.label + " " + one.path + " access " + std::string(to_string(one.access)));
  for (const auto& one : manifest.record_panels) lines.insert("record panel " + one.title + " on " + one.on);
  return lines;
}

Lines lines_of(const Registrations& registered) {
  Lines lines;
  for (const auto& one : registered.routes) lines.insert(route_line(one.method, one.pattern, one.access, one.rate));
  for (const auto& one : registered.before_hooks)
    lines.insert(hook_line("before", one.record_module, to_string(one.event)));
  for (const auto& one : registered.after_hooks)
    lines.insert(hook_line("after", one.record_module, to_string(one.event)));
  for (const auto& one : registered.user_hooks) lines.insert(hook_line("after", "users", to_string(one.event)));
  for (const auto& one : registered.jobs) lines.insert(job_line(one.name, one.interval, one.runs_on));
  for (const auto& one : registered.assets) lines.insert("assets " + one.url_prefix + " from " + one.folder);
  for (const auto& one : registered.navigation)
    lines.insert("navigation " + one.label + " " + one.path + " access " + std::string(to_string(one.access)));
  for (const auto& one : registered.record_panels)
    lines.insert("record panel " + one.title + " on " + one.record_module);
  return lines;
}

}  // namespace

std::vector<std::string> manifest_drift(const Manifest& manifest, const Registrations& registered) {
  const Lines said = lines_of(manifest);
  const Lines done = lines_of(registered);
  std::vector<std::string> differences;
  for (const auto& line : said)
    if (!done.contains(line)) differences.push_back(line + " stands in the manifest and was not registered");
  for (const auto& line : done)
    if (!said.contains(line)) differences.push_back(line + " was registered and does not stand in the manifest");
  return differences;
}

}  // namespace crm::app
