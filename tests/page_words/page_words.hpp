#pragma once
/// The shipped texts, and what pages say with them.
#include "plugin/adapters/icu/icu_country_names.hpp"
#include "plugin/adapters/icu/icu_message_catalog.hpp"
#include "plugin/adapters/icu/icu_time_formatter.hpp"
#include "plugin/adapters/phone/lib_phone_reader.hpp"
#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "plugin/http/wording/public_texts.hpp"

namespace scheduling::testing {

struct PageWords {
  PageWords() : messages(load_icu_message_catalog(std::string(SCHEDULING_WEB_ASSETS) + "/texts").value()) {}

  PublicTexts texts(std::string_view lang, std::string_view accepted = {}) const {
    return {wording, reader_locale(*messages, {.lang = lang, .accepted = accepted})};
  }

  std::unique_ptr<MessageCatalog> messages;
  IcuTimeFormatter formatter;
  TzZoneSource zones;
  LibPhoneReader phones;
  LocalizedTime times{formatter, zones, *messages, {k_dates_only_languages.begin(), k_dates_only_languages.end()}};
  LocalizedLocation places{*messages, phones};
  PublicWording wording{*messages,
                        times,
                        zones,
                        places,
                        phones,
                        phone_countries_by_language(*messages, IcuCountryNames(), phones),
                        script_words_by_language(*messages).value()};
};

/// One for all tests of the program.
inline const PageWords& words() {
  static const PageWords all;
  return all;
}

}  // namespace scheduling::testing
