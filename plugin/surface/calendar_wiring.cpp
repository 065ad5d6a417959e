#include "plugin/surface/calendar_wiring.hpp"

#include "plugin/adapters/ical/ical_objects.hpp"
#include "plugin/adapters/web/poco_http_client.hpp"

namespace scheduling {

CalendarWiring::CalendarWiring(const BookingParts& parts, crm::sdk::Secrets& secrets, const Site& site,
                               const LocalizedLocation& places)
    : vault(secrets),
      web(make_poco_http_client()),
      google(*web, parts.settings),
      outlook(*web, parts.settings, windows_zones),
      zoom(*web, parts.settings, parts.clock),
      calendar_objects(make_ical_objects(parts.zones)),
      caldav(*web, *calendar_objects, parts.settings, parts.clock),
      providers({&google, &outlook, &zoom, &caldav}),
      access(parts.transactions, providers, vault, parts.clock),
      push(parts.transactions, access, vault, site, parts.clock),
      connections(parts.transactions, providers, caldav, access, push, vault, site, parts.clock),
      edits(parts, access),
      sync(parts.transactions, access, edits, push, parts.zones, parts.clock),
      overview(parts.transactions, parts.settings, parts.clock),
      write_handler(access, places, vault, parts.clock),
      writes(parts.transactions, write_handler, parts.clock),
      room_handler(parts.transactions, access, zoom, vault, parts.clock),
      room_writes(parts.transactions, room_handler, parts.clock) {}

}  // namespace scheduling
