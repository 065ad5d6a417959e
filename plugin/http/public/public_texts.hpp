#pragma once
/// Durations, places, dates and zones as the public html pages show them. They are in American English only.
#include <string>
#include <string_view>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/interval/time_range.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/meeting/meeting_details.hpp"
#include "plugin/services/wording/localized_location.hpp"
#include "plugin/services/wording/localized_time.hpp"
#include "plugin/services/wording/phone_countries.hpp"

namespace scheduling {

class PublicTexts {
 public:
  PublicTexts(const HtmlRenderer& renderer, const LocalizedTime& times, const ZoneSource& zones,
              const LocalizedLocation& places, const PhoneReader& phones, std::vector<PhoneCountry> phone_countries)
      : renderer_(renderer),
        times_(times),
        zones_(zones),
        places_(places),
        phones_(phones),
        phone_countries_(std::move(phone_countries)) {}

  std::string text(std::string_view key) const { return renderer_.text(key); }
  /// The text of `key` with `value` in the place of "{name}".
  std::string filled(std::string_view key, std::string_view name, std::string_view value) const;
  std::string duration(std::chrono::minutes duration) const { return times_.duration(duration, locale()); }
  /// Before a booking: nothing that leads into a room (open_details()).
  std::string location(const MeetingTypeContent& type) const;
  /// As in LocalizedLocation.
  std::string location(const MeetingDetails& details, MailRole reader) const;
  /// "+1 202-555-0136"
  std::string phone(std::string_view number) const { return phones_.grouped(number); }
  /// Whether the host of such meetings calls the attendee, who must give a number then. `zone`: the page's.
  bool is_attendee_called(const MeetingTypeContent& type, const ZoneId& zone) const;
  const std::vector<PhoneCountry>& phone_countries() const { return phone_countries_; }
  std::string region(const ZoneId& zone) const { return zones_.region(zone); }
  std::string cancel_reason(const CancelReason& reason) const;
  static std::string location_icon(const MeetingTypeContent& type);
  std::string initials(std::string_view name) const;  ///< "RR"

  /// As in time_words.hpp.
  SpokenZone zone(std::string_view asked, const ZoneId& fallback) const { return times_.zone(asked, fallback); }
  bool is_zone(std::string_view name) const;
  std::string zone_label(const SpokenZone& zone, Instant at) const { return times_.zone_label(zone, at, locale()); }
  std::string time(const SpokenZone& zone, Instant at) const { return times_.time(zone, at, locale()); }
  std::string long_day(LocalDate date) const { return times_.long_day(date, locale()); }
  std::string month(LocalDate date) const { return times_.month(date, locale()); }
  std::string short_day(const SpokenZone& zone, Instant at) const { return times_.short_day(zone, at, locale()); }
  std::string span(const SpokenZone& zone, TimeRange time) const { return times_.span(zone, time, locale()); }
  const TimeFormatter& formatter() const { return times_.formatter(); }
  static constexpr std::string_view locale() { return "en-US"; }

  /// The options of a zone chooser, `chosen` first and selected. HTML; holds zone names only.
  std::string zone_options(const ZoneId& chosen) const;

 private:
  const HtmlRenderer& renderer_;
  const LocalizedTime& times_;
  const ZoneSource& zones_;
  const LocalizedLocation& places_;
  const PhoneReader& phones_;
  std::vector<PhoneCountry> phone_countries_;
};

}  // namespace scheduling
