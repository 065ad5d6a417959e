#pragma once
/// A month with its free times as text in the reader's language and zone, so that scripts show it without knowing of
/// zones, clocks or weeks.
#include <optional>
#include <string>

#include "crm/sdk/http.hpp"
#include "plugin/http/month/free_days.hpp"
#include "plugin/http/wording/public_texts.hpp"

namespace scheduling {

struct MonthQuery {
  SpokenZone zone;
  std::optional<LocalDate> month;  ///< its first day; none: the first with free times
  std::optional<Instant> present;  ///< the start that the meeting has already
};

/// The error is the answer: 422 naming month or timezone.
crm::sdk::Expected<MonthQuery, crm::sdk::Response> read_month_query(const crm::sdk::Request& request,
                                                                    const PublicTexts& texts, const ZoneId& fallback);

/// A JSON object. Errors are the service's.
Result<std::string> month_json(const PublicTexts& texts, const MonthQuery& query, Instant now, const SlotsIn& slots);

/// {"data":…}. Errors are the service's. Which header forbids keeping it is the caller's affair.
Result<crm::sdk::Response> month_response(const PublicTexts& texts, const MonthQuery& query, Instant now,
                                          const SlotsIn& slots);

}  // namespace scheduling
