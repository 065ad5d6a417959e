#pragma once
/// What a link brings along and the form begins with: names, answers, marketing values.
///
/// A parameter that is not known or cannot be read is ignored, never an error (B-8). So the query is read here from the
/// address as it was sent: text areas hold line breaks, which Request::query does not.
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crm/sdk/http.hpp"
#include "plugin/http/form_body.hpp"

namespace scheduling {

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::size_t k_line_length_max = 255;  ///< of a name, an address, a marketing value
inline constexpr std::size_t k_phone_length_max = 40;
inline constexpr std::size_t k_answer_line_length_max = 1000;
inline constexpr std::size_t k_area_length_max = 5000;  ///< of notes, and of long answers
inline constexpr std::size_t k_guests_length_max = 3000;

enum class KeepZone { no, yes };

/// What every link of the flow carries on, under the form's own field names: prefilled values, utm values, an
/// invitation, that the page is embedded, maybe the zone. What is longer than its field is cut to it, and then
/// `shortened` is carried, too, so that the form says so.
QueryParameters kept_parameters(const crm::sdk::Request& request, KeepZone keep_zone);
/// The fields that the form begins with.
FormBody prefilled(const crm::sdk::Request& request);

/// A form as it was posted, under the names that the page itself uses: "answers[size][]" is "answers.size".
FormBody with_own_names(const FormBody& form);

/// "answers.size" and "answers[size]" (also with a trailing "[]") → "size"; empty for other fields.
std::string_view question_in(std::string_view field);
/// "answers.size" for question "size"; also the form field's name.
std::string answer_field(std::string_view question_id);

}  // namespace scheduling
