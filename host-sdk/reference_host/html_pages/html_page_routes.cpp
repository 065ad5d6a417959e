#include "reference_host/html_pages/html_page_routes.hpp"

#include <algorithm>

#include "reference_host/html_pages/local_time.hpp"
#include "reference_host/jobs/job_runner.hpp"

namespace crm::app {
namespace {

using sdk::Request;
using sdk::Response;

/// The CRM's own steps, and then the modules'. Each with its state as it is now and where it is done.
std::vector<sdk::ChecklistStep> setup_checklist(const PageServices& services, const sdk::Principal& reader) {
  std::vector<sdk::ChecklistStep> steps;
  steps.push_back({"Make the first administrator.", "/admin/users", true});  // whoever reads this is one
  const bool has_mail = services.crm.mailer.is_configured() && services.crm.mailer.has_sender();
  steps.push_back({"Set up mail: a mail server and a sender.", "/admin/mail", has_mail});
  const auto modules = services.modules.modules();
  const bool is_on =
      std::any_of(modules.begin(), modules.end(), [](const auto& one) { return one.state == "enabled"; });
  steps.push_back({"Switch on a module.", "/admin/modules", is_on});
  for (sdk::ChecklistStep& step : services.modules.checklist(reader)) steps.push_back(std::move(step));
  return steps;
}

/// Empty when everything is done.
PageData checklist_entries(const std::vector<sdk::ChecklistStep>& steps) {
  PageData list = page_list();
  if (std::all_of(steps.begin(), steps.end(), [](const auto& step) { return step.is_done; })) return list;
  for (const sdk::ChecklistStep& step : steps) {
    PageData entry;
    entry.set("text", step.text);
    entry.set("path", step.path);
    entry.set("has_path", !step.path.empty());
    entry.set("is_done", step.is_done);
    list << entry;
  }
  return list;
}

Response home(const PageServices& services, const Request& request) {
  PageData links = page_list();
  const auto tile = [&](const std::string& label, const std::string& path, const std::string& words) {
    PageData entry;
    entry.set("label", label);
    entry.set("path", path);
    entry.set("words", words);
    links << entry;
  };
  for (const sdk::Navigation& entry : services.modules.navigation())
    if (entry.access != sdk::Access::admin || request.principal->is_admin()) tile(entry.label, entry.path, "");
  if (request.principal->is_admin()) {
    tile("Users", "/admin/users", "Who may log in");
    tile("Modules", "/admin/modules", "Switch on, switch off, settings");
    tile("Jobs", "/admin/jobs", "What runs in the background");
    tile("Mail", "/admin/mail", "How mail leaves, and what waits");
  }
  PageData data;
  PageData checklist = page_list();
  if (request.principal->is_admin()) checklist = checklist_entries(setup_checklist(services, *request.principal));
  data.set("has_checklist", checklist.is_non_empty_list());
  data.set("checklist", checklist);
  data.set("name", request.principal->name);
  data.set("links", links);
  return render_page(services, request, 200, "home", "Home", data);
}

/// "second", "90 seconds", "10 minutes", "hour": what stands behind "every".
std::string interval_words(std::chrono::seconds interval) {
  const auto words = [](std::int64_t count, const std::string& unit) {
    return count == 1 ? unit : std::to_string(count) + " " + unit + "s";
  };
  if (interval.count() % 3600 == 0) return words(interval.count() / 3600, "hour");
  if (interval.count() % 60 == 0) return words(interval.count() / 60, "minute");
  return words(interval.count(), "second");
}

Response jobs(const PageServices& services, const Request& request) {
  const auto states = services.crm.jobs.states();
  if (!states) return failure_page(services, request, states.error());
  const std::string& zone = request.principal->timezone;
  PageData list = page_list();
  for (const JobState& state : *states) {
    PageData entry;
    entry.set("name", state.name);
    entry.set("owner", state.owner);
    entry.set("runs_on", state.runs_on == sdk::RunsOn::every_instance ? "every instance" : "one instance");
    entry.set("every", interval_words(state.interval));
    entry.set("last", state.last_started_at ? local_time_text(*state.last_started_at, zone) : "not yet");
    if (state.last_started_at) entry.set("took", std::to_string(state.last_duration.count()) + " ms");
    entry.set("next", state.next_due_at ? local_time_text(*state.next_due_at, zone) : "runs now");
    entry.set("handled", std::to_string(state.handled_total));
    entry.set("failed", !state.last_error.empty());
    entry.set("result", state.last_error.empty() ? state.last_note : state.last_error);
    list << entry;
  }
  PageData data;
  data.set("jobs", list);
  return render_page(services, request, 200, "jobs", "Jobs", data);
}

}  // namespace

std::vector<sdk::Route> html_page_routes(const PageServices& services) {
  using enum sdk::Method;
  using sdk::Access;
  using sdk::RateClass;
  std::vector<sdk::Route> routes = {
      {get, "/", Access::user, RateClass::normal, page_handler(services, home), 0},
      {get, "/admin/jobs", Access::admin, RateClass::normal, page_handler(services, jobs), 0},
      {get, "/crm-assets/{file}", Access::open, RateClass::none, page_asset, 0},
  };
  add_login_pages(services, routes);
  add_password_pages(services, routes);
  add_profile_pages(services, routes);
  add_mail_pages(services, routes);
  add_contact_pages(services, routes);
  add_user_pages(services, routes);
  add_module_pages(services, routes);
  return routes;
}

}  // namespace crm::app
