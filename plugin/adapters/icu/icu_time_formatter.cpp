#include "plugin/adapters/icu/icu_time_formatter.hpp"

#include <unicode/calendar.h>
#include <unicode/dtfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/localebuilder.h>
#include <unicode/locid.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>

#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/time/zone_text.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_locales_max = 24;
constexpr std::size_t k_tag_length_max = 35;
constexpr std::size_t k_short_name_max = 5;  ///< characters

std::string utf8(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

/// ICU counts milliseconds; with the formatter's zone at GMT they are the wall clock's own.
UDate civil_date(WallTime wall) {
  return static_cast<double>(wall.time_since_epoch().count()) * 1000.0;
}

/// Language, script and country of the tag and nothing else: extensions would let a request choose from
/// endlessly many locales.
icu::Locale locale_of(std::string_view tag) {
  std::string text(tag.substr(0, k_tag_length_max));
  std::replace(text.begin(), text.end(), '_', '-');
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale asked = icu::Locale::forLanguageTag(text, status);
  const bool is_known = U_SUCCESS(status) && !asked.isBogus() && asked.getLanguage()[0] != '\0';
  if (!is_known) return icu::Locale::getUS();
  icu::LocaleBuilder builder;
  builder.setLanguage(asked.getLanguage()).setScript(asked.getScript()).setRegion(asked.getCountry());
  // A booker in Bangkok or Tehran picks from the same month grid as the host: Gregorian, as on the page.
  // One kind of digits, too: they stand beside numbers that nobody formats.
  const icu::Locale plain =
      builder.setUnicodeLocaleKeyword("ca", "gregory").setUnicodeLocaleKeyword("nu", "latn").build(status);
  return U_SUCCESS(status) ? plain : icu::Locale::getUS();
}

std::unique_ptr<icu::SimpleDateFormat> make_format(const icu::Locale& locale, icu::DateTimePatternGenerator& patterns,
                                                   const char* skeleton) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString pattern = patterns.getBestPattern(icu::UnicodeString(skeleton), status);
  auto format = std::make_unique<icu::SimpleDateFormat>(pattern, locale, status);
  if (U_FAILURE(status)) return nullptr;
  format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
  return format;
}

/// Everything of one locale; immutable after its construction.
struct Formats {
  explicit Formats(const icu::Locale& where) : locale(where) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
        icu::DateTimePatternGenerator::createInstance(locale, status));
    if (U_SUCCESS(status)) {
      long_date = make_format(locale, *patterns, "yMMMMEEEEd");
      short_date = make_format(locale, *patterns, "MMMEd");
      month = make_format(locale, *patterns, "yMMMM");
      time = make_format(locale, *patterns, "jmm");
      hour_cycle = name_of(patterns->getDefaultHourCycle(status));
    }
    read_weekdays();
    status = U_ZERO_ERROR;
    zone_names.reset(icu::TimeZoneNames::createInstance(locale, status));
    if (U_FAILURE(status)) zone_names.reset();
  }

  static const char* name_of(UDateFormatHourCycle cycle) {
    switch (cycle) {
      case UDAT_HOUR_CYCLE_11: return "h11";
      case UDAT_HOUR_CYCLE_12: return "h12";
      case UDAT_HOUR_CYCLE_24: return "h24";
      default: return "h23";
    }
  }

  void read_weekdays() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(locale, status);
    const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(locale, status));
    if (U_FAILURE(status)) return;
    first_weekday = static_cast<unsigned>(calendar->getFirstDayOfWeek(status)) - 1;  // ICU's Sunday is 1
    using icu::DateFormatSymbols;
    // Where they are not short ("الأربعاء"), the week's columns need shorter ones.
    for (const auto width : {DateFormatSymbols::ABBREVIATED, DateFormatSymbols::SHORT, DateFormatSymbols::NARROW}) {
      short_names = names(symbols, width);
      if (std::ranges::all_of(short_names, [](const std::string& name) { return length_of(name) <= k_short_name_max; }))
        break;
    }
    long_names = names(symbols, icu::DateFormatSymbols::WIDE);
  }

  static std::vector<std::string> names(const icu::DateFormatSymbols& symbols,
                                        icu::DateFormatSymbols::DtWidthType width) {
    int32_t count = 0;
    const icu::UnicodeString* all = symbols.getWeekdays(count, icu::DateFormatSymbols::STANDALONE, width);
    std::vector<std::string> result;
    for (int32_t day = 1; day < count; ++day) result.push_back(utf8(all[day]));
    return result;
  }

  icu::Locale locale;
  std::unique_ptr<icu::SimpleDateFormat> long_date;
  std::unique_ptr<icu::SimpleDateFormat> short_date;
  std::unique_ptr<icu::SimpleDateFormat> month;
  std::unique_ptr<icu::SimpleDateFormat> time;
  std::unique_ptr<icu::TimeZoneNames> zone_names;
  std::vector<std::string> short_names;
  std::vector<std::string> long_names;
  unsigned first_weekday = 0;
  std::string hour_cycle = "h23";
};

