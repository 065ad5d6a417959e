#pragma once
/// A Mail as the bytes a mail server takes (RFC 5322, 2045 to 2047, 6047).
#include <string>

#include "plugin/core/booking/email_address.hpp"
#include "plugin/core/result.hpp"
#include "plugin/ports/crm/mailer.hpp"

namespace scheduling {

/// multipart/alternative of text and HTML. With a calendar: multipart/mixed of that alternative, which then ends with
/// text/calendar and its method (what Outlook, Gmail and Apple Mail make their buttons of), and invite.ics as a file.
///
/// CRLF everywhere, lines of at most 76 characters unless an address or the message id is longer. ASCII, but for
/// addresses that are not (RFC 6532). Boundaries are random and cannot occur in any content.
/// Errors: `invalid_input` for a message id that is none, `broken` for a calendar written with another method.
/// Throws when the system has no randomness.
Result<std::string> write_mime_message(const Mail& mail, const EmailAddress& sender);

}  // namespace scheduling
