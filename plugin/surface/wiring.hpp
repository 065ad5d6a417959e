#pragma once
/// Builds the module: the only place that knows concrete classes.
#include <memory>
#include <string>

#include "crm/sdk/services.hpp"
#include "plugin/adapters/clock/crm_clock.hpp"
#include "plugin/adapters/icu/icu_time_formatter.hpp"
#include "plugin/adapters/phone/lib_phone_reader.hpp"
#include "plugin/adapters/postgres/pg_transactions.hpp"
#include "plugin/adapters/settings/crm_settings.hpp"
#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "plugin/http/availability.hpp"
#include "plugin/http/explain.hpp"
#include "plugin/http/meeting_types.hpp"
#include "plugin/http/manage.hpp"
#include "plugin/http/meetings.hpp"
#include "plugin/http/overrides.hpp"
#include "plugin/http/pages.hpp"
#include "plugin/http/preview.hpp"
#include "plugin/http/public_booking.hpp"
#include "plugin/jobs/check_zone_rules_job.hpp"
#include "plugin/jobs/complete_meetings_job.hpp"
#include "plugin/jobs/crm_hooks.hpp"
#include "plugin/services/availability_service.hpp"
#include "plugin/services/host_snapshots.hpp"
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
};

struct Jobs {
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
  Handlers handlers;
  Jobs jobs;
  CrmHooks hooks;
};

}  // namespace scheduling