std::string format_with(std::mutex& mutex, const std::unique_ptr<icu::SimpleDateFormat>& format, WallTime wall) {
  if (!format) return format_wall(wall);  // Without ICU's data the plain form still says when.
  icu::UnicodeString text;
  {
    // Formats of one language share a number format inside ICU, which compiles itself while it is used.
    const std::lock_guard lock(mutex);
    format->format(civil_date(wall), text);
  }
  // Newer CLDR data puts a narrow no-break space before AM and PM; screen readers and mail programs
  // cope better with the plain one.
  text.findAndReplace(icu::UnicodeString(static_cast<UChar>(0x202F)), icu::UnicodeString(static_cast<UChar>(0x20)));
  return utf8(text);
}

}  // namespace

struct IcuTimeFormatter::Cache {
  std::shared_ptr<const Formats> get(std::string_view tag) {
    const icu::Locale locale = locale_of(tag);
    const std::string key = locale.getName();
    {
      const std::shared_lock lock(mutex);
      const auto found = formats.find(key);
      if (found != formats.end()) return found->second;
    }
    auto made = std::make_shared<const Formats>(locale);
    const std::unique_lock lock(mutex);
    // Locales come from outside: never keep more than a fixed number of them.
    if (formats.size() >= k_locales_max) formats.clear();
    return formats.try_emplace(key, std::move(made)).first->second;
  }

  std::mutex formatting;
  std::shared_mutex mutex;
  std::map<std::string, std::shared_ptr<const Formats>, std::less<>> formats;
};

IcuTimeFormatter::IcuTimeFormatter() : cache_(std::make_unique<Cache>()) {}
IcuTimeFormatter::~IcuTimeFormatter() = default;

std::string IcuTimeFormatter::long_date(LocalDate date, std::string_view locale) const {
  return format_with(cache_->formatting, cache_->get(locale)->long_date, date.days());
}

std::string IcuTimeFormatter::short_date(LocalDate date, std::string_view locale) const {
  return format_with(cache_->formatting, cache_->get(locale)->short_date, date.days());
}

std::string IcuTimeFormatter::month(LocalDate date, std::string_view locale) const {
  return format_with(cache_->formatting, cache_->get(locale)->month, date.days());
}

std::string IcuTimeFormatter::time(WallTime wall, std::string_view locale) const {
  return format_with(cache_->formatting, cache_->get(locale)->time, wall);
}

std::vector<std::string> IcuTimeFormatter::weekdays(std::chrono::weekday first, std::string_view locale,
                                                    bool long_names) const {
  const auto formats = cache_->get(locale);
  const auto& names = long_names ? formats->long_names : formats->short_names;
  std::vector<std::string> result;
  for (unsigned i = 0; i < names.size(); ++i) result.push_back(names[(first.c_encoding() + i) % names.size()]);
  return result;
}

std::chrono::weekday IcuTimeFormatter::first_weekday(std::string_view locale) const {
  return std::chrono::weekday{cache_->get(locale)->first_weekday};
}

std::string IcuTimeFormatter::hour_cycle(std::string_view locale) const {
  return cache_->get(locale)->hour_cycle;
}

std::string IcuTimeFormatter::zone_name(const ZoneId& zone, std::string_view locale) const {
  if (zone == ZoneId::utc()) return "UTC";
  const auto formats = cache_->get(locale);
  if (!formats->zone_names) return city_of(zone);
  const icu::UnicodeString id = icu::UnicodeString::fromUTF8(zone.name());
  icu::UnicodeString canonical;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(id, canonical, status);
  if (U_FAILURE(status)) return city_of(zone);  // younger than ICU's data
  // The name only: which name a zone bears is asked for a fixed date, its offset never.
  constexpr UDate k_any_recent_date = 1640995200000.0;
  icu::UnicodeString meta;
  icu::UnicodeString name;
  formats->zone_names->getMetaZoneID(canonical, k_any_recent_date, meta);
  formats->zone_names->getMetaZoneDisplayName(meta, UTZNM_LONG_GENERIC, name);
  if (name.isEmpty()) formats->zone_names->getMetaZoneDisplayName(meta, UTZNM_LONG_STANDARD, name);
  if (name.isEmpty()) formats->zone_names->getExemplarLocationName(canonical, name);
  return name.isEmpty() ? city_of(zone) : utf8(name);
}

}  // namespace scheduling
