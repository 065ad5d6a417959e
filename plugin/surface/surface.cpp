// Everything the host can reach, on one page. A row carries access and rate, so that an unauthenticated
// or unlimited route is visible. manifest.json says the same; a test keeps the two equal.
#include "plugin/surface/surface.hpp"

#include <chrono>

#include "crm/sdk/guard.hpp"
#include "plugin/surface/contact_panel.hpp"
#include "plugin/surface/health_notes.hpp"
#include "plugin/surface/setup_steps.hpp"
#include "plugin/surface/wiring.hpp"

namespace scheduling {
namespace {

using namespace std::chrono_literals;
using crm::sdk::Access;
using crm::sdk::RateClass;
using crm::sdk::RecordEvent;
using crm::sdk::Request;
using crm::sdk::Response;
using enum crm::sdk::Method;

using Respond = Response (*)(Handlers&, const Request&);
template <auto Part, auto Function>
Response to(Handlers& handlers, const Request& request) {
  return ((handlers.*Part).*Function)(request);
}

struct RouteRow {
  crm::sdk::Method method;
  const char* pattern;
  Access access;
  RateClass rate;
  Respond respond;
};

// clang-format off
constexpr RouteRow k_routes[] = {
    {get,  "/api/v1/scheduling/pages",              Access::user, RateClass::normal, &to<&Handlers::pages, &Pages::list>},
    {post, "/api/v1/scheduling/pages",              Access::user, RateClass::normal, &to<&Handlers::pages, &Pages::create>},
    {get,  "/api/v1/scheduling/pages/{id}",         Access::user, RateClass::normal, &to<&Handlers::pages, &Pages::get>},
    {put,  "/api/v1/scheduling/pages/{id}",         Access::user, RateClass::normal, &to<&Handlers::pages, &Pages::update>},
    {del,  "/api/v1/scheduling/pages/{id}",         Access::user, RateClass::normal, &to<&Handlers::pages, &Pages::remove>},
    {get,  "/api/v1/scheduling/colleagues",         Access::user, RateClass::normal, &to<&Handlers::teams, &TeamRoutes::colleagues>},
    {get,  "/api/v1/scheduling/pages/{id}/turn",    Access::user, RateClass::normal, &to<&Handlers::teams, &TeamRoutes::turn>},
    {put,  "/api/v1/scheduling/pages/{id}/membership", Access::user, RateClass::normal, &to<&Handlers::teams, &TeamRoutes::set_membership>},
    {get,  "/api/v1/scheduling/brand-colors",       Access::user, RateClass::normal, &to<&Handlers::pages, &Pages::colors>},
    {post, "/api/v1/scheduling/slugs/{slug}/release", Access::admin, RateClass::normal, &to<&Handlers::pages, &Pages::release_slug>},
    {get,  "/api/v1/scheduling/meeting-types",      Access::user, RateClass::normal, &to<&Handlers::meeting_types, &MeetingTypes::list>},
    {post, "/api/v1/scheduling/meeting-types",      Access::user, RateClass::normal, &to<&Handlers::meeting_types, &MeetingTypes::create>},
    {get,  "/api/v1/scheduling/meeting-types/{id}", Access::user, RateClass::normal, &to<&Handlers::meeting_types, &MeetingTypes::get>},
    {put,  "/api/v1/scheduling/meeting-types/{id}", Access::user, RateClass::normal, &to<&Handlers::meeting_types, &MeetingTypes::update>},
    {del,  "/api/v1/scheduling/meeting-types/{id}", Access::user, RateClass::normal, &to<&Handlers::meeting_types, &MeetingTypes::remove>},
    {get,  "/api/v1/scheduling/availability",       Access::user, RateClass::normal, &to<&Handlers::availability, &Availability::get>},
    {put,  "/api/v1/scheduling/availability",       Access::user, RateClass::normal, &to<&Handlers::availability, &Availability::save>},
    {get,  "/api/v1/scheduling/overrides",          Access::user, RateClass::normal, &to<&Handlers::overrides, &Overrides::list>},
    {post, "/api/v1/scheduling/overrides",          Access::user, RateClass::normal, &to<&Handlers::overrides, &Overrides::create>},
    {del,  "/api/v1/scheduling/overrides/{id}",     Access::user, RateClass::normal, &to<&Handlers::overrides, &Overrides::remove>},
    {post, "/api/v1/scheduling/bookings",           Access::user, RateClass::normal, &to<&Handlers::rep_bookings, &RepBookingRoutes::book>},
    {get,  "/api/v1/scheduling/slots",              Access::user, RateClass::normal, &to<&Handlers::rep_bookings, &RepBookingRoutes::slots>},
    {post, "/api/v1/scheduling/invitations",        Access::user, RateClass::normal, &to<&Handlers::rep_bookings, &RepBookingRoutes::invite>},
    {get,  "/api/v1/scheduling/explain",            Access::user, RateClass::normal, &to<&Handlers::explain, &Explain::get>},
    {post, "/api/v1/scheduling/preview",            Access::user, RateClass::normal, &to<&Handlers::preview, &Preview::compare>},
    {get,  "/api/v1/scheduling/meetings",               Access::user, RateClass::normal, &to<&Handlers::meetings, &Meetings::list>},
    {get,  "/api/v1/scheduling/meetings/{id}",          Access::user, RateClass::normal, &to<&Handlers::meetings, &Meetings::get>},
    {post, "/api/v1/scheduling/meetings/{id}/cancel",   Access::user, RateClass::normal, &to<&Handlers::meetings, &Meetings::cancel>},
    {post, "/api/v1/scheduling/meetings/{id}/reassign", Access::user, RateClass::normal, &to<&Handlers::teams, &TeamRoutes::reassign>},
    {get,  "/api/v1/scheduling/meetings/{id}/candidates", Access::user, RateClass::normal, &to<&Handlers::teams, &TeamRoutes::candidates>},
    {post, "/api/v1/scheduling/meetings/{id}/outcome",  Access::user, RateClass::normal, &to<&Handlers::meetings, &Meetings::outcome>},
    {post, "/api/v1/scheduling/meetings/{id}/confirm",  Access::user, RateClass::normal, &to<&Handlers::meetings, &Meetings::confirm>},
    {post, "/api/v1/scheduling/meetings/{id}/decline",  Access::user, RateClass::normal, &to<&Handlers::meetings, &Meetings::decline>},
    {get,  "/api/v1/scheduling/metrics",                Access::user, RateClass::normal, &to<&Handlers::metrics, &MetricsRoutes::get>},
    {get,  "/api/v1/scheduling/suggestions",              Access::user, RateClass::normal, &to<&Handlers::suggestions, &Suggestions::list>},
    {post, "/api/v1/scheduling/suggestions/{id}/accept",  Access::user, RateClass::normal, &to<&Handlers::suggestions, &Suggestions::accept>},
    {post, "/api/v1/scheduling/suggestions/{id}/dismiss", Access::user, RateClass::normal, &to<&Handlers::suggestions, &Suggestions::dismiss>},
    {post, "/api/v1/scheduling/privacy/erase",            Access::admin, RateClass::normal, &to<&Handlers::privacy, &Privacy::erase>},
    {get,  "/api/v1/scheduling/privacy/export",           Access::admin, RateClass::normal, &to<&Handlers::privacy, &Privacy::export_all>},
    {get,  "/api/v1/scheduling/audit",                    Access::admin, RateClass::normal, &to<&Handlers::audit, &Audit::list>},
    {get,  "/api/v1/scheduling/mails",                  Access::user,  RateClass::normal, &to<&Handlers::mails, &Mails::list>},
    {post, "/api/v1/scheduling/mails/{id}/retry",       Access::user,  RateClass::normal, &to<&Handlers::mails, &Mails::retry>},
    {get,  "/api/v1/scheduling/mail-health",            Access::admin, RateClass::normal, &to<&Handlers::mails, &Mails::health>},
    {get,  "/api/v1/scheduling/pages/{id}/mail-templates",                                  Access::user, RateClass::normal, &to<&Handlers::mail_templates, &MailTemplateRoutes::list>},
    {put,  "/api/v1/scheduling/pages/{id}/mail-templates/{occasion}/{language}",            Access::user, RateClass::normal, &to<&Handlers::mail_templates, &MailTemplateRoutes::save>},
    {del,  "/api/v1/scheduling/pages/{id}/mail-templates/{occasion}/{language}",            Access::user, RateClass::normal, &to<&Handlers::mail_templates, &MailTemplateRoutes::remove>},
    {post, "/api/v1/scheduling/pages/{id}/mail-templates/{occasion}/{language}/preview",    Access::user, RateClass::normal, &to<&Handlers::mail_templates, &MailTemplateRoutes::preview>},
    {post, "/api/v1/scheduling/pages/{id}/mail-templates/{occasion}/{language}/test",       Access::user, RateClass::normal, &to<&Handlers::mail_templates, &MailTemplateRoutes::send_test>},
    {get,  "/schedule/manage/{token}",                       Access::open, RateClass::token,  &to<&Handlers::manage, &Manage::show>},
    {get,  "/schedule/reschedule/{token}/month",             Access::open, RateClass::token,  &to<&Handlers::manage, &Manage::month>},
    {get,  "/schedule/manage/{token}/invite.ics",            Access::open, RateClass::token,  &to<&Handlers::manage, &Manage::invite>},
    {get,  "/schedule/manage/request/{token}",               Access::open, RateClass::token,  &to<&Handlers::approval, &Approval::show>},
    {post, "/schedule/manage/request/{token}/confirm",       Access::open, RateClass::token,  &to<&Handlers::approval, &Approval::confirm>},
    {post, "/schedule/manage/request/{token}/decline",       Access::open, RateClass::token,  &to<&Handlers::approval, &Approval::decline>},
    {get,  "/schedule/manage/outcome/{token}",               Access::open, RateClass::token,  &to<&Handlers::outcome, &OutcomePage::show>},
    {post, "/schedule/manage/outcome/{token}",               Access::open, RateClass::token,  &to<&Handlers::outcome, &OutcomePage::record>},
    {get,  "/schedule/manage/verify/{token}",                Access::open, RateClass::token,  &to<&Handlers::verification, &Verification::show>},
    {post, "/schedule/manage/verify/{token}",                Access::open, RateClass::token,  &to<&Handlers::verification, &Verification::confirm>},
    {post, "/schedule/cancel/{token}",                       Access::open, RateClass::token,  &to<&Handlers::manage, &Manage::cancel>},
    {post, "/schedule/reschedule/{token}",                   Access::open, RateClass::token,  &to<&Handlers::manage, &Manage::reschedule>},
    {get,  "/schedule/{slug}",                               Access::open, RateClass::page,   &to<&Handlers::public_booking, &PublicBooking::page>},
    {get,  "/schedule/assets/themes/{stylesheet}",           Access::open, RateClass::page,   &to<&Handlers::public_booking, &PublicBooking::theme>},
    {get,  "/schedule/assets/zones.json",                    Access::open, RateClass::page,   &to<&Handlers::public_booking, &PublicBooking::zones>},
    {get,  "/schedule/{slug}/{meetingType}",                 Access::open, RateClass::page,   &to<&Handlers::public_booking, &PublicBooking::type>},
    {post, "/schedule/{slug}/{meetingType}",                 Access::open, RateClass::page,   &to<&Handlers::public_booking, &PublicBooking::choose>},
    {get,  "/schedule/{slug}/{meetingType}/slots",           Access::open, RateClass::page,   &to<&Handlers::public_booking, &PublicBooking::slots>},
    {get,  "/schedule/{slug}/{meetingType}/month",           Access::open, RateClass::page,   &to<&Handlers::public_booking, &PublicBooking::month>},
    {post, "/schedule/{slug}/{meetingType}/book",            Access::open, RateClass::book,   &to<&Handlers::public_booking, &PublicBooking::book>},
    {get,  "/api/v1/calendar/connect/{provider}",            Access::user, RateClass::normal, &to<&Handlers::calendar_connect, &CalendarConnect::connect>},
    {post, "/api/v1/calendar/connect/caldav",                Access::user, RateClass::normal, &to<&Handlers::calendar_connect, &CalendarConnect::connect_caldav>},
    {get,  "/api/v1/calendar/callback/{provider}",           Access::user, RateClass::normal, &to<&Handlers::calendar_connect, &CalendarConnect::callback>},
    {get,  "/api/v1/calendar/providers",                     Access::user, RateClass::normal, &to<&Handlers::calendar_connect, &CalendarConnect::providers>},
    {get,  "/api/v1/calendar/connections",                   Access::user, RateClass::normal, &to<&Handlers::calendar_connect, &CalendarConnect::list>},
    {put,  "/api/v1/calendar/connections/{id}",              Access::user, RateClass::normal, &to<&Handlers::calendar_connect, &CalendarConnect::update>},
    {post, "/api/v1/calendar/connections/{id}/sync",         Access::user, RateClass::normal, &to<&Handlers::calendar_connect, &CalendarConnect::sync>},
    {del,  "/api/v1/calendar/connections/{id}",              Access::user, RateClass::normal, &to<&Handlers::calendar_connect, &CalendarConnect::remove>},
    {post, "/api/v1/calendar/notify/{provider}",             Access::open, RateClass::page,   &to<&Handlers::calendar_connect, &CalendarConnect::notify>},
    {get,  "/settings/scheduling",                           Access::user, RateClass::normal, &to<&Handlers::settings_page, &SettingsPage::show>},
    {get,  "/settings/scheduling/{section}",                 Access::user, RateClass::normal, &to<&Handlers::settings_page, &SettingsPage::show>},
    {get,  "/settings/scheduling/{section}/{id}",            Access::user, RateClass::normal, &to<&Handlers::settings_page, &SettingsPage::show>},
};
// clang-format on

struct HookRow {
  const char* module;
  RecordEvent event;
  crm::sdk::Done (CrmHooks::*after)(crm::sdk::Session&, const crm::sdk::RecordChange&);
};
constexpr HookRow k_hooks[] = {
    {"contacts", RecordEvent::merged, &CrmHooks::contact_merged},
    {"contacts", RecordEvent::updated, &CrmHooks::contact_updated},
    {"contacts", RecordEvent::owner_changed, &CrmHooks::owner_changed},
};

constexpr crm::sdk::UserEvent k_user_hooks[] = {crm::sdk::UserEvent::deactivated, crm::sdk::UserEvent::reactivated,
                                                crm::sdk::UserEvent::deleted};

using crm::sdk::RunsOn;

struct JobRow {
  const char* name;
  std::chrono::seconds interval;
  RunsOn runs_on;
  crm::sdk::Outcome<crm::sdk::JobReport> (*run)(Jobs&, std::stop_token);
};
constexpr JobRow k_jobs[] = {
    {"DeliverMailJob", 1s, RunsOn::every_instance,
     [](Jobs& jobs, std::stop_token stop) { return jobs.deliver_mail.run(stop); }},
    {"WriteCalendarEventsJob", 1s, RunsOn::every_instance,
     [](Jobs& jobs, std::stop_token stop) { return jobs.write_calendar_events.run(stop); }},
    {"SyncCalendarEventsJob", 30s, RunsOn::one_instance,
     [](Jobs& jobs, std::stop_token stop) { return jobs.sync_calendar_events.run(stop); }},
    {"SendMeetingReminderJob", 60s, RunsOn::one_instance,
     [](Jobs& jobs, std::stop_token stop) { return jobs.send_reminders.run(stop); }},
    {"ExpireRequestsJob", 60s, RunsOn::one_instance,
     [](Jobs& jobs, std::stop_token stop) { return jobs.expire_pending_meetings.run(stop); }},
    {"CompleteMeetingsJob", 60s, RunsOn::one_instance,
     [](Jobs& jobs, std::stop_token stop) { return jobs.complete_meetings.run(stop); }},
    {"AskOutcomesJob", 60s, RunsOn::one_instance,
     [](Jobs& jobs, std::stop_token stop) { return jobs.ask_outcomes.run(stop); }},
    {"ForgetNetworksJob", 600s, RunsOn::one_instance,
     [](Jobs& jobs, std::stop_token stop) { return jobs.forget_networks.run(stop); }},
    {"EraseOldAttendeesJob", 3600s, RunsOn::one_instance,
     [](Jobs& jobs, std::stop_token stop) { return jobs.erase_old_attendees.run(stop); }},
    {"CheckZoneRulesJob", 3600s, RunsOn::one_instance,
     [](Jobs& jobs, std::stop_token stop) { return jobs.check_zone_rules.run(stop); }},
};

struct HealthRow {
  const char* name;
  std::vector<crm::sdk::HealthNote> (*ask)(const Wiring&);
};
constexpr HealthRow k_health[] = {
    {"Bookings", [](const Wiring& wiring) { return usage_notes(wiring.mail_overview.last_health()); }},
    {"Time zones", [](const Wiring& wiring) { return zone_notes(wiring.zone_data_watch); }},
    {"Mail", [](const Wiring& wiring) { return mail_notes(wiring.mail_overview.last_health()); }},
    {"Mail sender", [](const Wiring& wiring) { return sender_notes(wiring.crm.mailer); }},
    {"Outbox", [](const Wiring& wiring) { return outbox_notes(wiring.mail_overview.last_health()); }},
    {"Public bookings",
     [](const Wiring& wiring) {
       return abuse_notes(wiring.mail_overview.last_health(), wiring.networks, wiring.clock);
     }},
    {"Calendars", [](const Wiring& wiring) { return calendar_notes(wiring.in_calendars.overview.last_health()); }},
    {"Reminders", [](const Wiring& wiring) { return reminder_notes(wiring.mail_overview.last_health()); }},
};

crm::sdk::Done register_routes(crm::sdk::Loader& loader, Wiring& wiring) {
  for (const RouteRow& row : k_routes) {
    crm::sdk::Handler handler = [&wiring, respond = row.respond](const Request& request) {
      return respond(wiring.handlers, request);
    };
    crm::sdk::Route route{row.method, row.pattern, row.access, row.rate,
                          crm::sdk::guard_handler(wiring.crm.log, row.pattern, std::move(handler))};
    if (auto done = loader.register_route(std::move(route)); !done) return done;
  }
  return {};
}

crm::sdk::Done register_hooks(crm::sdk::Loader& loader, Wiring& wiring) {
  for (const HookRow& row : k_hooks) {
    crm::sdk::AfterRecordHook hook = [&wiring, after = row.after](crm::sdk::Session& session,
                                                                  const crm::sdk::RecordChange& change) {
      return (wiring.hooks.*after)(session, change);
    };
    auto guarded_hook = crm::sdk::guard_after_hook(wiring.crm.log, row.module, std::move(hook));
    if (auto done = loader.register_after_hook(row.module, row.event, std::move(guarded_hook)); !done) return done;
  }
  for (const crm::sdk::UserEvent user_event : k_user_hooks) {
    crm::sdk::AfterUserHook hook = [&wiring](crm::sdk::Session& session, const crm::sdk::UserChange& change) {
      return wiring.hooks.user_changed(session, *change.user);
    };
    auto guarded_hook = crm::sdk::guard_user_hook(wiring.crm.log, "users", std::move(hook));
    if (auto done = loader.register_user_hook(user_event, std::move(guarded_hook)); !done) return done;
  }
  return {};
}

/// Stylesheet, icons: beside the library, served by the host.
crm::sdk::Done register_assets(crm::sdk::Loader& loader) {
  return loader.register_assets({"/schedule/assets", "assets"});
}

/// What administrators read on the module's card. Not in manifest.json.
crm::sdk::Done register_health(crm::sdk::Loader& loader, Wiring& wiring) {
  for (const HealthRow& row : k_health) {
    crm::sdk::HealthFunction ask = [&wiring, ask = row.ask] { return ask(wiring); };
    crm::sdk::HealthSource source{row.name, crm::sdk::guard_health(wiring.crm.log, row.name, std::move(ask))};
    if (auto done = loader.register_health(std::move(source)); !done) return done;
  }
  return {};
}

/// What is still to do before somebody can book. Not in manifest.json.
crm::sdk::Done register_checklist(crm::sdk::Loader& loader, Wiring& wiring) {
  return loader.register_checklist([&wiring](const crm::sdk::Principal& reader) {
    using Steps = crm::sdk::Outcome<std::vector<crm::sdk::ChecklistStep>>;
    return crm::sdk::guarded(
        wiring.crm.log, "checklist", [&] { return setup_steps(wiring, reader); },
        [] { return Steps(crm::sdk::fail(crm::sdk::FailureKind::broken, "the steps could not be told")); });
  });
}

/// The CRM's menu leads to the settings of scheduling.
crm::sdk::Done register_navigation(crm::sdk::Loader& loader) {
  return loader.register_navigation({"Scheduling", "/settings/scheduling", Access::user});
}

/// On a record's page in the CRM.
crm::sdk::Done register_panels(crm::sdk::Loader& loader, Wiring& wiring) {
  crm::sdk::PanelFunction show = [&wiring](crm::sdk::Session& session, const crm::sdk::Record& record,
                                           const crm::sdk::Principal& reader) {
    using Content = crm::sdk::Outcome<crm::sdk::PanelContent>;
    return crm::sdk::guarded(
        wiring.crm.log, "contact panel", [&] { return contact_panel(wiring, session, record, reader); },
        [] { return Content(crm::sdk::fail(crm::sdk::FailureKind::broken, "the meetings could not be told")); });
  };
  return loader.register_record_panel({"contacts", "Meetings", std::move(show)});
}

crm::sdk::Done register_jobs(crm::sdk::Loader& loader, Wiring& wiring) {
  for (const JobRow& row : k_jobs) {
    crm::sdk::JobBody body = [&wiring, run = row.run](std::stop_token stop) { return run(wiring.jobs, stop); };
    crm::sdk::Job job{row.name, row.interval, crm::sdk::guard_job(wiring.crm.log, row.name, std::move(body)),
                      row.runs_on};
    if (auto done = loader.register_job(std::move(job)); !done) return done;
  }
  return {};
}

}  // namespace

crm::sdk::Done register_surface(crm::sdk::Loader& loader, Wiring& wiring) {
  if (auto done = register_routes(loader, wiring); !done) return done;
  if (auto done = register_hooks(loader, wiring); !done) return done;
  if (auto done = register_assets(loader); !done) return done;
  if (auto done = register_health(loader, wiring); !done) return done;
  if (auto done = register_checklist(loader, wiring); !done) return done;
  if (auto done = register_navigation(loader); !done) return done;
  if (auto done = register_panels(loader, wiring); !done) return done;
  return register_jobs(loader, wiring);
}

}  // namespace scheduling
