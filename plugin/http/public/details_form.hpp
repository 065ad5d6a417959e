#pragma once
/// The form with which a prospect books: fields, values already typed, and what is wrong with them.
#include <cstdint>
#include <string>
#include <vector>

#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/error.hpp"
#include "plugin/http/form_body.hpp"
#include "plugin/http/wording/public_texts.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"

namespace scheduling {

/// Whose the values are. What a person typed is never changed; what a link brings is fitted to its fields, and the form
/// says so.
enum class TypedBy : std::uint8_t { person, link };
/// The country in front of phone numbers begins as that of the booker's zone.
struct FormZones {
  ZoneId booker;
  ZoneId page;
};

/// Values for the `details` template: fields, errors with links to their fields, guests, hidden values.
/// `errors`: those of the refused request.
View details_form(const PublicTexts& texts, const MeetingTypeContent& type, const FormBody& values,
                  const std::vector<FieldError>& errors, TypedBy typed_by, const FormZones& zones);

}  // namespace scheduling
