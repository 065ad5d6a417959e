#pragma once
/// What the scripts of a public page need to know of its reader, as JSON for a <script type="application/json">.
#include <string>
#include <string_view>
#include <vector>

#include "plugin/http/wording/public_texts.hpp"

namespace scheduling {

/// {"locale":"de-AT","language":"de","direction":"ltr","hour_cycle":"h23","week_start":1,"texts":{"booking.back":"Zurück"}}
///
/// `locale`: of dates. `language`: of the texts. `hour_cycle`: as in Intl, h12 or h23. `week_start`: 0 is Sunday.
/// `texts`: every message whose key begins with one of `prefixes`, as translators wrote it: {name}, and {count, plural,
/// one {# time} other {# times}}. It holds no "<", so that nothing in it ends the script element.
std::string script_texts(const PublicTexts& texts, const std::vector<std::string_view>& prefixes = {"booking."});

}  // namespace scheduling
