#pragma once
/// The name of somebody whom nobody knows: it will stand in mails to other people, so it must not be able to carry a
/// link or a message (B-8).
#include <string>
#include <string_view>

#include "plugin/core/error.hpp"

namespace scheduling {

inline constexpr std::size_t k_person_name_visible_max = 80;

/// Trimmed. Reports under `field`: required, too_long beyond 80 visible characters, invalid_format for control
/// characters and for "://", "www." and "@", also where wide letters, invisible characters or capitals disguise them.
std::string check_person_name(FieldErrors& errors, std::string_view field, std::string_view text);

}  // namespace scheduling
