#pragma once
/// How long the texts of pages and meeting types may be, in characters.
#include <cstddef>

namespace scheduling {

inline constexpr std::size_t k_name_length_max = 255;
inline constexpr std::size_t k_description_length_max = 5000;
inline constexpr std::size_t k_location_length_max = 2000;
inline constexpr std::size_t k_question_label_length_max = 500;
inline constexpr std::size_t k_option_length_max = 200;
inline constexpr std::size_t k_confirmation_length_max = 5000;
inline constexpr std::size_t k_consent_length_max = 2000;
inline constexpr std::size_t k_event_title_length_max = 255;

}  // namespace scheduling
