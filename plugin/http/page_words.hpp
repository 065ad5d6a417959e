#pragma once
/// Durations, places, dates and zones in the reader's words.
#include <memory>
#include <string>
#include <string_view>

#include "plugin/core/interval/time_range.hpp"
#include "plugin/core/page/meeting_type.hpp"
#include "plugin/core/time/zone_rules.hpp"
#include "plugin/ports/page_renderer.hpp"
#include "plugin/ports/time_formatter.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

/// The zone a page speaks: the booker's, or the page's own.
struct SpokenZone {
  ZoneId id;
  std::shared_ptr<const ZoneRules> rules;  ///< never null
};

class PageWords {
 public:
  PageWords(const PageRenderer& renderer, const TimeFormatter& formatter, const ZoneSource& zones)
      : renderer_(renderer), formatter_(formatter), zones_(zones) {}

  std::string word(std::string_view key) const { return renderer_.word(key); }
  std::string duration(std::chrono::minutes duration) const;  ///< "30 min", "1 hour", "1 hour 30 min"
  std::string location(const MeetingTypeContent& type) const;
  static std::string location_icon(const MeetingTypeContent& type);
  std::string initials(std::string_view name) const;  ///< "RR"

  /// `asked` when it exists, else `fallback`.
  SpokenZone zone(std::string_view asked, const ZoneId& fallback) const;
  /// "Eastern Time, America/New_York (UTC−05:00)" as it holds at `at`.
  std::string zone_label(const SpokenZone& zone, Instant at) const;
  std::string time(const SpokenZone& zone, Instant at) const;       ///< "9:00 AM"
  std::string long_day(LocalDate date) const;                       ///< "Wednesday, January 15, 2025"
  std::string month(LocalDate date) const;                          ///< "January 2025"
  std::string short_day(const SpokenZone& zone, Instant at) const;  ///< "Wed, Jan 15"
  /// "Wednesday, January 15, 2025, 9:00 AM – 9:30 AM"
  std::string span(const SpokenZone& zone, TimeRange time) const;
  const TimeFormatter& formatter() const { return formatter_; }
  static constexpr std::string_view locale() { return "en-US"; }

  /// The options of a zone chooser, `chosen` first and selected. HTML; holds zone names only.
  std::string zone_options(const ZoneId& chosen) const;

 private:
  const PageRenderer& renderer_;
  const TimeFormatter& formatter_;
  const ZoneSource& zones_;
};

}  // namespace scheduling
