#pragma once
/// The shipped texts and templates, and a meeting to write about.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "plugin/adapters/html/mustache_renderer.hpp"
#include "plugin/adapters/icu/icu_message_catalog.hpp"
#include "plugin/adapters/icu/icu_time_formatter.hpp"
#include "plugin/adapters/phone/lib_phone_reader.hpp"
#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "plugin/services/mail/mail_renderer.hpp"

namespace scheduling::testing {

std::filesystem::path texts_folder();

/// "2025-01-15T14:00:00Z".
Instant at(const std::string& text);
ZoneId zone_of(const char* name);

/// Rosa Rep of Acme meets Ada Lovelace for half an hour on a Wednesday in January.
MeetingDetails sample_details();
MailData sample_context();
/// To Ada in New York; change what the test is about.
MailSpec spec_of(MeetingEvent meeting_event, MailRole role = MailRole::attendee, std::string locale = "en-US");

class MailWorld {
 public:
  MailWorld();

  TzZoneSource zones;
  IcuTimeFormatter formatter;
  std::unique_ptr<MessageCatalog> messages;
  std::unique_ptr<HtmlRenderer> renderer;
  LocalizedTime times;
  LibPhoneReader phones;
  LocalizedLocation places;
  MailRenderer mails;

  SpokenZone zone(const char* name) const { return times.zone(name, ZoneId::utc()); }
  /// Composes, and writes a sample when asked to.
  RenderedMail compose(const MailSpec& spec, const MailData& data, const std::string& sample = {}) const;
};

/// One for all tests: everything in it may be used from any thread.
const MailWorld& world();

std::size_t count_of(const std::string& text, const std::string& part);

}  // namespace scheduling::testing
