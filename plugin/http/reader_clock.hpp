#pragma once
/// The clock on the wall of whoever asks. Browsers' own zone rules may be older than ours, so they show our texts.
#include <memory>
#include <optional>

#include "crm/sdk/http.hpp"
#include "plugin/json/json_text.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

class ReaderClock {
 public:
  /// The zone `?timezone=` names, else the one of the user in the CRM. The error is the answer: 422 naming `timezone`.
  static crm::sdk::Expected<ReaderClock, crm::sdk::Response> asked_for(const crm::sdk::Request& request,
                                                                       const ZoneSource& zones);
  /// The zone of the user in the CRM.
  static ReaderClock of_user(const crm::sdk::Request& request, const ZoneSource& zones);

  const ZoneRules& rules() const { return *rules_; }
  /// The object that holds the times: {"timezone":"Europe/Vienna", …
  void begin(JsonText& out) const;
  /// "2026-02-03T15:00", or null.
  void field(JsonText& out, std::string_view name, const std::optional<Instant>& instant) const;
  /// What a meeting's or a slot's start has: minutes that the clock is ahead of UTC.
  std::int64_t offset_minutes(Instant instant) const;

 private:
  ReaderClock(ZoneId zone, std::shared_ptr<const ZoneRules> rules) : zone_(std::move(zone)), rules_(std::move(rules)) {}
  static ReaderClock in(const ZoneId& zone, const ZoneSource& zones);

  ZoneId zone_;
  std::shared_ptr<const ZoneRules> rules_;
};

}  // namespace scheduling
