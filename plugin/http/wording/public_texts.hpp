#pragma once
/// Sentences, durations, places, dates and zones as the public html pages show them to one reader.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/interval/time_range.hpp"
#include "plugin/http/wording/reader_locale.hpp"
#include "plugin/http/wording/script_words.hpp"
#include "plugin/http/zone_list.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/meeting/meeting_details.hpp"
#include "plugin/services/wording/localized_location.hpp"
#include "plugin/services/wording/localized_time.hpp"
#include "plugin/services/wording/phone_countries.hpp"

namespace scheduling {

/// What the texts of all readers are made of. It outlives them.
struct PublicWording {
  const MessageCatalog& messages;
  const LocalizedTime& times;
  const ZoneSource& zones;
  const LocalizedLocation& places;
  const PhoneReader& phones;
  std::map<std::string, std::vector<PhoneCountry>> phone_countries{};  ///< by language
  ScriptWords script_words{};
};

/// One list for each language of `messages`.
std::map<std::string, std::vector<PhoneCountry>> phone_countries_by_language(const MessageCatalog& messages,
                                                                             const CountryNames& names,
                                                                             const PhoneReader& phones);

class PublicTexts {
 public:
  PublicTexts(const PublicWording& wording, ReaderLocale locale) : wording_(wording), locale_(std::move(locale)) {}

  const ReaderLocale& locale() const { return locale_; }
  const std::string& tag() const { return locale_.tag; }

  /// The message "page." + `key`.
  std::string text(std::string_view key, const MessageArgs& args = {}) const;
  std::string text(std::string_view key, std::string_view name, std::string value) const;
  /// "Discovery Call – Rosa Rep"
  std::string title(std::string first, std::string second) const;
  std::string duration(std::chrono::minutes duration) const { return wording_.times.duration(duration, tag()); }
  /// Before a booking: nothing that leads into a room (open_details()).
  std::string location(const MeetingTypeContent& type) const;
  /// As in LocalizedLocation.
  std::string location(const MeetingDetails& details, MailRole reader) const;
  std::string answer(const AnswerValue& value) const;  ///< "Yes" and "No" in the reader's language
  /// "+1 202-555-0136"
  std::string phone(std::string_view number) const { return wording_.phones.grouped(number); }
  /// Whether the host of such meetings calls the attendee, who must give a number then. `zone`: the page's.
  bool is_attendee_called(const MeetingTypeContent& type, const ZoneId& zone) const;
  const std::vector<PhoneCountry>& phone_countries() const { return wording_.phone_countries.at(locale_.language); }
  std::string region(const ZoneId& zone) const { return wording_.zones.region(zone); }
  std::string cancel_reason(const CancelReason& reason) const;
  /// What is wrong with a field of a form: the message "field.<code>.<field>", else "field.<code>".
  std::string field_error(const FieldError& error) const;
  static std::string location_icon(const MeetingTypeContent& type);
  std::string initials(std::string_view name) const;  ///< "RR"

  /// As in LocalizedTime.
  SpokenZone zone(std::string_view asked, const ZoneId& fallback) const { return wording_.times.zone(asked, fallback); }
  bool is_zone(std::string_view name) const;
  std::string zone_label(const SpokenZone& zone, Instant at) const {
    return wording_.times.zone_label(zone, at, tag());
  }
  std::string time(const SpokenZone& zone, Instant at) const { return wording_.times.time(zone, at, tag()); }
  std::string long_day(LocalDate date) const { return wording_.times.long_day(date, tag()); }
  std::string month(LocalDate date) const { return wording_.times.month(date, tag()); }
  std::string short_day(const SpokenZone& zone, Instant at) const { return wording_.times.short_day(zone, at, tag()); }
  std::string short_moment(const SpokenZone& zone, Instant at) const;  ///< "Wed, Jan 15, 9:00 AM"
  std::string span(const SpokenZone& zone, TimeRange time) const { return wording_.times.span(zone, time, tag()); }
  std::chrono::weekday first_weekday() const;
  std::string hour_cycle() const { return wording_.times.formatter().hour_cycle(tag()); }         ///< "h12", "h23"
  const std::string& script_words() const { return wording_.script_words.at(locale_.language); }  ///< a JSON object
  /// Seven names from first_weekday() on.
  std::vector<std::string> weekdays(bool long_names) const;

  /// The options of a zone chooser, the chosen one first and selected. HTML; holds zone names only.
  std::string zone_options(const ZoneOptions& options) const {
    return scheduling::zone_options(wording_.zones, options);
  }

 private:
  std::string word(const std::string& key) const { return wording_.messages.text(key, locale_.language); }

  const PublicWording& wording_;
  ReaderLocale locale_;
};

}  // namespace scheduling
