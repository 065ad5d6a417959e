#pragma once
/// Builds the module: the only place that knows concrete classes.
#include <memory>
#include <string>

#include "crm/sdk/services.hpp"
#include "plugin/adapters/crm/crm_clock.hpp"
#include "plugin/adapters/crm/crm_settings.hpp"
#include "plugin/adapters/crm/crm_site.hpp"
#include "plugin/adapters/crm/sealed_form_stamps.hpp"
#include "plugin/adapters/icu/icu_time_formatter.hpp"
#include "plugin/adapters/mail/crm_mailer.hpp"
#include "plugin/adapters/phone/lib_phone_reader.hpp"
#include "plugin/adapters/postgres/pg_transactions.hpp"
#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "plugin/hooks/crm_hooks.hpp"
#include "plugin/http/api/availability.hpp"
#include "plugin/http/api/explain.hpp"
#include "plugin/http/api/mail_templates.hpp"
#include "plugin/http/api/mails.hpp"
#include "plugin/http/api/meeting_types.hpp"
#include "plugin/http/api/meetings.hpp"
#include "plugin/http/api/overrides.hpp"
#include "plugin/http/api/pages.hpp"
#include "plugin/http/api/preview.hpp"
#include "plugin/http/calendars/calendar_connect.hpp"
#include "plugin/http/public/approval.hpp"
#include "plugin/http/public/manage.hpp"
#include "plugin/http/public/public_booking.hpp"
#include "plugin/http/public/verification.hpp"
#include "plugin/http/settings/settings_page.hpp"
#include "plugin/http/teams/rep_booking_routes.hpp"
#include "plugin/http/teams/team_routes.hpp"
#include "plugin/jobs/check_zone_rules_job.hpp"
#include "plugin/jobs/complete_meetings_job.hpp"
#include "plugin/jobs/deliver_mail_job.hpp"
#include "plugin/jobs/expire_requests_job.hpp"
#include "plugin/jobs/forget_networks_job.hpp"
#include "plugin/jobs/send_meeting_reminder_job.hpp"
#include "plugin/jobs/sync_calendar_events_job.hpp"
#include "plugin/jobs/write_calendar_events_job.hpp"
#include "plugin/services/availability/booking_target_cache.hpp"
#include "plugin/services/availability/host_calendar_cache.hpp"
#include "plugin/services/booking/crm_events.hpp"
#include "plugin/services/booking/meeting_completion.hpp"
#include "plugin/services/mail/mail_composer.hpp"
#include "plugin/services/outbox/calendar_notice_handler.hpp"
#include "plugin/services/outbox/meeting_mail_handler.hpp"
#include "plugin/services/outbox/public_use_upkeep.hpp"
#include "plugin/services/outbox/reminder_queue.hpp"
#include "plugin/services/zone_data/zone_data_watch.hpp"
#include "plugin/services/zone_data/zone_rule_check.hpp"
#include "plugin/surface/calendar_wiring.hpp"
#include "plugin/surface/insight_wiring.hpp"

namespace scheduling {

/// What a route is answered by; a row of the surface names one member and one of its functions.
struct Handlers : InsightHandlers {
  Pages pages;
  MeetingTypes meeting_types;
  Availability availability;
  Overrides overrides;
  Explain explain;
  Preview preview;
  Meetings meetings;
  PublicBooking public_booking;
  Manage manage;
  Approval approval;
  Verification verification;
  Mails mails;
  MailTemplateRoutes mail_templates;
  SettingsPage settings_page;
  CalendarConnect calendar_connect;
  TeamRoutes teams;
  RepBookingRoutes rep_bookings;
};

struct Jobs : InsightJobs {
  DeliverMailJob deliver_mail;
  SendMeetingReminderJob send_reminders;
  ExpireRequestsJob expire_pending_meetings;
  CompleteMeetingsJob complete_meetings;
  ForgetNetworksJob forget_networks;
  CheckZoneRulesJob check_zone_rules;
  WriteCalendarEventsJob write_calendar_events;
  SyncCalendarEventsJob sync_calendar_events;
};

/// Members are built in this order and destroyed in reverse.
class Wiring {
 public:
  /// `folder`: where the module's own files lie; `zone_folder`: the zone data, by default the system's. Throws when
  /// zone data or a file is missing.
  Wiring(const crm::sdk::Services& services, std::string folder, std::string zone_folder = {});

  crm::sdk::Services crm;
  std::string folder;
  CrmClock clock;
  CrmSettings settings;
  TzZoneSource zones;
  LibPhoneReader phones;
  std::unique_ptr<TokenService> tokens;
  SealedFormStamps form_stamps;
  PublicUseMeter use_meter;
  NetworkWatch networks;
  PgTransactions transactions;
  HostVersionPoller host_versions;
  HostCalendarCache calendars;
  HostQueue host_queue;
  BookingTargetCache targets;
  SchedulingService scheduling;
  AvailabilityService availability;
  MeetingBookingService booking;
  ZoneDataWatch zone_data_watch;
  ZoneRuleCheck zone_rule_check;
  IcuTimeFormatter formatter;
  std::unique_ptr<CalendarFile> calendar_file;
  std::unique_ptr<MessageCatalog> messages;
  std::unique_ptr<HtmlRenderer> renderer;
  LocalizedTime times;
  LocalizedLocation places;
  LocalizedTime page_times;
  PublicWording page_wording;
  HtmlPages html_pages;
  CrmSite site;
  CrmMailer mailer;
  MailRenderer mails;
  MailComposer mail_composer;
  MeetingMailHandler mail_handler;
  OutboxWorker mail_delivery;
  ReminderQueue reminder_queue;
  MailOverview mail_overview;
  MailTemplateService mail_templates;
  MeetingApproval approval;
  MeetingCompletion completion;
  PublicUseUpkeep use_upkeep;
  CrmEvents crm_events;
  CalendarWiring in_calendars;
  CalendarNoticeHandler calendar_notice_handler;
  OutboxWorker calendar_notices;
  InsightWiring insight;
  Handlers handlers;
  Jobs jobs;
  CrmHooks hooks;
};

}  // namespace scheduling
