#pragma once
/// The shipped texts and templates, and a meeting to write about.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "plugin/adapters/icu/icu_message_catalog.hpp"
#include "plugin/adapters/icu/icu_time_formatter.hpp"
#include "plugin/adapters/html/mustache_renderer.hpp"
#include "plugin/adapters/zones/tz_zone_source.hpp"
#include "plugin/services/mail/mail_renderer.hpp"

namespace scheduling::testing {

std::filesystem::path texts_folder();

/// "2025-01-15T14:00:00Z".
Instant at(const std::string& text);
ZoneId zone_of(const char* name);

/// Rosa Rep of Acme meets Ada Lovelace for half an hour on a Wednesday in January.
MeetingSheet sample_sheet();
MailContext sample_context();
/// To Ada in New York; change what the test is about.
MailOrder order_of(Occasion occasion, MailRole role = MailRole::attendee, std::string locale = "en-US");

class MailWorld {
 public:
  MailWorld();

  TzZoneSource zones;
  IcuTimeFormatter formatter;
  std::unique_ptr<MessageCatalog> messages;
  std::unique_ptr<PageRenderer> renderer;
  TimeWords times;
  MeetingMails mails;

  SpokenZone zone(const char* name) const { return times.zone(name, ZoneId::utc()); }
  /// Composes, and writes a sample when asked to.
  MailText compose(const MailOrder& order, const MailContext& context, const std::string& sample = {}) const;
};

/// One for all tests: everything in it may be used from any thread.
const MailWorld& world();

std::size_t count_of(const std::string& text, const std::string& part);

}  // namespace scheduling::testing
