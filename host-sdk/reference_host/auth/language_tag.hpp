#pragma once
/// Names of languages, as people and browsers give them.
#include <string_view>

namespace crm::app {

constexpr std::size_t k_language_tag_max = 35;  ///< what BCP 47 asks everybody to be able to hold

/// Whether `tag` has the form of BCP 47: "de", "de-AT", "zh-Hant-TW". Whether such a language exists is
/// for those to know who write in it.
bool is_language_tag(std::string_view tag);

}  // namespace crm::app
