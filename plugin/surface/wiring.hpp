#pragma once
/// Builds the module: the only place that knows concrete classes.
#include <memory>
#include <string>

#include "crm/sdk/services.hpp"
#include "plugin/adapters/clock/crm_clock.hpp"
#include "plugin/adapters/icu/icu_time_formatter.hpp"
#include "plugin/adapters/mail/crm_mailer.hpp"
#include "plugin/adapters/phone/lib_phone_reader.hpp"
#include "plugin/adapters/postgres/pg_transactions.hpp"
#include "plugin/adapters/records/crm_site.hpp"
#include "plugin/adapters/settings/crm_settings.hpp"
#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "plugin/http/availability.hpp"
#include "plugin/http/explain.hpp"
#include "plugin/http/mail_texts.hpp"
#include "plugin/http/mails.hpp"
#include "plugin/http/manage.hpp"
#include "plugin/http/meeting_types.hpp"
#include "plugin/http/meetings.hpp"
#include "plugin/http/overrides.hpp"
#include "plugin/http/pages.hpp"
#include "plugin/http/preview.hpp"
#include "plugin/http/public_booking.hpp"
#include "plugin/http/requests.hpp"
#include "plugin/jobs/check_zone_rules_job.hpp"
#include "plugin/jobs/complete_meetings_job.hpp"
#include "plugin/jobs/crm_hooks.hpp"
#include "plugin/jobs/deliver_mail_job.hpp"
#include "plugin/jobs/expire_requests_job.hpp"
#include "plugin/jobs/send_meeting_reminder_job.hpp"
#include "plugin/services/availability_service.hpp"
#include "plugin/services/host_decisions.hpp"
#include "plugin/services/host_snapshots.hpp"
#include "plugin/services/mail_delivery.hpp"
#include "plugin/services/mail_overview.hpp"
#include "plugin/services/mail_templates.hpp"
#include "plugin/services/mail_writer.hpp"
#include "plugin/services/meeting_booking_service.hpp"
#include "plugin/services/scheduling_service.hpp"
#include "plugin/services/zone_rule_check.hpp"
#include "plugin/services/zone_watch.hpp"

namespace scheduling {

/// What a route is answered by; a row of the surface names one member and one of its functions.
struct Handlers {
  Pages pages;
  MeetingTypes meeting_types;
  Availability availability;
  Overrides overrides;
  Explain explain;
  Preview preview;
  Meetings meetings;
  PublicBooking public_booking;
  Manage manage;
  Requests requests;
  Mails mails;
  MailTexts mail_texts;
};

struct Jobs {
  DeliverMailJob deliver_mail;
  SendMeetingReminderJob send_reminders;
  ExpireRequestsJob expire_requests;
  CompleteMeetingsJob complete_meetings;
  CheckZoneRulesJob check_zone_rules;
};

/// Members are built in this order and destroyed in reverse.
class Wiring {
 public:
  /// `folder`: where the module's own files lie; `zone_folder`: the zone data, by default the system's. Throws when
  /// zone data or a file is missing.
  Wiring(const crm::sdk::HostServices& services, std::string folder, std::string zone_folder = {});

  crm::sdk::HostServices host;
  std::string folder;
  CrmClock clock;
  CrmSettings settings;
  TzZoneSource zones;
  LibPhoneReader phones;
  std::unique_ptr<TokenMint> tokens;
  PgTransactions transactions;
  HostSnapshots snapshots;
  SchedulingService scheduling;
  AvailabilityService availability;
  MeetingBookingService booking;
  ZoneWatch zone_watch;
  ZoneRuleCheck zone_rule_check;
  IcuTimeFormatter formatter;
  std::unique_ptr<CalendarFile> calendar_file;
  std::unique_ptr<PageRenderer> renderer;
  std::unique_ptr<MessageCatalog> messages;
  TimeWords times;
  PageWords words;
  PublicViews views;
  CrmSite site;
  CrmMailer mailer;
  MeetingMails mails;
  MailWriter mail_writer;
  MailDelivery mail_delivery;
  MailOverview mail_overview;
  MailTemplates mail_templates;
  HostDecisions decisions;
  Handlers handlers;
  Jobs jobs;
  CrmHooks hooks;
};

}  // namespace scheduling
