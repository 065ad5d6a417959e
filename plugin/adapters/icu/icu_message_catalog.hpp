#pragma once
/// MessageCatalog over ICU's MessageFormat, so that translators have its plural and select syntax.
#include <memory>
#include <string>

#include "plugin/core/result.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"

namespace scheduling {

/// Reads and compiles `folder`/<language>/*.txt once. A new language is a new folder with the files of "en".
/// Errors: `broken`, with a line for each offence in any file ("de/mail.txt:12: mail.booked.host.subject: …"), when a
/// file is missing or cannot be read, a message is malformed, or a language differs from English in keys or
/// placeholders: pages and mails are whole in their language or the module does not start.
Result<std::unique_ptr<MessageCatalog>> load_icu_message_catalog(const std::string& folder);

}  // namespace scheduling
