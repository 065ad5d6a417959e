#pragma once
/// What is wrong with a translation, in words a translator can act on.
#include <string>
#include <vector>

#include "plugin/adapters/icu/message_file.hpp"

namespace scheduling {

/// Compares `file` with the English one, message by message: missing and unknown keys, placeholders that English does
/// not have or that were lost, plural forms the language does not know or lacks, choices that differ, syntax. Each
/// line begins "de/mail.txt:12: mail.booked.host.subject: ". `language` is the folder's ("de").
std::vector<std::string> message_offences(const MessageFile& file, const std::string& language,
                                          const MessageFile& english);

}  // namespace scheduling
