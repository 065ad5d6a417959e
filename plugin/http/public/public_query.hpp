#pragma once
/// Reads the query parameters of public URLs.
#include "crm/sdk/http.hpp"
#include "plugin/http/public/month_view.hpp"
#include "plugin/http/public/prefill.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

/// What cannot be read is as if it were not there.
CalendarQuery calendar_query(std::string path, const crm::sdk::Request& request, QueryParameters kept);

/// Whether the link holds nothing but what is shown and in which zone. A page repeats in its own links what a link
/// fills in (a name, an address, one day a token); then its length must tell nothing, so it is not compressed.
bool brings_nothing_private(const crm::sdk::Request& request);

/// The zone that the query names; empty when it names none. Whoever types "Etc/GMT+5" into an address means the plus,
/// which a query reads as a space; no zone has one.
std::string asked_zone(const crm::sdk::Request& request);

struct SlotsQuery {
  ZoneId zone;
  std::shared_ptr<const ZoneRules> rules;
  std::optional<TimeRange> window;  ///< none: the asked dates do not exist in that zone
};

inline constexpr std::chrono::days k_slots_days_max{62};

/// The error is the answer: 422 naming date, from, to or timezone.
crm::sdk::Expected<SlotsQuery, crm::sdk::Response> read_slots_query(const crm::sdk::Request& request,
                                                                    const ZoneSource& zones, const ZoneId& page_zone);

/// Words above a form that was refused as a whole.
View refused_notice(const PublicTexts& texts, const BookingResult& answer);

}  // namespace scheduling
