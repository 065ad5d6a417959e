#pragma once
/// Reads the query parameters of public URLs.
#include "crm/sdk/http.hpp"
#include "plugin/http/form_body.hpp"
#include "plugin/http/public/month_view.hpp"
#include "plugin/services/booking/meeting_booking_service.hpp"

namespace scheduling {

enum class KeepZone { no, yes };

/// What every link of the flow carries on: utm values, prefilled name and address, maybe the zone.
QueryParameters kept_parameters(const crm::sdk::Request& request, KeepZone keep_zone);
/// The same from a form.
QueryParameters kept_parameters(const FormBody& form);
/// The values a link prefills.
FormBody prefilled(const crm::sdk::Request& request);
CalendarQuery calendar_query(std::string path, const crm::sdk::Request& request);

/// 301 to `path` with the query as it was sent.
crm::sdk::Response moved_for_good(const std::string& path, const crm::sdk::Request& request);

struct SlotsQuery {
  ZoneId zone;
  std::shared_ptr<const ZoneRules> rules;
  std::optional<TimeRange> window;  ///< none: the asked dates do not exist in that zone
};

inline constexpr std::chrono::days k_slots_days_max{62};

/// The error is the answer: 422 naming date, from, to or timezone.
crm::sdk::Expected<SlotsQuery, crm::sdk::Response> read_slots_query(const crm::sdk::Request& request,
                                                                    const ZoneSource& zones, const ZoneId& page_zone);

/// Words and radio buttons for a start that was refused; empty for any other answer.
View taken_notice(const PublicTexts& texts, const SpokenZone& zone, const BookingResult& answer);

}  // namespace scheduling
