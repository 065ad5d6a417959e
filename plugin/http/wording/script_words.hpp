#pragma once
/// The words that the script of the booking pages shows. They are written once, when the module loads; a page takes the
/// piece of its language in as it is.
#include <map>
#include <string>

#include "plugin/core/result.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"

namespace scheduling {

/// A JSON object for each language of a catalog: keys such as "booking.retry", texts as translators wrote them.
using ScriptWords = std::map<std::string, std::string, std::less<>>;

/// Errors: `broken`, naming every word that a language has no text for.
Result<ScriptWords> script_words_by_language(const MessageCatalog& messages);

}  // namespace scheduling
