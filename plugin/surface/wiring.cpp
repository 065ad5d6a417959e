#include "plugin/surface/wiring.hpp"

#include <stdexcept>

#include "plugin/adapters/crm/crm_record_book.hpp"
#include "plugin/adapters/crm/crm_user_directory.hpp"
#include "plugin/adapters/crm/sealed_token_service.hpp"
#include "plugin/adapters/html/built_files.hpp"
#include "plugin/adapters/html/mustache_renderer.hpp"
#include "plugin/adapters/ical/ical_writer.hpp"
#include "plugin/adapters/icu/icu_country_names.hpp"
#include "plugin/adapters/icu/icu_message_catalog.hpp"

namespace scheduling {
namespace {

CrmPorts crm_ports(const crm::sdk::Services& services) {
  return {[&book = services.records](crm::sdk::Session& session) -> std::unique_ptr<PipelinedRecordBook> {
            return std::make_unique<CrmRecordBook>(book, session);
          },
          [&users = services.users](crm::sdk::Session& session) -> std::unique_ptr<PipelinedUserDirectory> {
            return std::make_unique<CrmUserDirectory>(users, session);
          }};
}

/// Without its templates the module cannot write a page: the CRM refuses it and says which file is wrong.
std::unique_ptr<HtmlRenderer> load_renderer(const std::string& folder, const MessageCatalog& messages) {
  auto renderer = load_mustache_renderer(folder, messages);
  if (!renderer) throw std::runtime_error(renderer.error().detail);
  return std::move(*renderer);
}

std::unique_ptr<MessageCatalog> load_messages(const std::string& folder) {
  auto messages = load_icu_message_catalog(folder + "/texts");
  if (!messages) throw std::runtime_error(messages.error().detail);
  return std::move(*messages);
}

ScriptWords load_script_words(const MessageCatalog& messages) {
  auto words = script_words_by_language(messages);
  if (!words) throw std::runtime_error(words.error().detail);
  return std::move(*words);
}

BuiltEntry load_entry(const std::string& folder, std::string_view source) {
  auto entry = load_built_entry(folder, source);
  if (!entry) throw std::runtime_error(entry.error().detail);
  return std::move(*entry);
}

/// They are built before whoever gets them.
BookingParts parts_of(Wiring& wiring) {
  return {wiring.transactions, wiring.calendars, wiring.targets, wiring.availability, wiring.host_queue,
          wiring.zones,        wiring.phones,    *wiring.tokens, wiring.settings,     wiring.clock,
          wiring.form_stamps,  wiring.use_meter, wiring.networks};
}

auto zone_reports(crm::sdk::Log& log) {
  return [&log](const std::string& zone) { log.error("scheduling.zone_broken", {{"zone", zone}}); };
}

/// Everything they call is built before.
Jobs make_jobs(Wiring& wiring) {
  return {InsightJobs(wiring.insight),
          DeliverMailJob(wiring.mail_delivery, wiring.mail_overview),
          SendMeetingReminderJob(wiring.reminder_queue, wiring.mail_delivery),
          ExpireRequestsJob(wiring.booking),
          CompleteMeetingsJob(wiring.completion),
          ForgetNetworksJob(wiring.use_upkeep),
          {wiring.zone_data_watch, wiring.zone_rule_check, wiring.crm.log},
          WriteCalendarEventsJob(wiring.in_calendars.room_writes, wiring.in_calendars.writes, wiring.calendar_notices,
                                 wiring.in_calendars.overview),
          SyncCalendarEventsJob(wiring.in_calendars.sync)};
}

}  // namespace

Wiring::Wiring(const crm::sdk::Services& services, std::string module_folder, std::string zone_folder)
    : crm(services),
      folder(std::move(module_folder)),
      clock(crm.clock),
      settings(crm.settings, crm.site, crm.log),
      zones(std::move(zone_folder), zone_reports(crm.log)),
      tokens(make_sealed_token_service(crm.secrets)),
      form_stamps(crm.secrets),
      transactions(crm.database, crm_ports(crm)),
      host_versions(transactions, settings),
      calendars(transactions, host_versions, zones, clock, settings),
      targets(transactions, host_versions),
      scheduling(transactions, targets, zones, clock),
      availability(transactions, calendars, zones, clock, settings),
      booking(parts_of(*this)),
      zone_data_watch(transactions, zones, clock),
      zone_rule_check(transactions, zones, clock),
      calendar_file(make_ical_writer()),
      messages(load_messages(folder)),
      renderer(load_renderer(folder, *messages)),
      times(formatter, zones, *messages),
      places(*messages, phones),
      page_times(formatter, zones, *messages, {k_dates_only_languages.begin(), k_dates_only_languages.end()}),
      page_wording{*messages,
                   page_times,
                   zones,
                   places,
                   phones,
                   phone_countries_by_language(*messages, IcuCountryNames(), phones),
                   load_script_words(*messages)},
      html_pages({*renderer, page_wording, services.site, load_entry(folder, "src/public/main.ts")}),
      site(crm.site),
      mailer(crm.mailer),
      mails(*renderer, *messages, times, places),
      mail_composer({mails, *messages, places, *calendar_file, *tokens, zones, site, clock, settings}),
      mail_handler(mail_composer, mailer, clock),
      mail_delivery(transactions, mail_handler, clock),
      reminder_queue(transactions, settings, clock),
      mail_overview(transactions, mail_delivery, clock),
      mail_templates({transactions, mail_composer, *messages, mailer, site, clock}),
      approval(transactions, booking, *tokens, clock),
      completion(transactions, clock),
      use_upkeep(transactions, clock),
      crm_events(clock),
      in_calendars(parts_of(*this), crm.secrets, site, places),
      calendar_notice_handler(*renderer, *messages, mailer, site, clock),
      calendar_notices(transactions, calendar_notice_handler, clock),
      insight(parts_of(*this), booking, mail_delivery),
      handlers{InsightHandlers(insight, zones, html_pages, crm.log),
               Pages(scheduling, crm.site, crm.log),
               MeetingTypes(scheduling, crm.log),
               Availability(availability, crm.log),
               Overrides(availability, crm.log),
               Explain(scheduling, availability, crm.log),
               Preview(availability, crm.log),
               Meetings(booking, zones, crm.log),
               PublicBooking({scheduling, availability, booking, html_pages, zones, clock, crm.site, crm.log}),
               Manage({availability, booking, html_pages, *calendar_file, clock, crm.site, crm.log}),
               Approval(approval, html_pages, crm.log),
               Verification(booking, html_pages, crm.site, crm.log),
               Mails(mail_overview, zones, crm.log),
               MailTemplateRoutes(mail_templates, crm.log),
               SettingsPage(*renderer, load_entry(folder, "src/settings/main.ts"), services.site.is_demonstration()),
               CalendarConnect(in_calendars.connections, in_calendars.sync, in_calendars.push, zones, crm.log),
               TeamRoutes(parts_of(*this), booking, crm.site, crm.log),
               RepBookingRoutes(parts_of(*this), booking, crm.site, crm.log)},
      jobs(make_jobs(*this)),
      hooks([this](crm::sdk::Session& session) { return transactions.inside(session); }, crm_events) {}

}  // namespace scheduling
