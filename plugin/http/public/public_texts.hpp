#pragma once
/// Durations, places, dates and zones as the public html pages show them. They are in American English only.
#include <string>
#include <string_view>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/interval/time_range.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/wording/localized_time.hpp"

namespace scheduling {

class PublicTexts {
 public:
  PublicTexts(const HtmlRenderer& renderer, const LocalizedTime& times, const ZoneSource& zones)
      : renderer_(renderer), times_(times), zones_(zones) {}

  std::string text(std::string_view key) const { return renderer_.text(key); }
  /// The text of `key` with `value` in the place of "{name}".
  std::string filled(std::string_view key, std::string_view name, std::string_view value) const;
  std::string duration(std::chrono::minutes duration) const { return times_.duration(duration, locale()); }
  /// Before a booking: nothing that leads into a room (open_details()).
  std::string location(const MeetingTypeContent& type) const;
  /// The link of the room and the host's own text, else location_kind(). Empty when the meeting has no location.
  std::string location(const Meeting& meeting) const;
  /// "Phone call: +12025550136", "Zoom meeting"; empty for a place that only the host's own text names.
  std::string location_kind(const Meeting& meeting) const;
  std::string cancel_reason(const CancelReason& reason) const;
  static std::string location_icon(const MeetingTypeContent& type);
  std::string initials(std::string_view name) const;  ///< "RR"

  /// As in time_words.hpp.
  SpokenZone zone(std::string_view asked, const ZoneId& fallback) const { return times_.zone(asked, fallback); }
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
};

}  // namespace scheduling
