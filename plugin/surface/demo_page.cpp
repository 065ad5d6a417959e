#include "plugin/surface/demo_page.hpp"

#include <algorithm>

#include "plugin/surface/wiring.hpp"

namespace scheduling {
namespace {

std::optional<Actor> demo_rep(Wiring& wiring) {
  auto session = wiring.crm.database.acquire();
  if (!session) return std::nullopt;
  auto users = wiring.crm.users.all_active(**session);
  if (!users) return std::nullopt;
  const auto rep = std::ranges::find(*users, "rep@example.test", &crm::sdk::User::email);
  if (rep == users->end()) return std::nullopt;
  return Actor{UserId{rep->id.value}, false, rep->timezone};
}

Done save_office_hours(Wiring& wiring, const Actor& rep) {
  const auto stored = wiring.availability.get(rep);
  if (!stored) return fail(stored.error());
  if (!stored->hours.rules().empty()) return {};
  std::vector<WeeklyRuleDraft> rules;
  for (std::int64_t day = 1; day <= 5; ++day) rules.push_back({day, "09:00", "17:00", true});
  AvailabilityPatch patch;
  patch.rules = std::move(rules);
  if (auto saved = wiring.availability.save(rep, patch); !saved) return fail(std::move(saved.error()));
  return {};
}

MeetingTypePatch demo_type(PageId page, const char* name, std::int64_t minutes, const char* location, const char* color,
                           const char* description, const char* details = "") {
  MeetingTypePatch patch;
  patch.page = page;
  patch.name = name;
  patch.duration_minutes = minutes;
  patch.location_type = location;
  patch.location_details = details;
  patch.color = color;
  patch.description = description;
  patch.display_order = minutes;
  return patch;
}

Done create(Wiring& wiring, const Actor& rep) {
  if (auto hours = save_office_hours(wiring, rep); !hours) return hours;
  PagePatch patch;
  patch.slug = "demo";
  patch.name = "Meet the demo team";
  patch.description = "Pick a time that suits you; you will get a confirmation at once.";
  auto page = wiring.scheduling.create_page(rep, patch);
  if (!page) return fail(std::move(page.error()));
  const MeetingTypePatch types[] = {
      demo_type(page->id, "Discovery Call", 30, "phone", "#1a73e8", "A short call to find out whether we can help.",
                "+1 202 555 0100"),
      demo_type(page->id, "Product Demo", 60, "zoom", "#188038", "An hour with the product and your questions."),
  };
  for (const MeetingTypePatch& type : types)
    if (auto created = wiring.scheduling.create_type(rep, type); !created) return fail(std::move(created.error()));
  return {};
}

}  // namespace

void create_demo_page(Wiring& wiring) {
  const auto rep = demo_rep(wiring);
  if (!rep || wiring.scheduling.public_page("demo")) return;
  if (auto done = create(wiring, *rep); !done)
    wiring.crm.log.warning("scheduling.demo_page",
                           {{"code", name_of(done.error().code)}, {"what", done.error().detail}});
}

}  // namespace scheduling
