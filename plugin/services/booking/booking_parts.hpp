#pragma once
/// What the booking flows work with; each takes what it needs.
#include "plugin/core/booking/phone_reader.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/form_stamps.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/token_service.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/availability/availability_service.hpp"
#include "plugin/services/availability/booking_target_cache.hpp"
#include "plugin/services/availability/host_queue.hpp"
#include "plugin/services/booking/network_watch.hpp"
#include "plugin/services/booking/public_use_meter.hpp"

namespace scheduling {

/// Everything in it must outlive whoever holds it. Thread: any.
struct BookingParts {
  Transactions& transactions;
  HostCalendarCache& calendars;
  BookingTargetCache& targets;
  AvailabilityService& availability;
  HostQueue& host_queue;
  const ZoneSource& zones;
  const PhoneReader& phones;
  TokenService& tokens;
  const SettingsSource& settings;
  const Clock& clock;
  FormStamps& form_stamps;
  PublicUseMeter& use_meter;
  NetworkWatch& networks;
};

/// Until when the manage link of a meeting works.
inline Instant link_end(const BookingParts& parts, TimeRange time) {
  return time.end() + std::chrono::days{parts.settings.current().manage_link_days};
}

}  // namespace scheduling
