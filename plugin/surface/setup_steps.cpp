#include "plugin/surface/setup_steps.hpp"

#include <algorithm>

#include "plugin/surface/wiring.hpp"

namespace scheduling {
namespace {

constexpr int k_pages_looked_at = 50;
constexpr const char* k_settings = "/settings/scheduling";

crm::sdk::Unexpected<crm::sdk::Failure> failed(const Error& error) {
  return crm::sdk::fail(crm::sdk::FailureKind::broken, std::string(name_of(error.code)) + ": " + error.detail);
}

/// Whether people who open the page's link find something to book: a meeting type, and hours of its owner. A page that
/// is switched off, or has just gone, offers nothing.
Result<bool> can_be_booked(Wiring& wiring, const SchedulingPage& page) {
  const auto shown = wiring.scheduling.public_page(page.content.slug.text());
  if (!shown || shown->types.empty()) return false;
  const auto schedule = wiring.availability.get(Actor{page.owner, false, page.content.timezone.name()});
  if (!schedule) return fail(schedule.error());
  return !schedule->hours.rules().empty();
}

Result<std::optional<crm::sdk::ChecklistStep>> calendar_step(Wiring& wiring, UserId user) {
  using Step = std::optional<crm::sdk::ChecklistStep>;
  const auto connections = wiring.in_calendars.connections.list(user);
  if (!connections) return fail(connections.error());
  const bool has_calendar =
      std::ranges::any_of(*connections, [](const CalendarConnection& each) { return !each.calendars.empty(); });
  return Step(crm::sdk::ChecklistStep{"Connect your calendar, so that its events block time.",
                                      "/settings/scheduling/calendars", has_calendar});
}

}  // namespace

crm::sdk::Outcome<std::vector<crm::sdk::ChecklistStep>> setup_steps(Wiring& wiring, const crm::sdk::Principal& reader) {
  const Actor actor{UserId{reader.id.value}, reader.is_admin(), reader.timezone};
  const auto pages = wiring.scheduling.list_pages(actor, PageId{0}, k_pages_looked_at);
  if (!pages) return failed(pages.error());
  std::vector<crm::sdk::ChecklistStep> steps = {{"Make the first booking page.", k_settings, !pages->empty()}};
  const auto calendar = calendar_step(wiring, actor.id);
  if (!calendar) return failed(calendar.error());
  if (*calendar) steps.push_back(**calendar);
  if (pages->empty()) {
    steps.push_back({"Give it a meeting type and its owner working hours, and share its link.", k_settings});
    return steps;
  }
  for (const SchedulingPage& page : *pages) {
    const auto bookable = can_be_booked(wiring, page);
    if (!bookable) return failed(bookable.error());
    if (!*bookable) continue;
    const std::string path = "/schedule/" + std::string(page.content.slug.text());
    steps.push_back({"Share the link: " + wiring.crm.site.public_url() + path, path, true});
    return steps;
  }
  steps.push_back(
      {"Give a booking page a meeting type and its owner working hours, so that its link offers times.", k_settings});
  return steps;
}

}  // namespace scheduling
