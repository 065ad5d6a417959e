#pragma once
/// Dates, times, spans, zones and durations in a reader's words: the pages' and the mails'.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/interval/time_range.hpp"
#include "plugin/core/time/zone_rules.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"
#include "plugin/ports/presentation/time_formatter.hpp"
#include "plugin/ports/zone_source.hpp"

namespace scheduling {

/// The zone a page or mail speaks.
struct SpokenZone {
  ZoneId id;
  std::shared_ptr<const ZoneRules> rules;  ///< never null
};

/// How long it is until `start`, seen at `now`.
struct Countdown {
  Instant now{};
  Instant start{};
  /// What was meant to be told ("an hour before"). Told while it is near enough to be true.
  std::optional<std::chrono::minutes> offset{};
};

/// Every `locale` is a BCP 47 tag; one of a language there are no texts for is spoken to in American English, so that
/// nobody reads "Your meeting: mercoledì". Thread: any.
class LocalizedTime {
 public:
  /// `dates_only`: languages without texts whose dates are spoken all the same.
  LocalizedTime(const TimeFormatter& formatter, const ZoneSource& zones, const MessageCatalog& messages,
                std::vector<std::string> dates_only = {})
      : formatter_(formatter), zones_(zones), messages_(messages), dates_only_(std::move(dates_only)) {}

  /// `asked` when it exists and can be read, else `fallback`, else UTC.
  SpokenZone zone(std::string_view asked, const ZoneId& fallback) const;
  /// `asked` where there are texts in its language ("de-AT") or its dates are spoken, else "en-US".
  std::string locale_for(std::string_view asked) const;

  std::string time(const SpokenZone& zone, Instant at, std::string_view locale) const;  ///< "9:00 AM"
  std::string long_day(LocalDate date, std::string_view locale) const;  ///< "Wednesday, January 15, 2025"
  std::string long_day(const SpokenZone& zone, Instant at, std::string_view locale) const;
  std::string short_day(const SpokenZone& zone, Instant at, std::string_view locale) const;  ///< "Wed, Jan 15"
  std::string month(LocalDate date, std::string_view locale) const;                          ///< "January 2025"
  /// "Wednesday, January 15, 2025, 9:00 AM"
  std::string moment(const SpokenZone& zone, Instant at, std::string_view locale) const;
  /// "Wednesday, January 15, 2025, 9:00 AM – 9:30 AM"; names both dates of a meeting that runs past midnight, and the
  /// offsets of one during which the clocks change.
  std::string span(const SpokenZone& zone, TimeRange range, std::string_view locale) const;
  /// The same in lines of their own: the date, then the times; or one line for a meeting past midnight.
  std::vector<std::string> span_lines(const SpokenZone& zone, TimeRange range, std::string_view locale) const;
  std::string duration(std::chrono::minutes duration, std::string_view locale) const;  ///< "1 hour 30 min"
  /// "Eastern Time, America/New_York (UTC−05:00)" as it holds at `at`.
  std::string zone_label(const SpokenZone& zone, Instant at, std::string_view locale) const;
  /// "In 15 minutes", "In 1 hour", "Tomorrow", "In 3 days": days are the zone's, and nothing is rounded up.
  std::string lead(const SpokenZone& zone, const Countdown& countdown, std::string_view locale) const;

  const TimeFormatter& formatter() const { return formatter_; }

 private:
  MessageArgs span_args(const SpokenZone& zone, TimeRange range, std::string_view locale) const;
  std::string time_with_offset(const SpokenZone& zone, Instant at, std::string_view locale) const;

  const TimeFormatter& formatter_;
  const ZoneSource& zones_;
  const MessageCatalog& messages_;
  std::vector<std::string> dates_only_;
};

}  // namespace scheduling
