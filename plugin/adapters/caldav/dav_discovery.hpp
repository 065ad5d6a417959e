#pragma once
/// From what a person types to their calendars: RFC 6764's well-known address, RFC 5397's principal, RFC 4791's home.
#include <memory>

#include "plugin/adapters/caldav/dav_account.hpp"
#include "plugin/adapters/caldav/dav_client.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/calendar/calendar_objects.hpp"
#include "plugin/ports/calendar/password_log_in.hpp"

namespace scheduling {

/// Errors: invalid_input naming the field at fault.
Result<DavAccount> discover(HttpClient& http, std::shared_ptr<const NetworkList> guard,
                            const PasswordQuestion& question);

/// The calendars of the home; the one that the server prefers, else the first that can be written, is the primary.
Told<RemoteCalendars> list_calendars(DavClient& client, const DavAccount& account, const CalendarObjects& objects);

}  // namespace scheduling
